import fc from "fast-check";
import { expect, it } from "vitest";
import { findDuplicateKey } from "../../src/newsroom/duplicate-keys.ts";

it.each<[string, readonly (string | number)[] | undefined]>([
  ['{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}', undefined],
  ['{"a":1,"a":1}', ["a"]],
  ['{"a":1,"\\u0061" : 2}', ["a"]],
  ['{"b":[1,[2,"x"],{"c":1,"d":{},"c":2}]}', ["b", 2, "c"]],
  ['{"__proto__":1,"__proto__":2}', ["__proto__"]],
  ['{"a":"\\"a\\":1,{[","b":"x"}', undefined],
  ['"a"', undefined],
  ["[]", undefined],
])("the first key of %s that is repeated is at %j", (json, path) => {
  expect(findDuplicateKey(json)).toEqual(path);
});

it("what JSON.stringify writes has none, and a key that is added at its end is found", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (value, index) => {
      const json = JSON.stringify(value);
      expect(findDuplicateKey(json)).toBeUndefined();
      const names = Object.keys(value);
      const name = names[index % names.length] ?? "";
      expect(findDuplicateKey(`${json.slice(0, -1)},${JSON.stringify(name)}:1}`)).toEqual([name]);
    }),
  );
});

it("a string of a million signs is read, too", () => {
  expect(findDuplicateKey(JSON.stringify({ a: '\\"\n'.repeat(350_000), b: "x".repeat(1_000_000) }))).toBeUndefined();
});
