import { beforeEach, describe, expect, it } from "vitest";
import { GIF, instant, site, story } from "../../fixtures/publication.ts";
import { interceptDatabase } from "../intercepted-database.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "../newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
});

const put = (slug: string, front: Readonly<Record<string, unknown>>): Promise<Response> =>
  newsroom.api("PUT", `/api/items/${slug}`, { body: story(slug, front) });

const detailOf = async (response: Response): Promise<string> => {
  const { detail }: { detail: string } = await response.json();
  return `${response.status} ${detail}`;
};

describe("the aliases of a draft", () => {
  const draft = { draft: true, aliases: ["wanted", "other"] };

  it("are free for other stories, as slugs and as aliases, until the draft is published", async () => {
    expect((await put("draft", draft)).status).toBe(201);
    expect((await put("wanted", {})).status).toBe(201);
    expect((await put("second", { aliases: ["other"] })).status).toBe(201);
    expect((await put("third", { draft: true, aliases: ["other", "wanted"] })).status).toBe(201);
    // It can be changed all the same, and says what is wrong when it is published.
    expect((await put("draft", { ...draft, title: "Changed" })).status).toBe(200);
    expect(await detailOf(await put("draft", { aliases: ["wanted", "other"] }))).toBe(
      "409 The alias `wanted` is the slug of another story. Delete it.",
    );
    expect(await detailOf(await put("draft", { aliases: ["other"] }))).toBe(
      "409 The alias `other` belongs to another story. Delete it.",
    );
    expect(await detailOf(await put("draft", { published: "2026-04-01T00:00:00Z", aliases: ["other"] }))).toMatch(
      /^409 The alias `other`/,
    );
    expect((await put("draft", { aliases: ["free"] })).status).toBe(200);
    expect((await newsroom.fetch("/articles/free")).headers.get("location")).toMatch(/\/articles\/draft$/);
  });

  it("count from when it is scheduled, and no longer when it is a draft again", async () => {
    const scheduled = { published: "2026-04-01T00:00:00Z", aliases: ["wanted"] };
    await put("soon", draft);
    expect((await put("soon", scheduled)).status).toBe(200);
    expect(await detailOf(await put("wanted", {}))).toMatch(/^409 `wanted` is an alias of another story/);
    expect(await detailOf(await put("second", { aliases: ["wanted"] }))).toMatch(/^409 The alias `wanted` belongs/);
    expect((await put("soon", draft)).status).toBe(200);
    expect((await put("wanted", {})).status).toBe(201);
    expect(await detailOf(await put("soon", scheduled))).toMatch(/^409 The alias `wanted` is the slug/);
  });

  it("lead nowhere", async () => {
    await put("draft", draft);
    expect((await newsroom.fetch("/articles/wanted")).status).toBe(404);
    await put("live", { aliases: ["old"] });
    expect((await newsroom.fetch("/articles/old")).status).toBe(301);
    await put("live", { aliases: ["old"], draft: true });
    expect((await newsroom.fetch("/articles/old")).status).toBe(404);
  });

  it("let a draft give up its slug for another story", async () => {
    const id = "tag:courier.example,2026:draft";
    await put("wanted", { id, draft: true });
    expect(await detailOf(await put("wanted", {}))).toMatch(/^409 The slug `wanted` is that of another story/);
    expect((await put("draft", { id, draft: true, aliases: ["wanted"] })).status).toBe(200);
    expect((await put("wanted", {})).status).toBe(201);
    expect((await newsroom.fetch("/articles/wanted")).status).toBe(200);
  });

  it("never keep two stories under one name, whoever is first", async () => {
    for (let count = 0; count < 20; count++) {
      await put(`draft${count}`, { draft: true, aliases: [`wanted${count}`] });
      const answers = await Promise.all([
        put(`draft${count}`, { aliases: [`wanted${count}`] }),
        put(`wanted${count}`, {}),
      ]);
      expect(answers.map(({ status }) => status).sort()).toBeOneOf([
        [200, 409],
        [201, 409],
      ]);
    }
  });
});

describe("the statements that a story takes", () => {
  const numbered = (name: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${name}${index}`);
  const names = { tags: numbered("Tag ", 100), authors: numbered("author-", 100), aliases: numbered("alias-", 100) };
  const files = {
    "site.yaml": site({ authors: Object.fromEntries(names.authors.map((key) => [key, { name: `The ${key}` }])) }),
  };
  const MEDIA = 30;
  const pictures = numbered("p", MEDIA)
    .map((name) => `![x](media/${name}.gif)`)
    .join("\n\n");
  // What a worker may ask a database for in one request on the smallest plan.
  const MAX_STATEMENTS = 50;

  it("are as many with hundreds of names as with one, and few", async () => {
    for (const name of numbered("p", MEDIA)) await newsroom.api("PUT", `/api/media/${name}.gif`, { body: GIF });
    let statements = 0;
    const database = interceptDatabase(newsroom.database, (query) => {
      statements += query.statements;
      return query.run();
    });
    const counted = await openNewsroomWorker({ now: NOW, database, files });
    const count = async (work: () => Promise<Response>): Promise<number> => {
      statements = 0;
      const response = await work();
      expect([200, 201, 204]).toContain(response.status);
      return statements;
    };
    /** Writes, changes, moves, withdraws and erases a story. */
    const countAll = async (slug: string, front: object, text: string): Promise<readonly number[]> => {
      const api = (more: object, body = text) =>
        counted.api("PUT", `/api/items/${slug}`, { body: story(slug, { ...front, ...more }, body) });
      return [
        await count(() => api({})),
        await count(() => api({ title: "Changed" })),
        await count(() => api({ published: "2026-01-02T00:00:00Z" })),
        await count(() => api({ published: "2026-01-02T00:00:00Z", tags: [], authors: ["author-1"] }, "No picture.")),
        await count(() => counted.api("DELETE", `/api/items/${slug}?reason=x`)),
        await count(() => counted.api("DELETE", `/api/items/${slug}?purge=true`)),
      ];
    };
    // The first write of an isolate also reads the contracts with partners.
    await counted.api("PUT", "/api/items/first", { body: story("first") });
    const few = await countAll("few", { tags: ["One"], authors: ["author-1"], aliases: ["two"] }, "![x](media/p0.gif)");
    const many = await countAll("many", names, pictures);
    expect(many).toEqual(few);
    expect(Math.max(...many)).toBeLessThan(MAX_STATEMENTS);
  });

  it("give it its place in each of its feeds", async () => {
    for (const [slug, published] of [
      ["third", "2026-01-03T00:00:00Z"],
      ["first", "2026-01-01T00:00:00Z"],
      ["second", "2026-01-02T00:00:00Z"],
    ] as const)
      await put(slug, { tags: names.tags, published });
    const slots = async () => {
      const { results } = await newsroom.database
        .prepare(
          "SELECT scope, slot, s.slug FROM memberships m JOIN stories s ON s.number = m.story ORDER BY scope, slot",
        )
        .all<{ scope: string; slot: number | null; slug: string }>();
      const byScope = Map.groupBy(results, ({ scope }) => scope);
      expect(byScope.size).toBe(101);
      return new Set(Array.from(byScope.values(), (rows) => rows.map(({ slot, slug }) => `${slot} ${slug}`).join()));
    };
    expect(await slots()).toEqual(new Set(["0 first,1 second,2 third"]));
    await put("first", { tags: names.tags, published: "2026-01-04T00:00:00Z" });
    expect(await slots()).toEqual(new Set(["0 second,1 third,2 first"]));
    await put("third", { tags: names.tags, published: "2026-01-03T00:00:00Z", draft: true });
    expect(await slots()).toEqual(new Set(["null third,0 second,1 first"]));
    await put("third", { tags: names.tags, published: "2026-01-01T00:00:00Z" });
    expect(await slots()).toEqual(new Set(["0 third,1 second,2 first"]));
  });
});

describe("a story with more references than are looked up", () => {
  const links = (count: number): string =>
    Array.from({ length: count }, (_, index) => `[x](story${index}.md)`).join("\n");

  it("is refused with a message that says so", async () => {
    const response = await newsroom.api("PUT", "/api/items/x", { body: story("x", {}, links(2001)) });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain("more than 2000 different stories, or media files. Split it.");
  });

  it("is refused for the references alone if there are no more", async () => {
    const response = await newsroom.api("PUT", "/api/items/x", { body: story("x", {}, links(2000)) });
    expect(response.status).toBe(422);
    expect(await response.text()).not.toContain("Split it.");
  });
});

it("a story that is sent again under another path lies there from then on", async () => {
  const newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
  const pathOf = async (query: string): Promise<unknown> => {
    const response = await newsroom.api("PUT", `/api/items/x${query}`, { body: story("x") });
    expect(response.ok).toBe(true);
    const { path }: { path: unknown } = await (await newsroom.api("GET", "/api/items/x")).json();
    return path;
  };
  expect(await pathOf("?path=world/x.md")).toBe("world/x.md");
  expect(await pathOf("?path=about/x.md")).toBe("about/x.md");
});
