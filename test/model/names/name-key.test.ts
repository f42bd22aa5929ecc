import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldName, keyOfName } from "../../../src/model/names/name-key.ts";
import { slugify } from "../../../src/model/names/slugify.ts";

const WORDS: Readonly<Record<string, string>> = {
  plus: "+",
  hash: "#",
  and: "&",
  dot: ".",
  slash: "/",
  comma: ",",
  apostrophe: "'",
  colon: ":",
  exclamation: "!",
  question: "?",
  at: "@",
  percent: "%",
  dollar: "$",
  underscore: "_",
};

const symbolOf = (word: string): string => WORDS[word] ?? String.fromCodePoint(Number.parseInt(word, 16));

/** The folded name that a key is of: that there is such a function proves that no two names have one key. */
const decodeKey = (key: string): string =>
  key.replace(/~([^~]*)~|-|_/g, (part, words?: string) => {
    if (words !== undefined) return words.split("-").map(symbolOf).join("");
    return part === "-" ? " " : "-";
  });

// What is hard: symbols of every kind, words that keys use, marks without a letter, invisible characters, letters with two
// forms, lone surrogates.
const hard = fc.constantFrom(
  ..."~-_.+#&/\\,'%?:; \u00A0\u3000\u0301\u0338\uFE0F\u200C\u200D\u200F\uFEFF\u3164ÅÅß\u1E9EΣςİıﬁ＋ａ가각\uD800",
  ...["plus", "dot", "2b", "1f389", "👩‍💻", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "..", "~plus~", "1️⃣"],
);
const names = fc
  .array(fc.oneof(hard, fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 12 })
  .map((parts) => parts.join(""));

describe("the key of a name", () => {
  it.each([
    ["climate change", "climate-change"],
    ["  Climate\u00A0 \u3000CHANGE ", "climate-change"],
    ["C", "c"],
    ["C++", "c~plus-plus~"],
    ["C#", "c~hash~"],
    [".NET", "~dot~net"],
    ["Net", "net"],
    ["Node.js", "node~dot~js"],
    ["A+", "a~plus~"],
    ["R&B", "r~and~b"],
    ["AC/DC", "ac~slash~dc"],
    ["AC\\DC", "ac~5c~dc"],
    ["Li Wei", "li-wei"],
    ["Li-Wei", "li_wei"],
    ["Li_Wei", "li~underscore~wei"],
    ["Li, Wei", "li~comma~-wei"],
    ["Jane O'Neil", "jane-o~apostrophe~neil"],
    ["Jane O’Neil", "jane-o~2019~neil"],
    ["x~2b~y", "x~7e~2b~7e~y"],
    ["a ..", "a-~dot-dot~"],
    ["cafe\u0301", "café"],
    ["日本語 ニュース", "日本語-ニュース"],
    ["❤️ love", "~2764-fe0f~-love"],
    ["Ｃ＋＋", "ｃ~ff0b-ff0b~"],
    ["\u0085a\u1680b\u2028\u0085c\u0085", "a-b-c"],
    ["a\uFEFFb", "a~feff~b"],
    ["- \u0301", "_-~301~"],
    ["\ufb01", "\ufb01"],
    ["\u0130", "i\u0307"],
    ["می\u200Cخواهم", "می~200c~خواهم"],
  ])("%j is %s", (name, key) => {
    expect(keyOfName(name)).toBe(key);
  });

  it("says which name it is of, up to case, white space and normal form", () => {
    fc.assert(
      fc.property(names, (name) => decodeKey(keyOfName(name)) === foldName(name)),
      { numRuns: 5000 },
    );
  });

  it("is the same for other case, white space and normal form", () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(keyOfName(`\u2003${name.normalize("NFD").replaceAll(" ", " \t")}\n`)).toBe(keyOfName(name));
        expect(keyOfName(foldName(name))).toBe(keyOfName(name));
      }),
    );
  });

  it("is a segment of a path that URL parsers, and a reader's normal form, leave as it is", () => {
    fc.assert(
      fc.property(names, (name) => {
        const key = keyOfName(name);
        fc.pre(key.isWellFormed() && key !== "");
        const { pathname } = new URL(`https://example.org/tags/${encodeURIComponent(key)}/rss.xml`);
        expect(decodeURIComponent(pathname).normalize("NFC")).toBe(`/tags/${key}/rss.xml`);
        expect(pathname).toMatch(/^\/tags\/(?:[\w~-]|%[89A-F][\dA-F])+\/rss\.xml$/);
      }),
      { numRuns: 2000 },
    );
  });

  it("is the one it had before 0.2 for names of letters, digits, marks and blanks", () => {
    const letters = fc.stringMatching(/^(?:[\p{L}\p{N}]\p{M}{0,2})+(?: (?:[\p{L}\p{N}]\p{M}{0,2})+)*$/u);
    fc.assert(fc.property(letters, (name) => keyOfName(name) === slugify(name).normalize("NFC")));
  });
});
