/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from "vitest";
import { compilePublication } from "../../src/content/publication.ts";
import { readCase } from "./case-file.ts";

// Each case is a file with content and the messages that the compiler must give for it.
const sources = import.meta.glob<string>("../cases/**/*.case", { query: "?raw", import: "default", eager: true });

const cases = Object.entries(sources).map(([path, source]) => ({ path, ...readCase(source) }));

const NOW = Date.UTC(2026, 11, 31);

describe("cases of content", () => {
  it("are many, and each has a description of its own", () => {
    expect(cases.length).toBeGreaterThanOrEqual(75);
    expect(new Set(cases.map(({ description }) => description)).size).toBe(cases.length);
  });

  it.each(cases)("$description ($path)", async ({ expected, files }) => {
    const compiled = await compilePublication(files, NOW);
    const messages = compiled.files.flatMap(({ path, messages }) =>
      messages.map(({ line, column, fatal, ruleId, reason }) => ({
        path,
        at: `${line}:${column}`,
        severity: fatal ? "error" : "warning",
        rule: ruleId,
        text: reason,
      })),
    );
    expect(messages).toEqual(expected.map((one) => ({ ...one, text: expect.stringContaining(one.text) })));
    const isBroken = expected.some(({ severity }) => severity === "error");
    expect(compiled.publication === undefined).toBe(isBroken);
  });
});
