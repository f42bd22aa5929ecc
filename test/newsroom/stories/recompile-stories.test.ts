import { beforeEach, describe, expect, it, vi } from "vitest";
import { COMPILER } from "../../../src/content/compiler-version.ts";
import { recompileStories } from "../../../src/newsroom/stories/recompile-stories.ts";
import { openNewsroomRepository } from "../../../src/store/d1/newsroom-repository.ts";
import { type Files, GIF, instant, site, story } from "../../fixtures/publication.ts";
import { countRows, type RowCounts } from "../count-rows.ts";
import { insertStories } from "../many-stories.ts";
import {
  createEmptyDatabase,
  createFormerDatabase,
  type NewsroomWorker,
  openNewsroomWorker,
} from "../newsroom-worker.ts";

// The database that commit 3902dc2 left behind, when it had these keys in its site.yaml.

const SITE = {
  authors: { staff: { name: "The Staff" }, ann: { name: "Ann Other", url: "https://ann.example/" } },
  sections: { world: "The World" },
  feedLength: 3,
};
const NOW = instant("2026-03-02T12:00:00Z");
const STORIES = 9;

let database: D1Database;
beforeEach(async () => {
  database = await createFormerDatabase();
});

const open = (keys: Readonly<Record<string, unknown>> = {}, now = NOW): Promise<NewsroomWorker> => {
  const files: Files = { "site.yaml": site({ ...SITE, ...keys }) };
  return openNewsroomWorker({ now, database, files });
};

const finish = async (newsroom: NewsroomWorker): Promise<number> => {
  for (let steps = 0; steps < 20; steps++) if (!(await newsroom.recompile())) return steps;
  throw new Error("There is always something left to compile.");
};

const query = async <Row = Record<string, unknown>>(sql: string, ...values: readonly unknown[]) =>
  (
    await database
      .prepare(sql)
      .bind(...values)
      .all<Row>()
  ).results;

const revision = async (): Promise<number> => Number((await query("SELECT number FROM revision"))[0]?.number);

const outdated = async (): Promise<number> =>
  Number((await query("SELECT COUNT(*) AS count FROM stories WHERE compiler < ?1", COMPILER))[0]?.count);

const text = async (newsroom: NewsroomWorker, path: string): Promise<string> => (await newsroom.fetch(path)).text();

interface Refused {
  readonly items: readonly { readonly slug: string; readonly errors: readonly Record<string, unknown>[] }[];
  readonly next: string | null;
}

const refused = async (newsroom: NewsroomWorker, path = "/api/items?refused"): Promise<Refused> =>
  (await newsroom.api("GET", path)).json();

describe("the stories of commit 3902dc2", () => {
  it("are served as they are before they are compiled again", async () => {
    const newsroom = await open({ words: { correction: "Berichtigung" } });
    expect(await text(newsroom, "/articles/report")).toContain("<strong>Correction</strong>");
    const rss = await text(newsroom, "/rss.xml");
    expect(rss).toContain("Text of mistaken.");
    expect(rss).toContain("It was a rumour.");
    expect(await text(newsroom, "/tags/maps/atom.xml")).toContain("Sent as <em>JSON</em>");
    expect((await newsroom.fetch("/articles/draft")).status).toBe(404);
    expect((await newsroom.fetch("/articles/soon")).status).toBe(404);
    expect((await newsroom.fetch("/articles/false")).status).toBe(410);
    expect((await newsroom.fetch("/articles/short")).status).toBe(410);
    expect((await newsroom.fetch("/articles/legation")).headers.get("location")).toMatch(/\/articles\/embassy$/);
    const json: object = await (await newsroom.api("GET", "/api/items/report")).json();
    expect(json).toMatchObject({ slug: "report", state: "published", path: "report.md" });
  });

  it("say what is in site.yaml now once they are compiled again, those that were sent as JSON too", async () => {
    const newsroom = await open({
      words: { correction: "Berichtigung", source: "Quelle" },
      authors: { ...SITE.authors, staff: { name: "Redaktion" } },
    });
    await text(newsroom, "/articles/report");
    expect(await finish(newsroom)).toBe(1);
    const report = await text(newsroom, "/articles/report");
    expect(report).toContain("<strong>Berichtigung</strong>");
    expect(report).toContain("Quelle: ");
    expect(report).not.toContain("<strong>Correction</strong>");
    expect(await text(newsroom, "/articles/by-program")).toContain("Redaktion");
    expect(await text(newsroom, "/authors/staff/atom.xml")).toContain("<name>Redaktion</name>");
    expect((await newsroom.fetch("/articles/draft")).status).toBe(404);
    expect((await newsroom.fetch("/articles/false")).status).toBe(410);
    expect((await newsroom.fetch("/articles/legation")).headers.get("location")).toMatch(/\/articles\/embassy$/);
    expect(await outdated()).toBe(0);
    expect(await refused(newsroom)).toEqual({ items: [], next: null });
  });

  it("only get their version if they stay the same: readers notice nothing", async () => {
    const newsroom = await open();
    // The words of a compiler of today: whatever it makes of the sources is what is stored then.
    await finish(newsroom);
    await database.prepare("UPDATE stories SET compiler = 0, site = ''").run();
    const [before, atom] = [await revision(), await newsroom.fetch("/atom.xml")];
    expect(await outdated()).toBe(STORIES);
    expect(await finish(newsroom)).toBe(1);
    expect(await outdated()).toBe(0);
    expect(await revision()).toBe(before);
    newsroom.clock.now += 60_000;
    const after = await newsroom.fetch("/atom.xml");
    expect(after.headers.get("etag")).toBe(atom.headers.get("etag"));
    expect(after.headers.get("last-modified")).toBe(atom.headers.get("last-modified"));
  });

  it("make one revision a step, however many change, and leave the versions that editors know", async () => {
    const newsroom = await open({ words: { correction: "Berichtigung", source: "Quelle" } });
    const before = await revision();
    const etag = (await newsroom.api("GET", "/api/items/report")).headers.get("etag") ?? "";
    const atom = await newsroom.fetch("/authors/ann/atom.xml");
    await finish(newsroom);
    expect(await revision()).toBe(before + 1);
    expect((await newsroom.api("GET", "/api/items/report")).headers.get("etag")).toBe(etag);
    const [entry] = await query("SELECT editor, action, subject FROM log ORDER BY number DESC LIMIT 1");
    expect(entry).toMatchObject({ editor: "(compiler)", action: "compile" });
    newsroom.clock.now += 60_000;
    const after = await newsroom.fetch("/authors/ann/atom.xml");
    expect(after.headers.get("etag")).not.toBe(atom.headers.get("etag"));
    expect(Date.parse(after.headers.get("last-modified") ?? "")).toBeGreaterThan(
      Date.parse(atom.headers.get("last-modified") ?? ""),
    );
    const put = await newsroom.api("PUT", "/api/items/report", {
      headers: { "if-match": etag },
      body: story("report", { published: "2026-01-03T00:00:00Z" }),
    });
    expect(put.status).toBe(200);
  });

  it("whose scopes are not those of today get them, also without any other change", async () => {
    const newsroom = await open();
    await finish(newsroom);
    const feed = await text(newsroom, "/tags/maps/rss.xml");
    const slots = "SELECT scope, story, slot, is_listed FROM memberships ORDER BY scope, story";
    const memberships = await query(slots);
    await database.batch([
      database.prepare("UPDATE memberships SET scope = 'tag/charts' WHERE scope = 'tag/maps'"),
      database.prepare("DELETE FROM memberships WHERE scope = 'author/staff'"),
      database.prepare("UPDATE stories SET compiler = 0"),
    ]);
    await finish(newsroom);
    expect(await query(slots)).toEqual(memberships);
    const fresh = await open();
    expect(await text(fresh, "/tags/maps/rss.xml")).toBe(feed);
  });
});

it("stories whose tag has another key now move to its feeds, a few a step, and what readers had is redirected", async () => {
  database = await createEmptyDatabase();
  await insertStories(database, 10);
  // As 0.1 wrote it: C++ had the key of C.
  await database.batch([
    database.prepare("UPDATE sources SET source = CAST(replace(source, 'tags: [News]', 'tags: [C++]') AS BLOB)"),
    database.prepare('UPDATE stories SET item = json_set(item, \'$.tags\', json(\'[{"key":"c","name":"C++"}]\'))'),
    database.prepare("UPDATE memberships SET scope = 'tag/c' WHERE scope = 'tag/news'"),
  ]);
  const newsroom = await open();
  expect((await newsroom.fetch("/tags/c/rss.xml")).status).toBe(200);
  // Each may move all others to other slots, so four are as many as one transaction takes.
  expect(await finish(newsroom)).toBe(3);
  const rows = await query("SELECT story, slot FROM memberships WHERE scope = 'tag/c~plus-plus~' ORDER BY slot");
  expect(rows).toEqual(Array.from({ length: 10 }, (_, index) => ({ story: index + 1, slot: index })));
  expect(await query("SELECT * FROM memberships WHERE scope = 'tag/c'")).toEqual([]);
  const moved = await newsroom.fetch("/tags/c/rss.xml");
  expect([moved.status, moved.headers.get("location")]).toEqual([
    301,
    expect.stringMatching(/\/tags\/c~plus-plus~\/rss\.xml$/),
  ]);
});

describe("a source that today's rules refuse", () => {
  const WITHOUT_ANN = { authors: { staff: SITE.authors.staff } };
  let log: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    log = vi.spyOn(console, "warn").mockImplementation(() => {});
  });

  it("keeps its Item and is listed with places, page by page, for whoever may read stories", async () => {
    const newsroom = await open(WITHOUT_ANN);
    expect(await finish(newsroom)).toBe(1);
    expect(log).toHaveBeenCalledWith(expect.stringContaining("report.md"));
    expect(await text(newsroom, "/articles/report")).toContain("Ann Other");
    const first = await refused(newsroom, "/api/items?refused&limit=1");
    const { items, next } = await refused(newsroom, first.next ?? "");
    expect([...first.items, ...items]).toMatchObject([
      {
        slug: "report",
        path: "report.md",
        errors: [
          {
            ...{ file: "content/report.md", line: 5, column: expect.any(Number), severity: "error" },
            ...{ rule: "unknown-author", reason: expect.stringContaining("ann") },
          },
        ],
      },
      { slug: "false", state: "withdrawn", errors: [{ rule: "unknown-author" }] },
    ]);
    expect(await refused(newsroom, next ?? "")).toEqual({ items: [], next: null });
    expect((await newsroom.api("GET", "/api/items?refused", { token: "nobody" })).status).toBe(401);
    const added = await newsroom.api("PUT", "/api/editors/writer", {
      ...{ headers: { "content-type": "application/json" }, body: '{"role":"write"}' },
    });
    const { token }: { token: string } = await added.json();
    expect((await newsroom.api("GET", "/api/items?refused", { token })).status).toBe(200);
  });

  it("is not tried again until the version changes, and is off the list once it is accepted", async () => {
    const newsroom = await open(WITHOUT_ANN);
    await finish(newsroom);
    expect(await newsroom.recompile()).toBe(false);
    const mended = await open({ authors: { ...SITE.authors, ann: { name: "Ann Newname" } } });
    expect((await refused(mended)).items).toHaveLength(2);
    await finish(mended);
    expect((await refused(mended)).items).toEqual([]);
    expect(await text(mended, "/articles/report")).toContain("Ann Newname");
  });

  it("is off the list once it gives the Item again that is stored", async () => {
    await finish(await open());
    await finish(await open(WITHOUT_ANN));
    const newsroom = await open();
    expect((await refused(newsroom)).items).toHaveLength(2);
    await finish(newsroom);
    expect((await refused(newsroom)).items).toEqual([]);
  });

  it("is off the list once an editor sends one that is accepted, or erases it", async () => {
    const newsroom = await open(WITHOUT_ANN);
    await finish(newsroom);
    await newsroom.put("report", story("report"));
    expect((await refused(newsroom)).items.map(({ slug }) => slug)).toEqual(["false"]);
    expect((await newsroom.api("DELETE", "/api/items/false?purge=true")).status).toBe(204);
    expect((await refused(newsroom)).items).toEqual([]);
  });

  it("is one on which the compiler fails, which does not hold up the others", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const { channel } = (await open()).reading().store;
    const fail = (): never => {
      throw new Error("a fault of the compiler");
    };
    // Only stories that name an author of site.yaml look for one.
    const authors: typeof channel.authors = Object.assign([...channel.authors], { find: fail });
    const repository = openNewsroomRepository(database, {
      siteLanguage: "en",
      ...{ timeoutMs: 600_000, writeTimeoutMs: 600_000, refreshIntervalMs: 2000 },
      ...{ onWritten: () => {}, waitUntil: () => {} },
    });
    const newsroom = {
      channel: { ...channel, authors },
      repository,
      siteUrl: "https://courier.example",
      findSiteMedia: async () => undefined,
      now: () => NOW,
    };
    expect(await recompileStories(newsroom)).toBe(true);
    expect(await recompileStories(newsroom)).toBe(false);
    expect(error).toHaveBeenCalledWith(expect.stringContaining("report.md"), expect.any(Error));
    const { items } = await refused(await open());
    expect(items.map(({ slug }) => slug)).toEqual(["embassy", "report", "by-program", "draft", "false"]);
    expect(items[0]).toMatchObject({ errors: [{ rule: "internal" }] });
    error.mockRestore();
  });

  it("is one that claims the same new alias as another: the first gets it, and the others go on", async () => {
    const claim = story("?", {}).replace("---\n\n", 'aliases: ["claimed"]\n---\n\n');
    for (const [number, slug] of [
      [4, "plain"],
      [9, "mistaken"],
    ] as const) {
      const source = new TextEncoder().encode(claim.replaceAll("?", slug));
      await database.prepare("UPDATE sources SET source = ?1 WHERE story = ?2").bind(source, number).run();
    }
    const newsroom = await open({ words: { correction: "Berichtigung" } });
    await finish(newsroom);
    expect(await outdated()).toBe(0);
    const { items } = await refused(newsroom);
    expect(items).toMatchObject([{ errors: [{ rule: "conflict" }] }]);
    expect(["plain", "mistaken"]).toContain(items[0]?.slug);
    expect((await newsroom.fetch("/articles/claimed")).status).toBe(301);
    expect(await text(newsroom, "/articles/report")).toContain("Berichtigung");
  });

  it("is one whose alias another story has by now", async () => {
    // As a compiler would find it that reads an alias where the one before did not.
    await database.batch([
      database.prepare("DELETE FROM aliases WHERE alias = 'mission'"),
      database.prepare(
        "UPDATE stories SET item = json_set(item, '$.aliases', json('[\"legation\"]')) WHERE slug = 'embassy'",
      ),
      database.prepare("INSERT INTO aliases (alias, story) VALUES ('mission', 4)"),
    ]);
    const newsroom = await open();
    await finish(newsroom);
    const { items } = await refused(newsroom);
    expect(items).toMatchObject([
      { slug: "embassy", errors: [{ rule: "conflict", reason: expect.stringContaining("`mission`") }] },
    ]);
  });
});

describe("an editor's change while stories are compiled again", () => {
  it("wins over what was compiled of the former source", async () => {
    const newsroom = await open({ words: { correction: "Berichtigung", source: "Quelle" } });
    const editor = await open({ words: { correction: "Berichtigung", source: "Quelle" } });
    let changes = 0;
    const { batch } = database;
    // The editor's write comes first to whatever the step is about to write.
    const spy = vi.spyOn(database, "batch").mockImplementation(async function (this: D1Database, statements) {
      if (changes++ === 0) {
        await editor.put("report", story("report", { published: "2026-01-03T00:00:00Z" }, "The editor's text."));
        await editor.put("plain", story("plain", { published: "2026-01-06T00:00:00Z" }, "The editor's other text."));
      }
      return Reflect.apply(batch, database, [statements]);
    });
    await finish(newsroom);
    spy.mockRestore();
    expect(changes).toBeGreaterThan(2);
    const fresh = await open({ words: { correction: "Berichtigung", source: "Quelle" } });
    expect(await text(fresh, "/articles/report")).toContain("The editor's text.");
    expect(await text(fresh, "/articles/plain")).toContain("The editor's other text.");
    expect(await text(fresh, "/articles/false")).not.toContain("The editor");
    expect(await outdated()).toBe(0);
    expect((await refused(fresh)).items).toEqual([]);
    const scopes = await query("SELECT scope FROM memberships WHERE story = 2 ORDER BY scope");
    expect(scopes).toEqual([{ scope: "all" }]);
    expect(await query("SELECT alias FROM aliases ORDER BY alias")).toEqual([
      { alias: "legation" },
      { alias: "mission" },
    ]);
  });
});

describe("several isolates that compile stories again", () => {
  it("at once leave what one of them leaves", async () => {
    const words = { words: { correction: "Berichtigung", source: "Quelle" } };
    const isolates = await Promise.all([open(words), open(words), open(words)]);
    const before = await revision();
    await Promise.all(isolates.map(finish));
    expect(await outdated()).toBe(0);
    const items = await query("SELECT item FROM stories ORDER BY number");
    const memberships = await query("SELECT * FROM memberships ORDER BY scope, story");
    expect(await revision()).toBe(before + 1);
    database = await createFormerDatabase();
    await finish(await open(words));
    expect(await query("SELECT item FROM stories ORDER BY number")).toEqual(items);
    expect(await query("SELECT * FROM memberships ORDER BY scope, story")).toEqual(memberships);
  });

  it("go on where one stopped, and compile nothing twice", async () => {
    await database.batch(
      Array.from({ length: 120 }, (_, index) =>
        database
          .prepare(
            "INSERT INTO stories (id, slug, path, version, digest, item) SELECT id || ?1, slug || ?1, path || ?1, version, digest, json_set(item, '$.id', id || ?1, '$.slug', slug || ?1) FROM stories WHERE number = 4",
          )
          .bind(String(index)),
      ),
    );
    await database
      .prepare("INSERT INTO sources (story, source) SELECT number, CAST(?1 AS BLOB) FROM stories WHERE number > 9")
      .bind("no front matter")
      .run();
    vi.spyOn(console, "warn").mockImplementation(() => {});
    expect(await (await open()).recompile()).toBe(true);
    expect(await outdated()).toBe(STORIES + 120 - 50);
    // Another isolate: nothing is remembered but what stands in the database.
    expect(await finish(await open())).toBe(2);
    expect(await outdated()).toBe(0);
    expect(await query("SELECT COUNT(*) AS count FROM refusals")).toEqual([{ count: 120 }]);
  });

  it("leave alone what a newer compiler made", async () => {
    await database
      .prepare("UPDATE stories SET compiler = ?1, site = 'x'")
      .bind(COMPILER + 1)
      .run();
    expect(await (await open()).recompile()).toBe(false);
  });
});

describe("what changes an Item besides its source", () => {
  it.each([
    ["timeZone", "Asia/Tokyo", "January 5, 2026, 9:00"],
    ["words", { en: { correction: "Amended" } }, "<strong>Amended</strong>"],
    ["language", "de", "<strong>Korrektur</strong>"],
    ["authors", { ...SITE.authors, ann: { name: "Ann Newname" } }, "Ann Newname"],
    ["sections", { world: "Abroad" }, "Abroad"],
  ])("`%s` of site.yaml", async (key, value, expected) => {
    await finish(await open());
    const stored = async () => String((await query("SELECT item FROM stories WHERE slug = 'report'"))[0]?.item);
    expect(await stored()).not.toContain(expected);
    expect(await finish(await open({ [key]: value }))).toBe(1);
    expect(await stored()).toContain(expected);
  });

  it.each([
    ["title", "Another"],
    ["rights", "All rights"],
    ["feedLength", 2],
    ["noticeDays", 3],
    ["signature", "sha512"],
    ["redirects", { "/old.xml": "/rss.xml" }],
  ])("but `%s` of site.yaml is in no Item", async (key, value) => {
    await finish(await open());
    expect(await (await open({ [key]: value })).recompile()).toBe(false);
  });

  it("a picture that is replaced: the stories that use it are compiled again", async () => {
    const newsroom = await open();
    await finish(newsroom);
    const larger = Uint8Array.from(GIF);
    larger.set([2, 0, 3, 0], 6);
    const headers = { "content-type": "image/gif" };
    expect((await newsroom.api("PUT", "/api/media/map.gif", { body: larger, headers })).status).toBe(200);
    expect(await finish(newsroom)).toBe(1);
    expect(await text(newsroom, "/articles/report")).toMatch(/width="2" height="3"/);
  });

  it("a withdrawal: its source is compiled later, and readers notice nothing of that", async () => {
    const newsroom = await open();
    await finish(newsroom);
    expect((await newsroom.api("DELETE", "/api/items/report?reason=Wrong.")).status).toBe(200);
    const before = await revision();
    expect(await newsroom.recompile()).toBe(true);
    expect(await newsroom.recompile()).toBe(false);
    expect(await revision()).toBe(before);
  });
});

describe("a step", () => {
  it("moves no date of readers if only stories change that they do not see yet", async () => {
    const newsroom = await open();
    await newsroom.put("later", story("later", { published: "2026-03-02T13:00:00Z" }));
    await finish(newsroom);
    const former =
      "UPDATE stories SET compiler = 0, item = json_set(item, '$.summary', 'Former.') WHERE slug IN (?1, ?2)";
    await database.prepare(former).bind("later", "draft").run();
    const [before, atom] = [await revision(), await newsroom.fetch("/atom.xml")];
    newsroom.clock.now += 60_000;
    expect(await finish(newsroom)).toBe(1);
    expect(await revision()).toBe(before + 1);
    expect(await query("SELECT public FROM revision")).toEqual([{ public: before }]);
    const after = await newsroom.fetch("/atom.xml");
    expect(after.headers.get("etag")).toBe(atom.headers.get("etag"));
    expect(after.headers.get("last-modified")).toBe(atom.headers.get("last-modified"));
    // It appears with what its source gives now.
    newsroom.clock.now = instant("2026-03-02T13:00:00Z");
    const appeared = await text(newsroom, "/summaries/rss.xml");
    expect(appeared).toContain("Text of later.");
    expect(appeared).not.toContain("Former.");
  });

  it("moves that date if a story changes that they see", async () => {
    const newsroom = await open();
    await finish(newsroom);
    await database.prepare("UPDATE stories SET compiler = 0, item = json_set(item, '$.summary', 'Former.')").run();
    const before = await revision();
    await finish(newsroom);
    expect(await query("SELECT number, public FROM revision")).toEqual([{ number: before + 1, public: before + 1 }]);
  });

  it("lists the names of the feeds to which stories move, and no longer those that they all have left", async () => {
    const newsroom = await open();
    await finish(newsroom);
    // As an older version would have stored it that named the feed otherwise.
    await database.batch([
      database.prepare("UPDATE memberships SET scope = 'tag/charts' WHERE scope = 'tag/maps'"),
      database.prepare("UPDATE stories SET compiler = 0"),
    ]);
    while (!(await newsroom.reading().store.catchUp()));
    const knows = async (name: string): Promise<boolean> => (await open()).reading().store.knows(name, NOW);
    expect([await knows("tag/charts"), await knows("tag/maps")]).toEqual([true, false]);
    await finish(newsroom);
    expect([await knows("tag/charts"), await knows("tag/maps")]).toEqual([false, true]);
  });

  it("refuses nothing for its own time: a withdrawal that followed a change within the second", async () => {
    const newsroom = await open();
    await newsroom.put("plain", story("plain", { published: "2026-03-01T00:00:00Z", updated: "2026-03-02T12:00:00Z" }));
    expect((await newsroom.api("DELETE", "/api/items/plain?reason=Wrong.")).status).toBe(200);
    await finish(newsroom);
    expect((await refused(newsroom)).items).toEqual([]);
    expect((await newsroom.fetch("/articles/plain")).status).toBe(410);
  });

  it("claims no aliases for a draft: they stay anybody's", async () => {
    const newsroom = await open();
    await newsroom.put("wanted", story("wanted"));
    await newsroom.put("sketch", story("sketch", { draft: true }));
    // As a compiler would find it that reads aliases where the one before did not: two names are those of other stories.
    const aliases = ["plain", "legation", "free"];
    const source = new TextEncoder().encode(story("sketch", { draft: true, aliases }));
    const sketch = "(SELECT number FROM stories WHERE slug = 'sketch')";
    await database.prepare(`UPDATE sources SET source = ?1 WHERE story = ${sketch}`).bind(source).run();
    await database.prepare("UPDATE stories SET compiler = 0").run();
    await finish(newsroom);
    expect((await refused(newsroom)).items).toEqual([]);
    const [{ item } = { item: "{}" }] = await query<{ item: string }>("SELECT item FROM stories WHERE slug = 'sketch'");
    expect(JSON.parse(item)).toMatchObject({ draft: true, aliases });
    expect(await query(`SELECT alias FROM aliases WHERE story = ${sketch}`)).toEqual([]);
    await newsroom.put("wanted", story("wanted", { aliases: ["free"] }));
    expect((await newsroom.fetch("/articles/free")).headers.get("location")).toMatch(/\/articles\/wanted$/);
  });
});

describe("the rows of a step", () => {
  /** What a step takes in which every story is compiled again to the same, to another Item, or is not to be compiled at all. */
  const measure = async (count: number): Promise<Readonly<Record<"same" | "changed" | "nothing", RowCounts>>> => {
    database = await createEmptyDatabase();
    await insertStories(database, count);
    const counted = countRows(database);
    const files: Files = { "site.yaml": site() };
    const newsroom = await openNewsroomWorker({ now: NOW, database: counted.database, files });
    const step = async (): Promise<RowCounts> => {
      counted.take();
      expect(await newsroom.recompile()).toBe(true);
      return counted.take();
    };
    const same = await step();
    await database.prepare("UPDATE stories SET item = json_set(item, '$.summary', 'Former.')").run();
    const changed = await step();
    await database.prepare("UPDATE stories SET compiler = 1000").run();
    counted.take();
    expect(await newsroom.recompile()).toBe(false);
    return { same, changed, nothing: counted.take() };
  };

  it("are as many with a hundred thousand stories as with a thousand", async () => {
    const few = await measure(1000);
    const many = await measure(100_000);
    expect(many).toEqual(few);
    // The bounds that docs/newsroom.md names.
    for (const { read, written } of [few.same, few.changed]) {
      expect(read).toBeLessThanOrEqual(1850);
      expect(written).toBeLessThanOrEqual(850);
    }
    // A Worker may send D1 a thousand statements each time it is called.
    expect(few.changed.statements).toBeLessThanOrEqual(650);
    expect(few.nothing.read).toBeLessThanOrEqual(2);
    expect(few.nothing.written).toBe(0);
  });

  it("are bounded by the bytes of the sources too", async () => {
    database = await createEmptyDatabase();
    await insertStories(database, 5);
    const code = `\n~~~\n${`${"x = 1; ".repeat(100)}\n`.repeat(150)}~~~\n`;
    await database.prepare("UPDATE sources SET source = CAST(source || ?1 AS BLOB)").bind(code).run();
    const newsroom = await open();
    await newsroom.recompile();
    expect(await query("SELECT COUNT(*) AS count FROM stories WHERE site <> ''")).toEqual([{ count: 2 }]);
    expect(await finish(newsroom)).toBe(2);
  });
});
