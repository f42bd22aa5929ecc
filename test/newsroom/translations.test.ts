import { beforeEach, describe, expect, it } from "vitest";
import { instant, ORIGIN, story } from "../fixtures/publication.ts";
import { countRows } from "./count-rows.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
let database: D1Database;
beforeEach(async () => {
  database = await createEmptyDatabase();
  newsroom = await openNewsroomWorker({ now: NOW, database });
});

const ORIGINAL = { translationOf: "tag:courier.example,2026:a" };

const linksAt = async (slug: string): Promise<readonly string[]> =>
  Array.from(
    (await (await newsroom.fetch(`/articles/${slug}`)).text()).matchAll(/hreflang="([^"]+)" href="([^"]+)"/g),
    ([, language = "", href = ""]) => `${language} ${href.replace(`${ORIGIN}/articles/`, "")}`,
  );

const put = async (slug: string, front: Readonly<Record<string, unknown>> = {}) => {
  const headers = { "content-type": "text/markdown" };
  const response = await newsroom.api("PUT", `/api/items/${slug}`, { body: story(slug, front), headers });
  const { errors, warnings }: { errors?: readonly unknown[]; warnings?: readonly unknown[] } = await response.json();
  return { status: response.status, messages: errors ?? warnings ?? [] };
};

describe("translations in the newsroom", () => {
  it("are linked as soon as there are two that readers may see", async () => {
    await put("a");
    expect(await linksAt("a")).toEqual([]);
    await put("a-de", { ...ORIGINAL, language: "de" });
    await put("a-fr", { ...ORIGINAL, language: "fr", draft: true });
    await put("a-ar", { ...ORIGINAL, language: "ar", published: "2026-04-01T00:00:00Z" });
    for (const slug of ["a", "a-de"]) expect(await linksAt(slug)).toEqual(["en a", "de a-de", "x-default a"]);
    newsroom.clock.now = instant("2026-04-01T00:00:00Z");
    expect(await linksAt("a")).toEqual(["en a", "ar a-ar", "de a-de", "x-default a"]);
    await newsroom.api("DELETE", "/api/items/a?reason=Wrong.");
    expect(await linksAt("a-de")).toEqual(["de a-de", "ar a-ar"]);
    await put("a-de", { language: "de" });
    expect(await linksAt("a-de")).toEqual([]);
  });

  it("may come before their original, with a warning", async () => {
    const early = await put("a-de", { ...ORIGINAL, language: "de" });
    expect(early).toEqual({
      status: 201,
      messages: [
        expect.objectContaining({
          ...{ file: "content/a-de.md", line: 5, column: 16, severity: "warning", rule: "unknown-original" },
          reason: "No story has the id `tag:courier.example,2026:a` yet: until one has, this one stands alone.",
        }),
      ],
    });
    expect(await linksAt("a-de")).toEqual([]);
    expect(await put("a")).toMatchObject({ status: 201, messages: [] });
    expect(await linksAt("a-de")).toEqual(["en a", "de a-de", "x-default a"]);
  });

  it.each<[string, string, Readonly<Record<string, unknown>>, string]>([
    ["itself", "x", { translationOf: "tag:courier.example,2026:x" }, "The story names itself."],
    [
      "a translation",
      "x",
      { language: "sv", translationOf: "tag:courier.example,2026:a-de" },
      "Name its original: `tag:courier.example,2026:a`.",
    ],
    [
      "its own translation",
      "a",
      { translationOf: "tag:courier.example,2026:a-de" },
      "`a-de` is a translation of this story, as it says.",
    ],
    [
      "a story, but has translations",
      "a",
      { language: "it", translationOf: "tag:courier.example,2026:o" },
      "so this is an original.",
    ],
    ["a story in its own language", "x", ORIGINAL, "The original, `a`, is in `en` as well."],
    [
      "a story that has one in its language",
      "x",
      { ...ORIGINAL, language: "de" },
      "`a-de` is a translation into `de` already.",
    ],
    [
      "nothing, but is in the language of its own translation",
      "a",
      { language: "de" },
      "`a-de`, a translation of this story, is in `de` as well.",
    ],
  ])("are refused if one names %s", async (_, slug, front, reason) => {
    await put("o");
    await put("a");
    await put("a-de", { ...ORIGINAL, language: "de" });
    expect(await put(slug, front)).toEqual({
      status: 422,
      messages: [expect.objectContaining({ severity: "error", reason: expect.stringContaining(reason) })],
    });
  });

  it("may be written again as they are", async () => {
    await put("a");
    await put("a-de", { ...ORIGINAL, language: "de" });
    expect(await put("a-de", { ...ORIGINAL, language: "de", title: "Neu" })).toMatchObject({
      status: 200,
      messages: [],
    });
    expect(await put("a", { title: "New" })).toMatchObject({ status: 200, messages: [] });
  });

  it("cost a page few rows, however many stories there are", async () => {
    for (const language of ["de", "fr", "sv"]) await put(`a-${language}`, { ...ORIGINAL, language });
    await put("a");
    const counted = countRows(database);
    const other = await openNewsroomWorker({ now: NOW, database: counted.database });
    expect((await other.fetch("/articles/a-de")).status).toBe(200);
    expect(counted.take().read).toBeLessThan(30);
  });
});
