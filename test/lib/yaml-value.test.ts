import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { toYamlValue } from "../../src/lib/yaml-value.ts";

describe("a value as YAML on one line", () => {
  it.each([["plain"], ["two\nlines"], ["a\u2028---\u2029b"], [{ at: "2026-11-22T18:00:00Z", list: [1, true, null] }]])(
    "%j is read back as it was",
    (value) => {
      expect(toYamlValue(value)).not.toMatch(/[\n\r\u2028\u2029]/);
      expect(parse(toYamlValue(value))).toEqual(value);
    },
  );
});
