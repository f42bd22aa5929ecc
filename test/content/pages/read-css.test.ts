import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCss } from "../../../src/content/pages/read-css.ts";

const MEGABYTE = 2 ** 20;

describe("readCss", () => {
  it.each(["url(a ", "url( ", "url(x      ", "url(a\\)", "a{", "(", "/*", '"\\', "\\\n", "@import ", "src("])(
    "reads a megabyte of what is never closed: %j",
    (unit) => {
      const { faults } = readCss(unit.repeat(MEGABYTE / unit.length));
      expect(faults.length).toBeLessThanOrEqual(2);
    },
  );

  it.each([
    ["a { background: URL( 'x y' ) }", ["x y"]],
    ["a { background: \\75\trl(x) }", ["x"]],
    ["a { background: url(x\\)y\\29 z) }", ["x)y)z"]],
    ["a { background: url(  x\n) }", ["x"]],
    ["a { background: url() }", [""]],
    ["a { background: image-set('x' type('image/png'), var(--y, 'z') 2x) }", ["x", "z"]],
    ["a { background: src('x'); content: attr(y type('z')) }", ["x"]],
    ["@namespace svg url(x); a { background: url(y) }", ["y"]],
    ["@namespace 'x'; a { background: src('y') }", ["y"]],
  ])("finds the addresses in %j", (css, urls) => {
    const { addresses, faults } = readCss(css);
    expect(addresses.map(({ url }) => url)).toEqual(urls);
    expect(faults).toEqual([]);
  });

  it("finds an address behind whatever is broken before it, if a line break ends that", () => {
    const word = fc.constantFrom("a", "{", "}", "(", ")", "[", "]", '"', "'", ";", " ", "@import", "@x", "rgb(", "\n");
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const css = `${words.join("")}\nb { background: url(x) }`;
        const { addresses, imports } = readCss(css);
        expect(addresses.map(({ url }) => url)).toContain("x");
        expect(imports.length).toBeLessThanOrEqual(words.filter((one) => one === "@import").length);
      }),
    );
  });

  it("finds nothing broken where brackets are in pairs", () => {
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom("a", ";", "'}'", '"("', "/* { */", "url(x)", ":"),
        fc.array(tie("tree")).map((inner) => `{${inner.join(" ")}}`),
        fc.array(tie("tree")).map((inner) => `rgb(${inner.join(" ")})`),
        fc.array(tie("tree")).map((inner) => `[${inner.join(" ")}]`),
      ),
    }));
    fc.assert(
      fc.property(fc.array(tree), (trees) => {
        expect(readCss(trees.join(" ")).faults).toEqual([]);
      }),
    );
  });
});
