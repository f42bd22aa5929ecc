import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentRange, selectRange, sliceStream, unsatisfiedContentRange } from "../../src/http/range.ts";
import { chunksOf } from "../routes/support/serve.ts";

const select = (range: string, length: number, more: Record<string, string> = {}, etag = '"a"') =>
  selectRange(new Headers({ range, ...more }), etag, length);

describe("Range (RFC 9110 §14)", () => {
  // The RFC's own examples are of a file of 10,000 bytes.
  it.each([
    ["the first 500 bytes", "bytes=0-499", 0, 499],
    ["the second 500 bytes", "bytes=500-999", 500, 999],
    ["the last 500 bytes", "bytes=-500", 9500, 9999],
    ["all from 9500 on", "bytes=9500-", 9500, 9999],
    ["the first byte", "bytes=0-0", 0, 0],
    ["the last byte", "bytes=-1", 9999, 9999],
    ["everything, as Safari asks", "bytes=0-", 0, 9999],
    ["more than there is", "bytes=9990-20000", 9990, 9999],
    ["a longer end than there is", "bytes=-20000", 0, 9999],
    ["numbers of any length", `bytes=0-${"9".repeat(400)}`, 0, 9999],
    ["leading zeros", "bytes=0000-0001", 0, 1],
    ["a unit in capitals", "BYTES=0-1", 0, 1],
    ["empty members around it", "bytes= ,0-1, ,", 0, 1],
  ])("selects %s", (_, range, first, last) => {
    expect(select(range, 10_000)).toEqual({ first, last });
  });

  it.each([
    ["no header", ""],
    ["another unit", "items=0-1"],
    ["no unit", "0-1"],
    ["several parts", "bytes=0-1,5-6"],
    ["an end before its beginning", "bytes=5-4"],
    ["neither end", "bytes=-"],
    ["nothing", "bytes="],
    ["letters", "bytes=a-b"],
    ["a sign", "bytes=+1-2"],
    ["a fraction", "bytes=0.5-2"],
    ["a hexadecimal number", "bytes=0x0-0x1"],
    ["a space in the middle", "bytes=0 - 1"],
    ["a word", "bytes"],
    ["several parts, one of them after the end", "bytes=0-1,20000-"],
    ["several parts, one of them malformed", "bytes=0-1,x"],
    ["white space other than space and tab (§5.6.3)", "bytes=\u000b0-1"],
  ])("ignores %s", (_, range) => {
    expect(select(range, 10_000)).toBe("whole");
  });

  it.each([
    ["a beginning after the end", "bytes=10000-"],
    ["a part after the end", "bytes=10000-10001"],
    ["a beginning far after the end", `bytes=${"9".repeat(400)}-`],
    ["the last no bytes", "bytes=-0"],
    ["several parts after the end", "bytes=10000-,20000-30000"],
  ])("finds %s unsatisfiable", (_, range) => {
    expect(select(range, 10_000)).toBe("unsatisfiable");
  });

  it.each(["bytes=0-", "bytes=-1", "bytes=0-0"])("finds %s of an empty file unsatisfiable", (range) => {
    expect(select(range, 0)).toBe("unsatisfiable");
  });

  it.each([
    ["the same tag", '"a"', '"a"', true],
    ["another tag", '"b"', '"a"', false],
    ["a weak form of it (§13.1.5: strong comparison)", 'W/"a"', '"a"', false],
    ["a weak tag of a weak one", 'W/"a"', 'W/"a"', false],
    ["a list, which is no validator", '"a", "b"', '"a"', false],
    ["a star, which is no validator", "*", '"a"', false],
    ["a date, which no file here has", "Sun, 01 Mar 2026 12:00:00 GMT", '"a"', false],
    ["nothing", "", '"a"', false],
  ])("evaluates If-Range with %s", (_, ifRange, etag, isMatch) => {
    expect(select("bytes=0-1", 10, { "if-range": ifRange }, etag)).toEqual(isMatch ? { first: 0, last: 1 } : "whole");
    expect(select("bytes=99-", 10, { "if-range": ifRange }, etag)).toBe(isMatch ? "unsatisfiable" : "whole");
  });

  it("formats Content-Range: the part and the file's length", () => {
    expect(contentRange({ first: 0, last: 9 }, 100)).toBe("bytes 0-9/100");
    expect(unsatisfiedContentRange(100)).toBe("bytes */100");
  });

  it("slices a stream as an array would be, however it is chunked", async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
    const place = fc.nat({ max: 999 });
    await fc.assert(
      fc.asyncProperty(place, place, fc.integer({ min: 1, max: 1200 }), async (a, b, size) => {
        const range = { first: Math.min(a, b), last: Math.max(a, b) };
        const part = await new Response(sliceStream(chunksOf(bytes, size), range)).bytes();
        expect(part).toEqual(bytes.slice(range.first, range.last + 1));
      }),
    );
  });

  it("reads no further than the end of the range", async () => {
    let read = 0;
    let isCancelled = false;
    const long = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        read += 10;
        controller.enqueue(new Uint8Array(10));
        if (read >= 10_000) controller.close();
      },
      cancel: () => {
        isCancelled = true;
      },
    });
    const part = await new Response(sliceStream(long, { first: 25, last: 44 })).bytes();
    expect(part).toHaveLength(20);
    expect(read).toBeLessThanOrEqual(80);
    expect(isCancelled).toBe(true);
  });
});
