import { beforeAll, describe, expect, it } from "vitest";
import { instant, ORIGIN, story } from "../../fixtures/publication.ts";
import { interceptDatabase } from "../intercepted-database.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "../newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

interface Page {
  readonly items: readonly { readonly slug: string; readonly etag: string; readonly state: string }[];
  readonly next: string | null;
}

let newsroom: NewsroomWorker;
beforeAll(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
  for (let index = 0; index < 7; index++) await newsroom.put(`s${index}`, story(`s${index}`, { draft: index === 3 }));
  await newsroom.api("DELETE", "/api/items/s5?reason=Wrong.");
});

describe("a draft without a date", () => {
  const source = "---\nid: tag:courier.example,2026:undated\ntitle: Undated\ndraft: true\n---\n\nText.\n";

  it("is stored, listed and previewed without one, and gets it when it is published", async () => {
    const own = await openNewsroomWorker({ now: NOW, database: newsroom.database });
    const answer: { preview: string } = await (await own.put("undated", source)).json();
    expect(answer).not.toHaveProperty("published");
    expect(answer).not.toHaveProperty("updated");
    expect(await (await own.api("GET", "/api/items/undated")).json()).toMatchObject({ state: "draft" });
    const page = await (await own.fetch(answer.preview.slice(ORIGIN.length))).text();
    expect(page).toContain('<h1 id="title">Undated</h1>');
    expect(page).not.toMatch(/9999|<time|datePublished/);
    expect((await own.fetch("/articles/undated")).status).toBe(404);
    const refused = await own.api("PUT", "/api/items/undated", { body: source.replace("draft: true\n", "") });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("npm run release -- content/undated.md");
    const published = source.replace("draft: true", "published: 2026-02-01T00:00:00Z");
    expect(await (await own.put("undated", published)).json()).toMatchObject({ published: "2026-02-01T00:00:00.000Z" });
    expect((await own.fetch("/articles/undated")).status).toBe(200);
    await own.api("DELETE", "/api/items/undated?purge=true");
  });
});

it("a story that will be sent later may have a path with colons: its slug stands behind the last one", async () => {
  const own = await openNewsroomWorker({ now: NOW, database: newsroom.database });
  const query = new URLSearchParams({ linked: "world/part 1: a.md:part-1" });
  const source = story("linking", {}, "[Part 1](<world/part 1: a.md>)");
  expect((await own.api("PUT", `/api/items/linking?${query}`, { body: source })).status).toBe(201);
  expect(await (await own.fetch("/articles/linking")).text()).toContain(`href="${ORIGIN}/articles/part-1"`);
  await own.api("DELETE", "/api/items/linking?purge=true");
});

describe("GET /api/items", () => {
  it("lists each story once, page by page, in the order in which they were first written", async () => {
    const slugs: string[] = [];
    let pages = 0;
    for (let next: string | null = "/api/items?limit=3"; next !== null; pages++) {
      const page: Page = await (await newsroom.api("GET", next)).json();
      slugs.push(...page.items.map(({ slug }) => slug));
      next = page.next;
    }
    expect(slugs).toEqual(["s0", "s1", "s2", "s3", "s4", "s5", "s6"]);
    expect(pages).toBe(3);
  });

  it("tells the state and the ETag of each story", async () => {
    const { items }: Page = await (await newsroom.api("GET", "/api/items")).json();
    expect(items.map(({ state }) => state)).toEqual([
      ...["published", "published", "published", "draft", "published", "withdrawn", "published"],
    ]);
    const one = await newsroom.api("GET", "/api/items/s0");
    expect(items[0]?.etag).toBe(one.headers.get("etag"));
  });

  it.each(["?limit=0", "?limit=-1", "?limit=x", "?after=x", "?limit=99999999999999999999", "?after=%27%3B--"])(
    "ignores malformed paging: %s",
    async (query) => {
      expect((await newsroom.api("GET", `/api/items${query}`)).status).toBe(200);
    },
  );
});

describe("GET /api/items/{slug}", () => {
  it("answers 304 to a client that has the Markdown; JSON is always sent", async () => {
    // JSON tells the state of the story, which is not part of the tag.
    for (const [accept, status] of [
      ["application/json", 200],
      ["text/markdown", 304],
    ] as const) {
      const first = await newsroom.api("GET", "/api/items/s0", { headers: { accept } });
      const etag = first.headers.get("etag") ?? "";
      expect(etag).toMatch(/^"/);
      const again = await newsroom.api("GET", "/api/items/s0", { headers: { accept, "if-none-match": etag } });
      expect(again.status).toBe(status);
    }
  });

  it.each([
    ["*", 304],
    [`"x", "1-md"`, 304],
    [`W/"1-md"`, 304],
    ['"11-md"', 200],
    ['"1"', 200],
    ["", 200],
    ['"x"', 200],
  ])("with If-None-Match: %s for the Markdown: %i", async (list, status) => {
    const first = await newsroom.api("GET", "/api/items/s0", { headers: { accept: "text/markdown" } });
    const version = /\d+/.exec(first.headers.get("etag") ?? "")?.[0] ?? "";
    const headers = { accept: "text/markdown", "if-none-match": list.replace("1", version) };
    expect((await newsroom.api("GET", "/api/items/s0", { headers })).status).toBe(status);
  });

  it.each([
    [
      "Markdown with comments",
      "text/markdown",
      story("j", { tags: ["a"] }, "Text.\n\n- One").replace("---\n", "---\n# Ours.\n"),
    ],
    ["Markdown with a byte order mark", "text/markdown", `\uFEFF${story("j")}`],
    ["Markdown from Windows", "text/markdown", story("j", {}, "One.\n\nTwo.").replaceAll("\n", "\r\n")],
    [
      "front matter in braces",
      "text/markdown",
      "---\n{ id: 'tag:courier.example,2026:j', published: 2026-01-01T00:00:00Z }\n---\nT.\n",
    ],
    [
      "a draft without a date",
      "application/json",
      '{"id":"tag:courier.example,2026:j","draft":true,"text":"# T\\n\\nT."}',
    ],
    [
      "HTML",
      "application/json",
      '{"id":"tag:courier.example,2026:j","published":"now","html":"<pre>\\n\\n a\\n \\n\\n</pre>\\n\\n<p\\n\\ndir=ltr>b"}',
    ],
  ])("gives %s as the JSON that it could have been sent as", async (_, type, body) => {
    expect((await newsroom.api("PUT", "/api/items/j", { headers: { "content-type": type }, body })).status).toBe(201);
    const read = await (await newsroom.api("GET", "/api/items/j")).json<{ story: Readonly<Record<string, unknown>> }>();
    expect(read.story).toMatchObject({ id: "tag:courier.example,2026:j" });
    const headers = { "content-type": "application/json" };
    const again = await newsroom.api("PUT", "/api/items/j", { headers, body: JSON.stringify(read.story) });
    expect([again.status, (await again.json<{ changes: unknown }>()).changes]).toEqual([200, []]);
    const reread = await (await newsroom.api("GET", "/api/items/j")).json<{ story: unknown }>();
    expect(reread.story).toEqual(read.story);
    await newsroom.api("DELETE", "/api/items/j?purge=true");
    await newsroom.database.prepare("DELETE FROM erased").run();
  });

  it.each([
    ["text/markdown", "text/markdown; charset=utf-8"],
    ["Text/Markdown;q=0.5", "text/markdown; charset=utf-8"],
    ["text/*", "text/markdown; charset=utf-8"],
    ["application/json, text/markdown;q=0.1", "application/json"],
    ["text/markdown;q=0", "application/json"],
    ["*/*", "application/json"],
    ["text/html, */*;q=0.8", "application/json"],
    ["application/xml", "application/json"],
  ])("gives whoever accepts %s a document of the type %s", async (accept, type) => {
    const response = await newsroom.api("GET", "/api/items/s0", { headers: { accept } });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
  });

  it("returns the source of the version that its ETag names, whoever writes meanwhile", async () => {
    await newsroom.put("torn", story("torn", {}, "Text 0."));
    let count = 0;
    const database = interceptDatabase(newsroom.database, async ({ run }) => {
      const answer = await run();
      count += 1;
      await newsroom.put("torn", story("torn", {}, `Text ${count}.`));
      return answer;
    });
    const reading = await openNewsroomWorker({ now: NOW, database });
    const response = await reading.api("GET", "/api/items/torn", { headers: { accept: "text/markdown" } });
    expect(count).toBeGreaterThan(0);
    const { entries }: { entries: readonly { subject: string }[] } = await (
      await newsroom.api("GET", "/api/log")
    ).json();
    const versions = entries.filter(({ subject }) => subject === "torn").length;
    const [, text] = /Text (\d+)\./.exec(await response.text()) ?? [];
    const current = await newsroom.api("GET", "/api/items/torn");
    const behind =
      Number(/\d+/.exec(current.headers.get("etag") ?? "")) - Number(/\d+/.exec(response.headers.get("etag") ?? ""));
    expect(Number(text)).toBe(versions - 1 - behind);
  });

  it("has URLs on the site's own origin", async () => {
    const text = await (await newsroom.api("GET", "/api/items/s0")).text();
    expect(text).toContain(`${ORIGIN}/articles/s0`);
    expect(text).not.toContain("feedwright.invalid");
  });

  it("answers HEAD without a body", async () => {
    const head = await newsroom.api("HEAD", "/api/items/s0");
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });
});
