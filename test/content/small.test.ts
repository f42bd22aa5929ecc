import { describe, expect, it } from "vitest";
import { contentPath } from "../../src/content/content-path.ts";
import { quoted } from "../../src/content/quoted.ts";
import { readInstant } from "../../src/content/read-instant.ts";
import { parseSrcset } from "../../src/content/srcset.ts";
import { nearest } from "../../src/content/suggest.ts";
import { summarise } from "../../src/content/summary.ts";
import { findTangle } from "../../src/content/yaml-tangle.ts";

// One file for what is too small for a file of its own: starting a runtime for each takes longer than the tests.

describe("a summary", () => {
  it("is the paragraph itself where that is short", () => {
    expect(summarise("One, two.")).toBe("One, two.");
    expect(summarise("x".repeat(280))).toBe("x".repeat(280));
  });

  it("ends with a whole word and an ellipsis", () => {
    expect(summarise(`${"word ".repeat(54)}last, and more words than fit`)).toBe(`${"word ".repeat(54)}last…`);
  });

  it.each([
    ["Chinese, without spaces", "漢".repeat(400)],
    ["families of emoji", "👩‍👩‍👧‍👦".repeat(60)],
    ["letters with marks", "e\u{301}\u{323}".repeat(150)],
    ["Arabic with marks", "مَرْحَبًا ".repeat(60)],
    ["flags", "🇩🇪".repeat(120)],
  ])("cuts nothing in two: %s", (_, paragraph) => {
    const summary = summarise(paragraph);
    expect(summary.length).toBeLessThanOrEqual(280);
    expect(summary.length).toBeGreaterThan(200);
    const whole = Array.from(new Intl.Segmenter("en").segment(paragraph.trimEnd()), ({ segment }) => segment);
    const cut = Array.from(new Intl.Segmenter("en").segment(summary.slice(0, -1)), ({ segment }) => segment);
    expect(cut).toEqual(whole.slice(0, cut.length));
  });
});

describe("a date", () => {
  it.each([
    ["2026-11-22T18:00:00Z", Date.UTC(2026, 10, 22, 18)],
    ["2026-11-22 18:00:00+05:30", Date.UTC(2026, 10, 22, 12, 30)],
    ["2026-11-22t18:00:00z", Date.UTC(2026, 10, 22, 18)],
    ["2024-02-29T00:00:00-00:00", Date.UTC(2024, 1, 29)],
    ["2026-11-22T18:00:00.001Z", Date.UTC(2026, 10, 22, 18, 0, 1)],
    ["2026-11-22T18:00:00.000Z", Date.UTC(2026, 10, 22, 18)],
  ])("%s is understood", (written, instant) => {
    expect(readInstant(written)).toBe(instant);
  });

  it.each([
    ["2026-11-22T18:00:00", /^has no time zone/],
    ["2026-11-22", /^has no time\./],
    ["2026-02-29T00:00:00Z", /does not exist/],
    ["2026-01-01T24:00:00Z", /does not exist/],
    ["2026-01-01T00:00:00+24:00", /does not exist/],
    ["2016-12-31T23:59:60Z", /leap second/],
    ["9999-12-31T23:59:59-01:00", /out of range/],
    ["0999-12-31T23:59:59Z", /out of range/],
    ["Sun, 22 Nov 2026 18:00:00 GMT", /RFC 3339/],
  ])("%s is not", (written, message) => {
    expect(readInstant(written)).toMatch(message);
  });
});

describe("a srcset", () => {
  it.each([
    ["a.png", [["a.png", ""]]],
    [
      "a.png 2x, b.png 640w",
      [
        ["a.png", "2x"],
        ["b.png", "640w"],
      ],
    ],
    [
      " ,a.png,, b.png 2x ,",
      [
        ["a.png", ""],
        ["b.png", "2x"],
      ],
    ],
    ["a,b.png 2x", [["a,b.png", "2x"]]],
    [
      "data:image/png;base64,AA== 1x, b",
      [
        ["data:image/png;base64,AA==", "1x"],
        ["b", ""],
      ],
    ],
    [
      "a (1,2) x, b",
      [
        ["a", "(1,2) x"],
        ["b", ""],
      ],
    ],
    ["", []],
    [" , ", []],
  ])("%j is read as browsers do", (text, candidates) => {
    expect(parseSrcset(text).map(({ url, size }) => [url, size])).toEqual(candidates);
  });
});

describe("a suggestion", () => {
  const KNOWN = ["title", "tags", "published", "alt", "language"];

  it.each([
    ["titel", "title"],
    ["tgas", "tags"],
    ["atl", "alt"],
    ["Published", "published"],
    ["publish", "published"],
    ["lang", "language"],
    ["colour", undefined],
    ["x", undefined],
    ["constructor", undefined],
    ["t".repeat(100_000), undefined],
  ])("for %j is %j", (unknown, known) => {
    expect(nearest(unknown, KNOWN)).toBe(known);
  });
});

describe("words of the writer in a message", () => {
  it.each([
    ["plain", "`plain`"],
    ["two\n  lines", "`two lines`"],
    ["bell\u{7} and \u{d800}", "`bell\u{fffd} and \u{fffd}`"],
    ["👩".repeat(100), `\`${"👩".repeat(59)}…\``],
  ])("%j stand as %j", (words, shown) => {
    expect(quoted(words)).toBe(shown);
  });
});

describe("a relative reference", () => {
  it.each([
    ["../../../x", "a/b.md", "x"],
    ["./y.md?q#z", "a/b.md", "a/y.md"],
    ["a%2Fb%zz", "b.md", "a/b%zz"],
    ["media\\x.png", "a/b.md", "media/x.png"],
  ])("%j in %s is %s", (reference, from, path) => {
    expect(contentPath(reference, from)?.path).toBe(path);
  });
});

describe("a tangle of YAML", () => {
  it.each([
    ["plain keys", 'a: "x"\nb: [c, {d: e}]\n'],
    ["texts that look like signs", "a: -1\nb: %20\nc: what ? is\nd: |\n  ...\n  ? x\n  %y\n"],
  ])("is not found in %s", (_, text) => {
    expect(findTangle(text)).toBeUndefined();
  });

  it.each([
    ["a document's end", "a: b\n...\n", 5],
    ["a directive", "%YAML 1.1\n---\n", 0],
    ["an explicit key", "a: [b, ? c]", 7],
    ["deep brackets", `a: ${"[".repeat(20)}`, 19],
    ["deep lists", `a:\n${"- ".repeat(20)}b`, 35],
    ["too much", "a".repeat(131_073), 131_072],
  ])("is %s", (_, text, offset) => {
    expect(findTangle(text)?.offset).toBe(offset);
  });
});
