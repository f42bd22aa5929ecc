import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesStrongly, matchesWeakly } from "../../src/http/etag.ts";

// The table of RFC 9110 §8.8.3.2.
const comparisons = [
  { one: 'W/"1"', other: 'W/"1"', strong: false, weak: true },
  { one: 'W/"1"', other: 'W/"2"', strong: false, weak: false },
  { one: 'W/"1"', other: '"1"', strong: false, weak: true },
  { one: '"1"', other: 'W/"1"', strong: false, weak: true },
  { one: '"1"', other: '"1"', strong: true, weak: true },
] as const;

/** The characters of an opaque tag (§8.8.3): visible ones but the quote itself, and all beyond ASCII. */
const opaque = fc.string({
  unit: fc.constantFrom(..."!#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~", "\u0080", "é", "→", "😀"),
});

const tag = fc.tuple(fc.constantFrom("", "W/"), opaque).map(([weakness, text]) => `${weakness}"${text}"`);

describe("entity tags (RFC 9110 §8.8.3)", () => {
  it.each(comparisons)("compares $one with $other", ({ one, other, strong, weak }) => {
    expect(matchesStrongly(one, other)).toBe(strong);
    expect(matchesWeakly(one, other)).toBe(weak);
  });

  it("finds a tag anywhere in a list, whatever the others contain", () => {
    const space = fc.constantFrom("", " ", "\t", "  ");
    const empty = fc.constantFrom("", ",", ", ,");
    fc.assert(
      fc.property(fc.array(tag), tag, fc.array(tag), space, empty, (before, wanted, after, blank, gap) => {
        const list = gap + [...before, wanted, ...after].join(`${blank},${blank}`) + gap;
        expect(matchesWeakly(list, wanted)).toBe(true);
        expect(matchesStrongly(list, wanted)).toBe(!wanted.startsWith("W/"));
      }),
    );
  });

  it("finds no tag in a list of others", () => {
    const plain = (text: string) => text.replace(/^W\//, "");
    fc.assert(
      fc.property(fc.array(tag), tag, (others, wanted) => {
        const list = others.filter((other) => plain(other) !== plain(wanted)).join(", ");
        expect(matchesWeakly(list, wanted)).toBe(false);
        expect(matchesStrongly(list, wanted)).toBe(false);
      }),
    );
  });

  it.each(["*", " * ", "\t*"])("matches any tag with %j", (list) => {
    expect(matchesWeakly(list, 'W/"a"')).toBe(true);
    expect(matchesStrongly(list, 'W/"a"')).toBe(true);
  });

  it.each(["", ",", "a", "'a'", '"a', 'a"', '"A"', '"a b"', '" a"', '"*"', '*, "b"', "W/*", "W/", '""'])(
    "finds no tag in %j",
    (list) => {
      for (const wanted of ['"a"', 'W/"a"']) {
        expect(matchesWeakly(list, wanted)).toBe(false);
        expect(matchesStrongly(list, wanted)).toBe(false);
      }
    },
  );

  it("finds a tag after a stray quote", () => {
    expect(matchesWeakly('x", "a"', '"a"')).toBe(true);
  });

  it("parses even a list of quotes in time linear in its length, or this test would not end", () => {
    for (const part of ['"', 'W/"', '"a', "W/", 'W/"a", ']) {
      expect(matchesWeakly(part.repeat(200_000), '"x"')).toBe(false);
    }
  });
});
