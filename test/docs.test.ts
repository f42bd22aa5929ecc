import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { siteSchema } from "../src/content/schema/site-schema.ts";
import { storySchema } from "../src/content/schema/story-schema.ts";
import { formats } from "../src/formats/formats.ts";
import { englishWords } from "../src/model/words/en.ts";
import { HUB_DEFAULTS } from "../src/push/settings.ts";
import { redirectsOf } from "../src/routes/redirects.ts";
import { patterns } from "../src/routes/url-map.ts";

const ROOT = resolve(import.meta.dirname, "..");

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

const writing = read("docs/writing.md");

const keysBelow = (heading: string): readonly string[] => {
  const section = writing.slice(writing.indexOf(`\n${heading}\n`)).split("\n");
  const end = section.findIndex((line, index) => index > 2 && line.startsWith("#"));
  const rows = section.slice(0, end === -1 ? undefined : end);
  return rows.flatMap((row) => /^\| `(\w+)` \|/.exec(row)?.[1] ?? []);
};

describe("docs/writing.md", () => {
  it.each([
    ["### Front matter", Object.keys(storySchema.entries)],
    ["## site.yaml", Object.keys(siteSchema.entries)],
  ])("lists below %s every key there is, and no other", (heading, keys) => {
    expect(keysBelow(heading).toSorted()).toEqual(keys.toSorted());
  });
});

describe("docs/writing.md, below Words and dates,", () => {
  const section = writing.slice(writing.indexOf("\n### Words and dates\n"));

  it("has every word there is, and no other", () => {
    const rows = Array.from(section.matchAll(/^\| ((?:`\w+` ?)+)\|/gm), ([, names = ""]) => names);
    const named = rows.flatMap((names) => Array.from(names.matchAll(/\w+/g), ([name]) => name));
    const details = Object.keys(englishWords).filter((name) => name.endsWith("Detail"));
    expect([...named, ...details].toSorted()).toEqual(Object.keys(englishWords).toSorted());
  });
});

describe("docs/push.md", () => {
  it("lists every setting there is with its default, and no other", () => {
    const rows = Array.from(read("docs/push.md").matchAll(/^\| ((?:`HUB_\w+` ?)+)\| ([\d, ]+) \|/gm));
    const listed = rows.flatMap(([, names = "", values = ""]) => {
      const numbers = values.split(",").map(Number);
      return Array.from(names.matchAll(/HUB_\w+/g), ([name], index) => [name, numbers[index]]);
    });
    expect(Object.fromEntries(listed)).toEqual(HUB_DEFAULTS);
  });
});

describe("the custom rule of docs/deploy.md", () => {
  const rule = /```txt\n(ends_with[^`]+)```/.exec(read("docs/deploy.md"))?.[1] ?? "";
  const named = (pattern: RegExp) => Array.from(rule.matchAll(pattern), ([, text = ""]) => text);
  const endings = named(/ends_with\(http\.request\.uri\.path, "([^"]+)"\)/g);
  const beginnings = named(/starts_with\(http\.request\.uri\.path, "([^"]+)"\)/g);
  const exact = named(/"(\/[^"]*)"(?=[^{}]*\})/g);
  const redirected = [...redirectsOf({ redirects: {} }).keys()];
  const routed = Object.values(patterns);

  it("names only paths that exist", () => {
    expect(endings).toEqual(formats.map(({ fileName }) => `/${fileName}`));
    const addresses: readonly string[] = [...routed, ...redirected];
    expect(beginnings.filter((one) => !addresses.some((address) => address.startsWith(one)))).toEqual([]);
    expect(exact.filter((one) => !addresses.includes(one))).toEqual([]);
    expect([endings.length, beginnings.length, exact.length].every((count) => count > 2)).toBe(true);
  });

  it("names every path but those of pages", () => {
    const isNamed = (path: string): boolean =>
      exact.includes(path) ||
      endings.some((ending) => path.endsWith(ending)) ||
      beginnings.some((beginning) => path.startsWith(beginning));
    const ofPages: readonly string[] = [
      ...[patterns.home, patterns.laterPage, patterns.scope, patterns.laterScopePage, patterns.archive, patterns.month],
      ...[patterns.article, patterns.markdown, patterns.republish, patterns.subscribe],
    ];
    const { feed, scopedFeed, source, scopedSource } = patterns;
    const ofFeeds: readonly string[] = [feed, scopedFeed, source, scopedSource];
    const others = routed.filter((pattern) => !ofPages.includes(pattern) && !ofFeeds.includes(pattern));
    expect([...others, ...redirected].filter((path) => !isNamed(path))).toEqual([]);
  });
});

const DECISIONS = readdirSync(join(ROOT, "docs/decisions")).filter((name) => name !== "README.md");

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/writing.md",
  "docs/deploy.md",
  "docs/feeds.md",
  "docs/newsroom.md",
  "docs/package.md",
  "docs/push.md",
  "docs/releasing.md",
  "docs/rights.md",
  "docs/mounting.md",
  "docs/package.md",
  "docs/upgrading.md",
  "docs/decisions/README.md",
  ...DECISIONS.map((name) => `docs/decisions/${name}`),
];

/** The anchors of the headings of a page, as GitHub makes them. */
const anchorsOf = (page: string): readonly string[] =>
  Array.from(page.matchAll(/^#+ (.+)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("docs/decisions/README.md", () => {
  it("lists every page of its folder, and no other", () => {
    const listed = Array.from(read("docs/decisions/README.md").matchAll(/\]\(([\w-]+\.md)\)/g), ([, name]) => name);
    expect(listed.toSorted()).toEqual(DECISIONS.toSorted());
  });
});

describe("the docs", () => {
  const scripts = Object.keys(JSON.parse(read("package.json")).scripts);

  it.each(PAGES)("%s names only npm scripts that exist", (path) => {
    const named = Array.from(read(path).matchAll(/\bnpm run (?:--silent )?([a-z:]+)/g), ([, name = ""]) => name);
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });

  it.each(PAGES)("%s links only to files that exist", (path) => {
    const links = Array.from(read(path).matchAll(/\]\((?!https?:|#)([^)#]+)\)/g), ([, link = ""]) => link);
    for (const link of links.filter((one) => !/^(media\/|other\.md|\.\.\/world|\/|#|bridge|https)/.test(one))) {
      expect(() => readFileSync(resolve(import.meta.dirname, "..", path, "..", link)), link).not.toThrow();
    }
  });

  it.each(PAGES)("%s links only to headings that exist", (path) => {
    const links = Array.from(read(path).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g));
    const missing = links.filter(([, file = "", anchor = ""]) => {
      const target = file === "" ? path : join(path, "..", file);
      return !/^(part|other)/.test(file || anchor) && !anchorsOf(read(target)).includes(anchor);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });

  it.each(PAGES)("%s names only files of this project that exist", (path) => {
    const named = Array.from(
      read(path).matchAll(/`((?:src|test|bench|docs|tools)\/[^`\s]*)`/g),
      ([, name = ""]) => name,
    );
    expect(named.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  });
});
