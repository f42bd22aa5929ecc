import { readdirSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compilePublication } from "../../src/content/publication.ts";
import type { Format } from "../../src/formats/format.ts";
import { formats } from "../../src/formats/formats.ts";
import { viewPath } from "../../src/model/address.ts";
import { writePublication } from "../../src/model/publication.ts";
import type { View } from "../../src/model/view.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import type { Store } from "../../src/store/store.ts";
import { violationsOfAtom } from "./support/atom-rules.ts";
import { violationsOfJsonFeed } from "./support/json-feed-schema.ts";
import { feedAt } from "./support/publish.ts";
import { render } from "./support/render.ts";
import { violationsOfRss } from "./support/rss-rules.ts";

// Compiles sources such as a publisher writes, and compares the documents that readers get with files. `npm run golden` writes
// these files anew.

const INPUT = "test/golden/input";
const OUTPUT = "test/golden/output";
const NOW = Date.UTC(2026, 10, 22, 12);

const views: Readonly<Record<string, View>> = {
  "the main feed": { scope: { kind: "all" }, text: "full" },
  "the main feed with summaries": { scope: { kind: "all" }, text: "summary" },
  "the feed of a tag": { scope: { kind: "tag", key: "c~plus-plus~-~and~-c~hash~" }, text: "full" },
  "the feed of an article": { scope: { kind: "article", key: "everything" }, text: "full" },
  "an empty feed": { scope: { kind: "section", key: "quiet" }, text: "full" },
};

const cases = Object.entries(views).flatMap(([name, view]) =>
  formats.map((format) => ({ name, view, format, path: `${viewPath(view)}/${format.fileName}`.slice(1) })),
);

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

let store: Store;

beforeAll(async () => {
  const files = new Map(filesBelow(INPUT).map((path) => [path, new Uint8Array(readFileSync(join(INPUT, path)))]));
  const { publication, files: reports } = await compilePublication(files);
  if (publication === undefined) throw new Error(reports.flatMap(({ messages }) => messages).join("\n"));
  store = openBundled(writePublication(publication), "", { id: "golden", at: 0 });
  if (process.env.GOLDEN === "write") await rm(OUTPUT, { recursive: true, force: true });
});

const renderView = async (view: View, format: Format): Promise<string> => {
  const feed = await feedAt(store, view, NOW);
  if (feed === undefined) throw new Error("the golden publication has no such feed");
  return render(format, feed);
};

/** The text of a golden file: JSON gets line breaks, so that a diff can be read. */
const goldenText = (document: string, { name }: Format): string =>
  name === "json" ? `${JSON.stringify(JSON.parse(document), null, 2)}\n` : document;

describe("the golden publication", () => {
  it.each(cases)("$name is $path", async ({ view, format, path }) => {
    const document = await renderView(view, format);
    const file = join(OUTPUT, path);
    if (process.env.GOLDEN === "write") {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, goldenText(document, format));
    }
    // The golden JSON stands for these bytes only if they have no line breaks of their own.
    if (format.name === "json") expect(document).toBe(JSON.stringify(JSON.parse(document)));
    expect(goldenText(document, format), `${file} differs: run npm run golden and review the diff`).toBe(
      readFileSync(file, "utf8"),
    );
  });

  it("has no golden file that is not compared with anything", () => {
    expect(filesBelow(OUTPUT)).toEqual(cases.map(({ path }) => path).sort());
  });

  it.each(cases)("$path breaks no rule of its standard", async ({ view, format }) => {
    const document = await renderView(view, format);
    const violations = { rss: violationsOfRss, atom: violationsOfAtom, json: violationsOfJsonFeed }[format.name];
    expect(violations(document, NOW)).toEqual([]);
  });

  it.each(cases)("$path shows nothing of a story that is hidden, withdrawn or expired", async ({ view, format }) => {
    expect(await renderView(view, format)).not.toContain("SECRET");
  });
});
