/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from "vitest";
import { COMPILED_KEYS, type SiteContext } from "../../src/content/compile-context.ts";
import { COMPILER, compilerVersion } from "../../src/content/compiler-version.ts";
import { compilePublication } from "../../src/content/publication.ts";
import { sha256 } from "../../src/lib/sha256.ts";
import { scopeName, scopesOf } from "../../src/model/scope.ts";
import { type Case, readCase } from "./case-file.ts";
import { CHANNEL, MEDIA } from "./support.ts";

// What the compiler made of the cases when it had the number that stands beside it. `npm run golden` writes it anew, if
// the number has changed as well.

interface Pins {
  readonly compiler: number;
  /** By the path of a case: a digest of its files, and one of what they are compiled to. */
  readonly cases: Readonly<Record<string, string>>;
}

const PINS = "test/content/compiler-version.json";

const pinned = Object.values(
  import.meta.glob<Pins>("./compiler-version.json", { import: "default", eager: true }),
)[0] ?? { compiler: 0, cases: {} };

const sources = import.meta.glob<string>("../cases/**/*.case", { query: "?raw", import: "default", eager: true });

const digestOf = (value: unknown): string => sha256(JSON.stringify(value)).slice(0, 16);

/** What is stored of a case's stories: Items and their scopes. */
const compileCase = async ({ files }: Case): Promise<unknown> => {
  const { publication } = await compilePublication(files);
  return publication?.items.map((item) => [item, scopesOf(item).map(scopeName)]) ?? "refused";
};

const compileCases = async (): Promise<Readonly<Record<string, string>>> => {
  const entries: (readonly [string, string])[] = [];
  for (const [path, source] of Object.entries(sources)) {
    const name = path.replace("../cases/", "");
    entries.push([name, `${digestOf(source)} ${digestOf(await compileCase(readCase(source)))}`]);
  }
  return Object.fromEntries(entries);
};

/** Cases whose files are as they were pinned, and what they are compiled to is not. */
const findChanged = (cases: Pins["cases"]): readonly string[] =>
  Object.entries(pinned.cases)
    .filter(([name, pin]) => cases[name] !== pin && cases[name]?.split(" ")[0] === pin.split(" ")[0])
    .map(([name]) => name);

const ADVICE = "Add 1 to COMPILER in src/content/compiler-version.ts, and run `npm run golden`.";

describe("the compiler's number", () => {
  it("is another one whenever the compiler makes other Items, or refuses other sources", async () => {
    const cases = await compileCases();
    const changed = findChanged(cases);
    if (typeof process !== "undefined" && process.env.GOLDEN === "write") {
      if (changed.length > 0 && COMPILER <= pinned.compiler) throw new Error(`${changed.join(", ")}: ${ADVICE}`);
      const { writeFile } = await import("node:fs/promises");
      await writeFile(PINS, `${JSON.stringify({ compiler: COMPILER, cases }, null, 2)}\n`);
      return;
    }
    expect({ compiler: COMPILER, changed }, ADVICE).toEqual({ compiler: pinned.compiler, changed: [] });
    const compared = Object.entries(pinned.cases).filter(([name, pin]) => cases[name] === pin);
    expect(compared.length).toBeGreaterThan(250);
  });
});

describe("the digest of site.yaml in the version", () => {
  const context: SiteContext = { channel: CHANNEL, media: { "media/icon.png": { type: "image/png", length: 1 } } };
  const { site } = compilerVersion(context);

  it("stays the same with what does not stand in Items", () => {
    const channel = { ...CHANNEL, feedLength: 99, redirects: { "/old": "/rss.xml" }, title: "Another" };
    expect(compilerVersion({ ...context, channel })).toEqual({ compiler: COMPILER, site });
  });

  it.each(COMPILED_KEYS)("is another one with another `%s`", (key) => {
    const channel: SiteContext["channel"] = {
      ...CHANNEL,
      [key]: typeof CHANNEL[key] === "string" ? "x" : Array.isArray(CHANNEL[key]) ? [] : {},
    };
    expect(compilerVersion({ ...context, channel }).site).not.toBe(site);
  });

  it("is another one with other data of a picture of site.yaml", () => {
    expect(compilerVersion({ ...context, media: MEDIA }).site).not.toBe(site);
  });
});
