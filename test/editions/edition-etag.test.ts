import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deltaTag, digestOf, entityTagOf, markOf, readDeltaTag, shortDigest } from "../../src/editions/edition-etag.ts";

const mark = markOf("https://example.org/rss.xml");
const digests = fc.array(fc.string().map(digestOf), { maxLength: 44 });

describe("a digest", () => {
  it("is the beginning of the SHA-256, in characters that are allowed in entity tags", () => {
    // printf abc | openssl dgst -sha256 -binary | basenc --base64url
    expect(digestOf("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7");
    expect(digestOf(new TextEncoder().encode("abc"))).toBe(digestOf("abc"));
  });
});

describe("a plain entity tag", () => {
  it("is weak and contains no digests of entries", () => {
    const tag = entityTagOf(digestOf("abc"));
    expect(tag).toBe('W/"ungWv48Bz-pBQUDeXa4iI7"');
    expect(readDeltaTag(tag, mark)).toBeUndefined();
  });
});

describe("a delta tag", () => {
  it("contains the digest of every entry, and fits into a column of 255 characters", () =>
    fc.assert(
      fc.property(digests, (all) => {
        const tag = deltaTag(digestOf("whole"), mark, all);
        expect(tag.length).toBeLessThan(255);
        expect(tag).toMatch(/^W\/"[\x21\x23-\x7e]+"$/);
        expect(readDeltaTag(tag, mark)).toEqual(new Set(all.map(shortDigest)));
        expect(readDeltaTag(tag.slice(2), mark), "without W/, as some clients send it").toEqual(
          readDeltaTag(tag, mark),
        );
      }),
    ));

  it("differs for another document", () => {
    expect(deltaTag(digestOf("a"), mark, [])).not.toBe(deltaTag(digestOf("b"), mark, []));
  });

  it("cannot be read with the mark of another address, so that no delta is made of another feed", () => {
    const tag = deltaTag(digestOf("whole"), mark, [digestOf("a")]);
    expect(readDeltaTag(tag, markOf("https://example.org/atom.xml"))).toBeUndefined();
  });

  it("is a plain one if there are too many entries", () => {
    const many = Array.from({ length: 45 }, (_, index) => digestOf(String(index)));
    expect(readDeltaTag(deltaTag(digestOf("whole"), mark, many), mark)).toBeUndefined();
    expect(readDeltaTag(deltaTag(digestOf("whole"), mark, many.slice(1)), mark)?.size).toBe(44);
  });

  it.each(["", "*", '""', '"abc"', "W/abc", '"ungWv48Bz-pBQUDeXa4iI7."', '"ungWv48Bz-pBQUDeXa4iI7.abcd"'])(
    "is not read from %j",
    (tag) => {
      expect(readDeltaTag(tag, mark)).toBeUndefined();
    },
  );
});
