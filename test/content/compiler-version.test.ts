/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from "vitest";
import { COMPILED_KEYS, type SiteContext } from "../../src/content/compile-context.ts";
import { COMPILER, compilerVersion } from "../../src/content/compiler-version.ts";
import { compilePublication } from "../../src/content/publication.ts";
import type { siteSchema } from "../../src/content/schema/site-schema.ts";
import { sha256 } from "../../src/lib/sha256.ts";
import { scopeName, scopesOf } from "../../src/model/scope.ts";
import { site } from "../fixtures/publication.ts";
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

/** Cases that were added, edited or deleted since they were pinned: nobody would notice what they are compiled to. */
const findUnpinned = (cases: Pins["cases"]): readonly string[] =>
  [...new Set([...Object.keys(cases), ...Object.keys(pinned.cases)])].filter(
    (name) => cases[name]?.split(" ")[0] !== pinned.cases[name]?.split(" ")[0],
  );

const ADVICE = "Add 1 to COMPILER in src/content/compiler-version.ts, and run `npm run golden`.";

const PIN = "Run `npm run golden`, and commit test/content/compiler-version.json.";

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
    expect(findUnpinned(cases), PIN).toEqual([]);
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
    const media = { "media/icon.png": { type: "image/png", length: 2 } };
    expect(compilerVersion({ ...context, media }).site).not.toBe(site);
  });
});

describe("the keys of site.yaml that change Items", () => {
  const RICH = Object.entries(sources).find(([path]) => path.endsWith("/valid/everything.case"))?.[1] ?? "";

  const SITE = {
    ...{ authors: { "news-desk": { name: "News Desk" } }, sections: { world: "World" }, timeZone: "Europe/Paris" },
    ...{ image: "media/dot.gif", icon: "media/dot.gif", rights: "All rights", license: "https://example.org/license" },
  };

  /** Another value for each key. */
  const OTHERS: Readonly<Record<keyof typeof siteSchema.entries, unknown>> = {
    id: "tag:example.org,2026:others",
    url: "https://another.example",
    title: "Another title",
    description: "Another description.",
    language: "fr",
    timeZone: "Asia/Tokyo",
    authors: { "news-desk": { name: "Another Desk" } },
    sections: { world: "Another World" },
    feeds: { culture: { title: "Culture", include: { tags: ["film"] } } },
    rights: "Other rights",
    license: "https://another.example/license",
    usage: { "ai-train": "no" },
    republish: true,
    image: "media/other.gif",
    icon: "media/other.gif",
    logo: "media/other.gif",
    accent: "#0b62a4",
    fonts: "sans",
    menu: ["archive"],
    footer: ["subscribe"],
    markdown: true,
    hubs: ["built-in"],
    signature: "sha512",
    redirects: { "/old.xml": "/rss.xml" },
    feedLength: 7,
    deltas: false,
    feedPages: false,
    noticeDays: 3,
    freshness: { maxAge: 7 },
    words: { de: { correction: "Korrektur" }, correction: "Amended" },
  };

  const compileWith = async (keys: Readonly<Record<string, unknown>>) => {
    const { files } = readCase(RICH);
    const dot = files.get("media/dot.gif");
    if (dot === undefined) throw new Error("the case has no picture");
    const more = new Map([
      ["site.yaml", new TextEncoder().encode(site({ ...SITE, ...keys }))],
      ["media/other.gif", Uint8Array.of(...dot.subarray(0, 6), 2, ...dot.subarray(7))],
    ]);
    const { publication, files: reports } = await compilePublication(new Map([...files, ...more]));
    if (publication === undefined) throw new Error(reports.flatMap(({ messages }) => messages).join("\n"));
    const { channel, items } = publication;
    return { items: digestOf(items), version: compilerVersion({ channel, media: {} }) };
  };

  it("are those that the version has a digest of: another value of any other gives the same version", async () => {
    const before = await compileWith({});
    const changed: { readonly items: string[]; readonly version: string[] } = { items: [], version: [] };
    for (const [key, value] of Object.entries(OTHERS)) {
      const after = await compileWith({ [key]: value });
      if (after.items !== before.items) changed.items.push(key);
      if (after.version.site !== before.version.site) changed.version.push(key);
    }
    // Items have no origin yet, so that of site.yaml is not in them.
    const keys = COMPILED_KEYS.filter((key) => key !== "url").sort();
    expect({ items: changed.items.sort(), version: changed.version.sort() }).toEqual({ items: keys, version: keys });
  });
});
