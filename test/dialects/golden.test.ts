import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compilePublication } from "../../src/content/publication.ts";
import { dialects } from "../../src/dialects/dialects.ts";
import type { BareFeed } from "../../src/model/feed.ts";
import { writePublication } from "../../src/model/publication.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { FULL, feedAt } from "../formats/support/publish.ts";
import { render } from "../formats/support/render.ts";

// The golden publication of the formats, as partners get it who may have all of it. `npm run golden` writes the files anew.

const INPUT = "test/golden/input";
const OUTPUT = "test/golden/dialects";
const NOW = Date.UTC(2026, 10, 22, 12);

const cases = dialects.map((dialect) => ({ name: dialect.fileName, dialect }));

let feed: BareFeed;

beforeAll(async () => {
  const paths = readdirSync(INPUT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(INPUT.length + 1));
  const files = new Map(paths.map((path) => [path, new Uint8Array(readFileSync(join(INPUT, path)))]));
  const { publication } = await compilePublication(files);
  if (publication === undefined) throw new Error("the golden publication does not compile");
  const main = await feedAt(openBundled(writePublication(publication), "", { id: "golden", at: 0 }), FULL, NOW);
  if (main === undefined) throw new Error("there is always a main feed");
  const { base: _base, ...bare } = main;
  feed = { ...bare, hubs: [] };
});

describe("the golden publication, as a partner gets it", () => {
  it("has a correction, a withdrawal, a picture, sound and several languages", () => {
    expect(feed.items.some(({ corrections }) => corrections.length > 0)).toBe(true);
    expect(feed.items.some(({ image, attachments }) => image !== undefined && attachments.length > 0)).toBe(true);
    expect(feed.items.some(({ language }) => language === "ar")).toBe(true);
    expect(feed.notices).toHaveLength(1);
  });

  it.each(cases)("is $name", async ({ dialect }) => {
    const document = render(dialect, feed);
    const file = join(OUTPUT, dialect.fileName);
    if (process.env.GOLDEN === "write") {
      await mkdir(OUTPUT, { recursive: true });
      await writeFile(file, document);
    }
    expect(document, `${file} differs: run npm run golden and review the diff`).toBe(readFileSync(file, "utf8"));
    expect(render(dialect, structuredClone(feed)), "a second poll gives other bytes").toBe(document);
  });

  it.each(cases)("shows nothing in $name of a story that is hidden, withdrawn or expired", ({ dialect }) => {
    expect(render(dialect, feed)).not.toContain("SECRET");
  });
});
