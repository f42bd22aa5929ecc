import { characterEntities } from "character-entities";
import { decodeNamedCharacterReference as decodeByPackage } from "decode-named-character-reference";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeNamedCharacterReference } from "../../../src/lib/replacements/decode-named-character-reference.ts";

describe("a named character reference", () => {
  it("stands for what the package says whose place this takes, for each name that HTML has", () => {
    const names = Object.keys(characterEntities);
    expect(names.length).toBeGreaterThan(2000);
    for (const name of names)
      expect([name, decodeNamedCharacterReference(name)]).toEqual([name, decodeByPackage(name)]);
  });

  it("stands for nothing if HTML has no such name, or only the beginning of one", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(?:amp|not|copy|lt)[a-z\d]{0,4}$/)), (name) => {
        expect(decodeNamedCharacterReference(name)).toBe(decodeByPackage(name));
      }),
    );
  });
});
