import { describe, expect, it } from "vitest";
import { acceptsFeedDelta } from "../../src/http/a-im.ts";

describe("A-IM (RFC 3229 §10.5.3)", () => {
  it.each([
    ["feed", true],
    ["FEED", true],
    [" feed ", true],
    ["feed;q=0.1", true],
    ["feed; q = .2", true],
    ["vcdiff, feed", true],
    ["gzip;q=1, feed;q=0.5", true],
    [null, false],
    ["", false],
    ["feed;q=0", false],
    ["feed;q=0.000", false],
    ["feed;q=x", false],
    ["feed;q=2", false],
    ["feed;x=1", false],
    ["feeds", false],
    ["vcdiff", false],
    ["feed feed", false],
    ['"feed"', false],
  ])("%j accepts a delta: %s", (header, isAccepted) => {
    expect(acceptsFeedDelta(header)).toBe(isAccepted);
  });

  it("is parsed in time linear in its length, or this test would not end", () => {
    expect(acceptsFeedDelta(`feed;q=${" ".repeat(300_000)};`)).toBe(false);
    expect(acceptsFeedDelta(`feed${" ".repeat(300_000)}x`)).toBe(false);
  });
});
