import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../src/editions/byte-writer.ts";

const encoder = new TextEncoder();

// Characters of one to four bytes in UTF-8, and lone surrogates.
const unit = fc.constantFrom("a", "\u0000", "é", "\u07ff", "→", "\uffff", "😀", "\u{10ffff}", "\ud83d", "\ude00");

const piece = fc.oneof(fc.string({ unit, maxLength: 40 }), fc.string({ unit: "binary" }), fc.uint8Array());

const lengthOf = (piece: string | Uint8Array): number =>
  typeof piece === "string" ? encoder.encode(piece).length : piece.length;

const write = (writer: ByteWriter, piece: string | Uint8Array): void =>
  typeof piece === "string" ? writer.text(piece) : writer.bytes(piece);

const joined = (pieces: readonly (string | Uint8Array)[]): readonly number[] =>
  pieces.flatMap((piece) => [...(typeof piece === "string" ? encoder.encode(piece) : piece)]);

describe("the byte writer", () => {
  it("writes any text as UTF-8 and any bytes, whatever length is expected", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.nat({ max: 200 }), (pieces, expected) => {
        const writer = new ByteWriter(expected);
        let length = 0;
        for (const piece of pieces) {
          write(writer, piece);
          length += lengthOf(piece);
          expect(writer.length).toBe(length);
        }
        expect([...writer.written(0)]).toEqual(joined(pieces));
      }),
      { numRuns: 1000 },
    );
  });

  it("returns any part of what was written", () => {
    fc.assert(
      fc.property(fc.array(piece), fc.nat({ max: 100 }), fc.nat({ max: 100 }), (pieces, one, other) => {
        const writer = new ByteWriter(0);
        for (const piece of pieces) write(writer, piece);
        const all = joined(pieces);
        const [start = 0, end] = [one, other].map((at) => at % (all.length + 1)).sort((a, b) => a - b);
        expect([...writer.written(start, end)]).toEqual(all.slice(start, end));
        expect([...writer.written(start)]).toEqual(all.slice(start));
      }),
    );
  });

  it.each(Array.from({ length: 9 }, (_, room) => room))("never splits a character, with room for %i bytes", (room) => {
    for (const text of ["ab😀c", "é→😀", "😀😀", "\ud83d", "a\ud83d", "\ude00\ud83d"]) {
      const writer = new ByteWriter(room);
      writer.text(text);
      expect([...writer.written(0)]).toEqual([...encoder.encode(text)]);
    }
  });

  it("encodes each text by itself: the halves of a surrogate pair in two texts are no character", () => {
    const writer = new ByteWriter(100);
    writer.text("\ud83d");
    writer.text("\ude00");
    expect([...writer.written(0)]).toEqual([...encoder.encode("\ufffd\ufffd")]);
  });

  it("writes empty text and bytes, and three mebibytes", () => {
    const writer = new ByteWriter(0);
    writer.text("");
    writer.bytes(new Uint8Array());
    expect(writer.length).toBe(0);
    writer.text("€".repeat(1_048_576));
    expect(writer.length).toBe(3 * 1_048_576);
    expect(new TextDecoder().decode(writer.written(3 * 1_048_575))).toBe("€");
  });

  it("writes a view of its own bytes", () => {
    const writer = new ByteWriter(4);
    writer.text("abc");
    for (let index = 0; index < 10; index++) writer.bytes(writer.written(0));
    expect(new TextDecoder().decode(writer.written(0))).toBe("abc".repeat(1024));
  });
});
