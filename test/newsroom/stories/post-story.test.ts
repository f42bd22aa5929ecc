import { beforeEach, describe, expect, it } from "vitest";
import { instant } from "../../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, OWNER, openNewsroomWorker } from "../newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW + 700, database: await createEmptyDatabase() });
});

type Story = Readonly<Record<string, unknown>>;

const JSON_TYPE = { "content-type": "application/json" };

const post = (story: unknown, init: RequestInit & { token?: string } = {}, query = ""): Promise<Response> =>
  newsroom.api("POST", `/api/items${query}`, {
    ...init,
    headers: { ...JSON_TYPE, ...init.headers },
    body: JSON.stringify(story),
  });

const postMarkdown = (body: string): Promise<Response> => newsroom.api("POST", "/api/items", { body });

const created = async (response: Response): Promise<Story> => {
  const story = await response.json<Story>();
  expect({ status: response.status, story }).toEqual({ status: 201, story: expect.anything() });
  return story;
};

const problemOf = async (response: Response): Promise<{ detail: string; errors: readonly Story[] }> => {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return { errors: [], ...(await response.json<{ detail: string }>()) };
};

describe("POST /api/items", () => {
  it("makes id, slug and date, and answers as a GET of the story does", async () => {
    const response = await post({ title: "Über die Brücke", text: "Text." });
    const story = await created(response);
    expect(story).toMatchObject({
      slug: "über-die-brücke",
      id: "tag:courier.example,2026-03-01:uber-die-brucke",
      published: "2026-03-01T12:00:00.000Z",
      state: "published",
      path: "über-die-brücke.md",
      warnings: [],
    });
    const location = response.headers.get("location") ?? "";
    expect(location).toBe(`https://courier.example/api/items/${encodeURIComponent("über-die-brücke")}`);
    const read = await newsroom.api("GET", new URL(location).pathname);
    expect(read.headers.get("etag")).toBe(response.headers.get("etag"));
    expect(story).toMatchObject(await read.json<Story>());
    expect((await newsroom.fetch("/rss.xml")).status).toBe(200);
    expect(await (await newsroom.fetch("/rss.xml")).text()).toContain("tag:courier.example,2026-03-01:uber-die-brucke");
  });

  it("puts a number to a slug and an id that are taken, as slug, alias, file or id of an erased story", async () => {
    await newsroom.api("PUT", "/api/items/other?path=news-3.md", {
      headers: JSON_TYPE,
      body: JSON.stringify({ id: "tag:x,2026:o", published: "now", slug: "other", aliases: ["news-2"], text: "Text." }),
    });
    const slugs = [];
    for (let count = 0; count < 3; count++) slugs.push((await created(await post({ title: "News", text: "T." }))).slug);
    expect(slugs).toEqual(["news", "news-4", "news-5"]);
    expect((await newsroom.api("DELETE", "/api/items/news?purge=true")).status).toBe(204);
    expect(await created(await post({ title: "News", text: "Text." }))).toMatchObject({
      slug: "news",
      id: "tag:courier.example,2026-03-01:news-2",
    });
  });

  it.each([
    ["a title of no letters", { title: "🎉", text: "T." }, "story-2026-03-01-120000"],
    ["no title", { text: "Text." }, "story-2026-03-01-120000"],
    ["a slug of its own", { title: "T", slug: "mine", text: "T." }, "mine"],
  ])("of %s", async (_, sent, slug) => {
    expect(await created(await post(sent))).toMatchObject({ slug, id: `tag:courier.example,2026-03-01:${slug}` });
  });

  it("takes the slug of the file that the query names", async () => {
    const response = await post({ title: "T", text: "Text." }, {}, "?path=world/embassy.md");
    expect(await created(response)).toMatchObject({ slug: "embassy", path: "world/embassy.md" });
  });

  it("gives a draft no date, and leaves one that is stated", async () => {
    expect(await created(await post({ title: "D", draft: true, text: "T." }))).not.toHaveProperty("published");
    const scheduled = await created(await post({ title: "S", published: "2026-04-01T00:00:00Z", text: "T." }));
    expect(scheduled).toMatchObject({ state: "scheduled", preview: expect.stringContaining("/preview/s/") });
  });

  it("adds what Markdown lacks at the end of its front matter, and names lines as they were sent", async () => {
    const story = await created(await postMarkdown("---\ntitle: A # comment\nupdated: now\n---\n\nText.\n"));
    expect(story.source).toBe(
      '---\ntitle: A # comment\nupdated: "2026-03-01T12:00:00Z"\n"id": "tag:courier.example,2026-03-01:a"\n' +
        '"published": "2026-03-01T12:00:00Z"\n---\n\nText.\n',
    );
    const { errors } = await problemOf(await postMarkdown("---\ntitle: B\ntgas: [x]\n---\n\n[x](none.md)\n"));
    expect(errors.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
      "content/b.md:3:1",
      "content/b.md:6:1",
    ]);
  });

  it.each([
    ["POST", "/api/items", "title: A\n"],
    ["PUT", "/api/items/a", "id: tag:x,2026:a\npublished: now\n"],
  ])(
    "refuses Markdown that is not UTF-8, and never publishes what stands in place of its bytes: %s",
    async (method, path, keys) => {
      const text = `---\n${keys}---\n\ncaf`;
      const body = Uint8Array.from([...new TextEncoder().encode(text), 0xe9]);
      const response = await newsroom.api(method, path, { body });
      expect(response.status).toBe(422);
      expect((await problemOf(response)).errors).toEqual([expect.objectContaining({ rule: "not-utf-8", column: 4 })]);
    },
  );

  it("takes the role that publishing takes, or that a draft does", async () => {
    const { token } = await (await newsroom.api("PUT", "/api/editors/ann", { body: '{"role":"write"}' })).json<{
      token: string;
    }>();
    expect((await post({ title: "A", text: "T." }, { token })).status).toBe(403);
    expect((await post({ title: "A", text: "T.", draft: true }, { token })).status).toBe(201);
    expect((await post({ title: "A", text: "T." }, { token: OWNER })).status).toBe(201);
  });

  it("is done once with an Idempotency-Key", async () => {
    const headers = { "idempotency-key": "one" };
    const first = await post({ title: "A", text: "T." }, { headers });
    newsroom.clock.now += 5000;
    const second = await post({ title: "A", text: "T." }, { headers });
    expect([second.status, second.headers.get("location"), await second.json()]).toEqual([
      201,
      first.headers.get("location"),
      await first.json(),
    ]);
    expect((await post({ title: "B", text: "T." }, { headers })).status).toBe(422);
    const { items } = await (await newsroom.api("GET", "/api/items")).json<{ items: readonly unknown[] }>();
    expect(items).toHaveLength(1);
  });

  it("gives two that come at once names of their own", async () => {
    const stories = await Promise.all([1, 2, 3].map(async () => created(await post({ title: "Same", text: "T." }))));
    expect(stories.map(({ slug }) => slug).toSorted()).toEqual(["same", "same-2", "same-3"]);
  });

  it("never writes over a story: it says where the one with this id is", async () => {
    const { id } = await created(await post({ title: "A", text: "T." }));
    const { detail, errors } = await problemOf(await post({ id, title: "B", text: "T." }));
    expect(detail).toContain("https://courier.example/api/items/a");
    expect(errors).toEqual([expect.objectContaining({ pointer: "/id", story: "https://courier.example/api/items/a" })]);
    expect((await post({ title: "B", slug: "a", text: "T." })).status).toBe(409);
  });
});

describe("POST of a story that can't be written", () => {
  it.each<[string, Story, number, string]>([
    ["a slug that is no name of a file", { slug: "../x", text: "T." }, 422, "/slug"],
    ["a slug too long for a file", { slug: "日".repeat(100), text: "T." }, 422, "/slug"],
    ["a slug that can't stand in a URL", { slug: "a b", text: "T." }, 422, "/slug"],
    ["a key that is none", { titel: "T", text: "T." }, 422, "/titel"],
    ["a value of another type", { draft: "yes", text: "T." }, 422, "/draft"],
    ["an id of null", { id: null, text: "T." }, 422, "/id"],
  ])("names the place of %s", async (_, sent, status, pointer) => {
    const response = await post(sent);
    expect(response.status).toBe(status);
    expect((await problemOf(response)).errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it("says how long a story may be, and which types it may have", async () => {
    expect((await post({ text: "x".repeat(1_048_576) })).status).toBe(413);
    const response = await newsroom.api("POST", "/api/items", { headers: { "content-type": "text/html" }, body: "x" });
    expect([response.status, response.headers.get("accept-post")]).toEqual([415, "text/markdown, application/json"]);
  });

  it.each([
    ["is repeated", 50, true],
    ["is not repeated if it is longer", 60, false],
  ])("has an answer that can be stored: the source of a long story %s", async (_, paragraphs, isRepeated) => {
    const text = `${"x".repeat(5000)}\n\n`.repeat(paragraphs);
    const response = await post({ title: "L", text }, { headers: { "idempotency-key": "long" } });
    expect(Object.hasOwn(await created(response), "source")).toBe(isRepeated);
  });
});

describe("a story in JSON", () => {
  const put = (story: unknown): Promise<Response> =>
    newsroom.api("PUT", "/api/items/x", { headers: JSON_TYPE, body: JSON.stringify(story) });

  it("may have HTML for its body, which is sanitised as any", async () => {
    await created(await post({ title: "H", html: '<p onclick="x()">One</p>\r\n\r\n<pre>a\n\nb</pre>' }));
    const feed = await (await newsroom.fetch("/articles/h/feed.json")).json<{ items: readonly Story[] }>();
    expect(feed.items[0]?.content_html).toBe("<p>One</p>\n\n<pre>a\n\nb</pre>");
  });

  const VALID = { id: "tag:x,2026:x", published: "2026-01-01T00:00:00Z", title: "X" };

  it.each<[string, Story, readonly string[]]>([
    ["an entry of a list", { ...VALID, text: "T.", tags: ["a", 1] }, ["/tags/1 value"]],
    ["a key of a key", { ...VALID, text: "T.", image: { src: "https://x.example/a.png" } }, ["/image/alt missing-key"]],
    ["a key with a slash and a tilde", { ...VALID, text: "T.", "a/b~c": 1 }, ["/a~1b~0c unknown-key"]],
    ["missing keys", { text: "T." }, ["/id missing-key", "/published missing-key"]],
    ["a link in the text", { ...VALID, text: "One.\n\nTwo [x](none.md)." }, ["/text:3:5 link"]],
    ["a link in HTML", { ...VALID, html: '<p>One</p>\n\n<p><a href="none.md">x</a></p>' }, ["/html:3:4 link"]],
    ["a control character in a key", { ...VALID, title: "a\u0001", text: "T." }, ["/title illegal-character"]],
    ["no text", { ...VALID }, ["/text:1:1 empty"]],
    ["text and HTML", { ...VALID, text: "a", html: "b" }, ["/html value"]],
    ["HTML that is a number", { ...VALID, html: 1 }, ["/html value"]],
    ["a date of now where there is none", { ...VALID, text: "T.", expires: "now" }, ["/expires value"]],
  ])("is told of %s by its pointer", async (_, story, expected) => {
    const response = await put(story);
    expect(response.status).toBe(422);
    const { errors } = await problemOf(response);
    expect(
      errors.map(({ pointer, line, column, rule }) => `${pointer}${line ? `:${line}:${column}` : ""} ${rule}`),
    ).toEqual(expected.map((one) => expect.stringContaining(one.replace(/ link$/, ""))));
    expect(JSON.stringify(errors)).not.toMatch(/front matter|npm run|"file"/);
  });

  it.each([
    [{ body: "x" }, "Did you mean `text`?"],
    [{ content_html: "x" }, "Did you mean `html`?"],
    [{ txt: "x" }, "Did you mean `text`?"],
    [{ pubilshed: "x" }, "Did you mean `published`?"],
  ])("is told what %j was meant for", async (keys, reason) => {
    const { errors } = await problemOf(await put({ id: VALID.id, ...keys }));
    expect(errors.map((error) => error.reason)).toContainEqual(expect.stringContaining(reason));
  });

  it("has warnings and findings with pointers, too", async () => {
    const story = await (await put({ ...VALID, text: "T.", updated: "2027-01-01T00:00:00Z" })).json<Story>();
    expect(story.warnings).toEqual([expect.objectContaining({ pointer: "/updated", severity: "warning" })]);
  });

  it("is told by pointers what partners' rules say", async () => {
    const contract = { headers: JSON_TYPE, body: JSON.stringify({ formats: ["msn"], open: true }) };
    expect((await newsroom.api("PUT", "/api/partners/acme", contract)).status).toBe(201);
    const sent = { ...VALID, title: "x".repeat(200), text: 'One.\n\n<video src="https://x.example/a.mp4"></video>' };
    const { dialects } = await (await put(sent)).json<{ dialects: { msn: readonly Story[] } }>();
    const places = dialects.msn.map(({ pointer, line }) => [pointer, line]);
    expect(places).toContainEqual(["/title", undefined]);
    expect(JSON.stringify(dialects)).not.toContain('"file"');
    expect(places.filter(([pointer, line]) => pointer !== "/text" && line !== undefined)).toEqual([]);
  });

  it.each([
    ["a key", '{"title":"A","text":"T.","title":"B"}', "/title", "duplicate-key"],
    ["a key of a key", '{"text":"T.","image":{"src":"a","alt":"","src":"b"}}', "/image/src", "duplicate-key"],
    ["half a surrogate pair in the text", '{"text":"a\\ud83d"}', "/text", "value"],
    ["half a surrogate pair in HTML", '{"html":"<p>\\udc00"}', "/html", "value"],
    ["half a surrogate pair in a key", '{"title":"\\ud83d","text":"T."}', "/title", "illegal-character"],
  ])("is told of %s that stands there twice, or is no character", async (_, body, pointer, rule) => {
    for (const [method, path] of [
      ["POST", "/api/items"],
      ["PUT", "/api/items/x"],
    ] as const) {
      const response = await newsroom.api(method, path, { headers: JSON_TYPE, body });
      expect(response.status).toBe(422);
      expect((await problemOf(response)).errors).toContainEqual(expect.objectContaining({ pointer, rule }));
    }
  });

  it("may name the coding that is none", async () => {
    await created(await post({ title: "A", text: "T." }, { headers: { "content-encoding": "identity" } }));
  });

  it("is not nested deeper than anything in it could be", async () => {
    const deep = `{"tags":${"[".repeat(500_000)}${"]".repeat(500_000)}}`;
    const response = await newsroom.api("PUT", "/api/items/x", { headers: JSON_TYPE, body: deep });
    expect(response.status).toBe(422);
  });
});

describe("`now`", () => {
  it.each([
    ["JSON", JSON_TYPE, JSON.stringify({ id: "tag:x,2026:n", published: "now", updated: "now", text: "T." })],
    ["Markdown", {}, "---\nid: tag:x,2026:n\npublished: now # at once\nupdated: Now\n---\n\nT.\n"],
    ["Markdown in braces", {}, "---\n{ id: 'tag:x,2026:n', published: now, updated: now }\n---\n\nT.\n"],
  ])("in %s is the server's clock in whole seconds", async (_, headers, body) => {
    const response = await newsroom.api("PUT", "/api/items/n", { headers, body });
    expect(await created(response)).toMatchObject({
      published: "2026-03-01T12:00:00.000Z",
      updated: "2026-03-01T12:00:00.000Z",
    });
    const { source } = await (await newsroom.api("GET", "/api/items/n")).json<{ source: string }>();
    expect(source).not.toMatch(/: now/i);
  });
});

it.each(["PUT", "POST"])("a slug that ends in .md is refused: %s", async (method) => {
  const story = { id: "tag:x,2026:n", published: "now", slug: "notes.md", text: "T." };
  const path = method === "PUT" ? "/api/items/notes.md" : "/api/items";
  const response = await newsroom.api(method, path, { headers: JSON_TYPE, body: JSON.stringify(story) });
  expect(response.status).toBe(422);
  expect((await problemOf(response)).errors).toEqual([
    expect.objectContaining({
      pointer: "/slug",
      reason: expect.stringContaining("ends as the address of a story as Markdown"),
    }),
  ]);
});
