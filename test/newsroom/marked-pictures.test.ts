import { createHash } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { type Files, GIF, instant, site, story } from "../fixtures/publication.ts";
import { interceptDatabase } from "./intercepted-database.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// A picture that one story marks as not distributable stays away from partners in every story that shows it.

const NOW = instant("2026-03-01T12:00:00Z");
const TOKEN = "the-token-of-the-partner-in-this-test";
const FILES: Files = {
  "site.yaml": site({ republish: true, license: "https://creativecommons.org/licenses/by/4.0/" }),
};

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase(), files: FILES });
  for (const name of ["x.gif", "y.gif"])
    expect(
      (await newsroom.api("PUT", `/api/media/${name}`, { body: GIF, headers: { "content-type": "image/gif" } })).ok,
    ).toBe(true);
  const tokens = [{ sha256: createHash("sha256").update(TOKEN).digest("hex") }];
  const body = JSON.stringify({ formats: ["rss"], tokens });
  const contract = await newsroom.api("PUT", "/api/partners/acme", {
    body,
    headers: { "content-type": "application/json" },
  });
  expect(contract.ok).toBe(true);
});

const finish = async (): Promise<void> => {
  while (await newsroom.recompile());
};

const read = async (path: string): Promise<string> => {
  const response = await newsroom.fetch(path, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(response.status).toBe(200);
  return response.text();
};

const put = (slug: string, keys: Readonly<Record<string, unknown>> = {}) =>
  newsroom.put(slug, story(slug, keys, `Text of ${slug}.\n\n![x](media/x.gif)\n\n![y](media/y.gif)`));

const MARKED = { image: { src: "media/x.gif", alt: "", distributable: false } };

/** Whether partners, those who republish and readers get the pictures x and y, of which a story shows both. */
const shown = async () => {
  const of = (text: string) => [text.includes("media/x.gif"), text.includes("media/y.gif")];
  const partners = of(await read("/partners/acme/rss.xml"));
  const republish = of(await read("/articles/other/republish"));
  return { partners, republish, readers: of(await read("/rss.xml")) };
};

const BOTH = { partners: [true, true], republish: [true, true], readers: [true, true] };
const WITHHELD = { partners: [false, true], republish: [false, true], readers: [true, true] };

it("withholds a picture from the stories written before the one that marks it, and gives it back with the mark", async () => {
  await put("other");
  await put("marking");
  expect(await shown()).toEqual(BOTH);
  await put("marking", MARKED);
  await finish();
  expect(await shown()).toEqual(WITHHELD);
  await put("marking");
  await finish();
  expect(await shown()).toEqual(BOTH);
});

it("withholds it from those written after, at once", async () => {
  await put("marking", MARKED);
  await put("other");
  expect(await shown()).toEqual(WITHHELD);
});

it("counts the mark of a withdrawn story and of a draft, until that is erased", async () => {
  await put("other");
  await put("draft", { ...MARKED, draft: true });
  await finish();
  expect(await shown()).toEqual(WITHHELD);
  await put("marking", MARKED);
  const erased = await newsroom.api("DELETE", "/api/items/draft?purge=true");
  expect(erased.ok).toBe(true);
  const withdrawn = await newsroom.api("DELETE", "/api/items/marking?reason=Wrong.");
  expect(withdrawn.ok).toBe(true);
  await finish();
  expect(await shown()).toEqual(WITHHELD);
  expect((await newsroom.api("DELETE", "/api/items/marking?purge=true")).ok).toBe(true);
  await finish();
  expect(await shown()).toEqual(BOTH);
});

it("compiles a story again whose Item was made before another story marked its picture, in whichever order they are written", async () => {
  const { database } = newsroom;
  let isFirst = true;
  const slow = interceptDatabase(database, async ({ statements, run }) => {
    // The story is compiled by now, and not yet written.
    if (statements > 1 && isFirst) {
      isFirst = false;
      await put("marking", MARKED);
    }
    return run();
  });
  const other = await openNewsroomWorker({ now: NOW, database: slow, files: FILES });
  await other.put("other", story("other", {}, "Text.\n\n![x](media/x.gif)\n\n![y](media/y.gif)"));
  expect(isFirst).toBe(false);
  expect(await shown()).toEqual(BOTH);
  await finish();
  expect(await shown()).toEqual(WITHHELD);
});
