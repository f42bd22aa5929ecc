import { beforeEach, describe, expect, it } from "vitest";
import { TokenRevoked } from "../../src/lib/token-revoked.ts";
import { DAY_MS } from "../../src/model/instant.ts";
import { type NewsroomRepository, openNewsroomRepository } from "../../src/store/d1/newsroom-repository.ts";
import { SCHEMA } from "../../src/store/d1/schema.ts";
import {
  createTransactions,
  type ReplayableResponse,
  type Transactions,
  type Writer,
} from "../../src/store/d1/transaction.ts";
import { instant, story } from "../fixtures/publication.ts";
import { interceptDatabase } from "./intercepted-database.ts";
import { insertStories } from "./many-stories.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// What the newsroom reads of its database and writes into it, method by method.

const NOW = instant("2026-03-01T12:00:00Z");
const TIMEOUT_MS = 600_000;
const OWNER: Writer = { name: "owner", tokenHash: "owner's", isRevocable: false };
const ANN: Writer = { name: "Ann", tokenHash: "ann's", isRevocable: true };
const BOB: Writer = { name: "bob", tokenHash: "bob's", isRevocable: true };

let database: D1Database;
let repository: NewsroomRepository;

const open = (one: D1Database): NewsroomRepository =>
  openNewsroomRepository(one, {
    ...{ timeoutMs: TIMEOUT_MS, writeTimeoutMs: TIMEOUT_MS, refreshIntervalMs: 0, siteLanguage: "en" },
    onWritten: () => {},
    waitUntil: () => {},
  });

const run = (sql: string, ...values: readonly (string | number)[]) =>
  database
    .prepare(sql)
    .bind(...values)
    .run();

const readRows = async (sql: string): Promise<readonly string[]> =>
  (await database.prepare(sql).raw<unknown[]>()).map((row) => row.join(" "));

const response = (key: string, more: Partial<ReplayableResponse> = {}): ReplayableResponse => ({
  ...{ key, requestDigest: `digest of ${key}`, status: 200, body: "{}", story: "#a", role: "write" },
  ...more,
});

beforeEach(async () => {
  database = await createEmptyDatabase();
  repository = open(database);
});

describe("stories in the repository", () => {
  let newsroom: NewsroomWorker;

  beforeEach(async () => {
    newsroom = await openNewsroomWorker({ now: NOW, database });
    await newsroom.put("a", story("a", { aliases: ["a-once", "a-twice"], tags: ["News"] }));
    await newsroom.put("b", story("b", { aliases: ["b-once"] }));
    await newsroom.api("PUT", "/api/items/c?path=world/c.md", { body: story("c") });
  });
  const id = (name: string): string => `tag:courier.example,2026:${name}`;

  it.each([
    [
      "none",
      ["a", "a-once", "b-once", "new", "c"],
      "b.md",
      ["alias a-once", "alias b-once", "path b.md", "slug a", "slug c"],
    ],
    ["a", ["a", "a-once", "b-once"], "a.md", ["alias b-once"]],
    ["b", ["a-twice", "b", "b-once"], "world/c.md", ["alias a-twice", "path world/c.md"]],
    ["none", [], "c.md", []],
  ])("have names that the story %s can't have: of %j and %s", async (name, names, path, expected) => {
    const taken = await repository.findTakenNames(id(name), names, path);
    expect(taken.map((one) => `${one.kind} ${one.name}`).toSorted()).toEqual(expected);
  });

  it.each([
    [0, 2, ["1 a", "2 b"]],
    [1, 2, ["2 b", "3 c"]],
    [3, 2, []],
  ])("are listed after number %i, %i at most, without their HTML", async (after, limit, expected) => {
    const stories = await repository.listStories(after, limit);
    expect(stories.map(({ number, item }) => `${number} ${item.slug}${item.html}`)).toEqual(expected);
  });

  it("have each a version, a path, scopes and bytes", async () => {
    const found = await repository.findWithSource("a");
    const { number, version, itemVersion, path, digest, scopes } = found?.story ?? {};
    expect([number, version, itemVersion, path, digest?.length, scopes?.toSorted()]).toEqual([
      ...[1, 1, 1, "a.md", 64],
      ["all", "tag/news"],
    ]);
    expect(new TextDecoder().decode(found?.source)).toContain("Text of a.");
    expect(await repository.findBySlug("a")).toEqual(found?.story);
    expect(await repository.findById(id("a"))).toEqual(found?.story);
    expect([await repository.findBySlug("a-once"), await repository.findById("a")]).toEqual([undefined, undefined]);
  });

  it("are found by thousands of paths", async () => {
    const missing = Array.from({ length: 2500 }, (_, index) => `${index}.md`);
    const paths = ["a.md", ...missing.slice(0, 999), "b.md", ...missing.slice(999), "world/c.md"];
    expect(await repository.findSlugs(paths)).toEqual({ "a.md": "a", "b.md": "b", "world/c.md": "c" });
  });

  it("are erased or not", async () => {
    await newsroom.api("DELETE", "/api/items/a?purge=true");
    expect([await repository.isErased(id("a")), await repository.isErased(id("b"))]).toEqual([true, false]);
  });

  describe("that are to be compiled again", () => {
    /** What each was compiled by. */
    const stamp = (compiler: number, site: string, slug: string) =>
      run("UPDATE stories SET compiler = ?1, site = ?2 WHERE slug = ?3", compiler, site, slug);
    const outdated = async (limit: number) =>
      (await repository.listOutdated({ compiler: 5, site: "m" }, limit)).map(({ number }) => number).join("");

    it("are the latest first, as many as are asked for", async () => {
      for (const slug of ["d", "e", "f", "g"]) await newsroom.put(slug, story(slug));
      await stamp(4, "z", "a");
      await stamp(5, "a", "b");
      await stamp(5, "a", "c");
      await stamp(5, "z", "d");
      await stamp(5, "n", "e");
      await stamp(5, "m", "f");
      await stamp(6, "a", "g");
      const lists = [];
      for (const limit of [1, 2, 3, 4, 5, 9]) lists.push(await outdated(limit));
      expect(lists).toEqual(["3", "32", "321", "3214", "32145", "32145"]);
    });

    it("have the length of their source", async () => {
      await run("UPDATE stories SET compiler = 9 WHERE slug <> 'a'");
      await run("UPDATE stories SET compiler = 1 WHERE slug = 'a'");
      const source = (await repository.findWithSource("a"))?.source;
      const version = { compiler: 5, site: "m" };
      expect(await repository.listOutdated(version, 9)).toEqual([{ number: 1, length: source?.byteLength }]);
      await run("DELETE FROM sources WHERE story = 1");
      expect(await repository.listOutdated(version, 9)).toEqual([{ number: 1, length: 0 }]);
    });

    it("get their version, or messages, unless somebody changed them since they were read", async () => {
      const numbers = [1, 2];
      const read = (await repository.findWithSources(numbers)).map((one) => one.story);
      expect(read.map(({ number }) => number)).toEqual(numbers);
      const [a, b] = read;
      if (a === undefined || b === undefined) throw new Error("there are no such stories");
      await newsroom.put("b", story("b", { title: "Another" }));
      await run("UPDATE revision SET schema = 1");
      const version = { compiler: 77, site: "s" };
      for (const one of read) await repository.refuseSource(one, '["x"]', version);
      expect(await readRows("SELECT story, messages FROM refusals")).toEqual(['1 ["x"]']);
      expect(await readRows("SELECT number FROM stories WHERE compiler = 77 AND site = 's'")).toEqual(["1"]);
      expect(
        (await repository.listRefused(0, 1)).map(({ number, item, messages }) => [number, item.html, messages]),
      ).toEqual([[1, "", '["x"]']]);
      expect(await repository.listRefused(1, 9)).toEqual([]);
      await run("INSERT INTO refusals VALUES (2, '[]'), (3, '[]')");
      await repository.confirmItems([], version);
      await repository.confirmItems(read, { compiler: 78, site: "t" });
      expect(await readRows("SELECT story FROM refusals ORDER BY story")).toEqual(["2", "3"]);
      expect(await readRows("SELECT number FROM stories WHERE compiler = 78 AND site = 't'")).toEqual(["1"]);
      expect((await repository.listRefused(0, 9)).map(({ number }) => number)).toEqual([2, 3]);
      expect(await readRows("SELECT schema FROM revision")).toEqual([String(SCHEMA)]);
    });
  });
});

it("stories that are compiled again are replaced by as many as a transaction takes, and by four that change their feeds", async () => {
  const count = 90;
  await insertStories(database, count);
  const stories = (await repository.findWithSources(Array.from({ length: count }, (_, index) => 1 + index))).map(
    (one) => one.story,
  );
  const version = { compiler: 77, site: "s" };
  const titled = stories.map((one) => ({ story: one, item: { ...one.item, title: "New" }, media: [], knownMarks: [] }));
  expect((await repository.replaceItems(titled, version, NOW)).kind).toBe("written");
  // Each takes twelve statements.
  expect(await readRows("SELECT count(*) FROM stories WHERE compiler = 77")).toEqual([`${Math.floor(700 / 12)}`]);
  const rest = (await repository.findWithSources([80, 81, 82, 83, 84, 85])).map((one, index) => ({
    ...{ story: one.story, media: [], knownMarks: [] },
    item: { ...one.story.item, tags: index === 2 ? one.story.item.tags : [] },
  }));
  await repository.replaceItems(rest, { compiler: 78, site: "s" }, NOW);
  expect(await readRows("SELECT number FROM stories WHERE compiler = 78")).toEqual(["80", "81", "82", "83", "84"]);
  expect(
    (await repository.listAuditLog(1e9, 2)).map(({ editor, action, subject }) => [editor, action, subject]),
  ).toEqual([
    ["(compiler)", "compile", "5 stories"],
    ["(compiler)", "compile", "58 stories"],
  ]);
  await repository.replaceItems(rest.slice(-1), { compiler: 79, site: "s" }, NOW);
  expect((await repository.listAuditLog(1e9, 1)).map(({ subject }) => subject)).toEqual(["1 story"]);
});

describe("media files in the repository", () => {
  const insert = (path: string, object: string) =>
    run("INSERT INTO media VALUES (?1, 'image/gif', 42, 'd', 3, NULL, ?2)", path, object);

  it("are listed after a path, and found by thousands of them", async () => {
    for (const [index, name] of ["b", "a", "c"].entries()) await insert(`media/${name}`, `o${index}`);
    const list = async (after: string, limit: number) =>
      (await repository.listMedia(after, limit)).map(({ path }) => path);
    expect(await list("", 2)).toEqual(["media/a", "media/b"]);
    expect(await list("media/b", 2)).toEqual(["media/c"]);
    // A height is unknown, and so the width says nothing.
    const file = { type: "image/gif", length: 42 };
    expect(await repository.listMedia("media/b", 9)).toEqual([{ path: "media/c", digest: "d", ...file }]);
    const paths = Array.from({ length: 2000 }, (_, index) => `media/${index}`).toSpliced(1000, 0, "media/a");
    expect(await repository.findMediaFiles([...paths, "media/c"])).toEqual({ "media/a": file, "media/c": file });
  });

  it("have objects to delete, the longest due first, which are forgotten once that is done", async () => {
    await repository.registerUpload("late", NOW);
    for (const [object, due] of [
      ["now", 0],
      ["soon", 1],
      ["first", -2],
      ["second", -1],
    ] as const)
      await run("INSERT INTO doomed VALUES (?1, ?2)", object, NOW + due);
    expect(await repository.objectsToDelete(NOW, 9)).toEqual(["first", "second", "now"]);
    expect(await repository.objectsToDelete(NOW, 2)).toEqual(["first", "second"]);
    expect(await repository.objectsToDelete(NOW + 3_599_999, 9)).toEqual(["first", "second", "now", "soon"]);
    expect(await repository.objectsToDelete(NOW + 3_600_000, 9)).toEqual(["first", "second", "now", "soon", "late"]);
    await repository.confirmDeletion(["now", "late"]);
    expect(await repository.objectsToDelete(NOW + 3_600_000, 9)).toEqual(["first", "second", "soon"]);
  });
});

describe("editors in the repository", () => {
  const addAll = async () => {
    for (const [one, role] of [
      [BOB, "publish"],
      [ANN, "write"],
    ] as const)
      expect((await repository.addEditor(one.name, role, one.tokenHash, NOW, OWNER)).kind).toBe("written");
  };

  it("are listed after a name, and found by their token", async () => {
    await addAll();
    const [ann, bob] = [
      { name: "Ann", role: "write", at: NOW },
      { name: "bob", role: "publish", at: NOW },
    ];
    expect(await repository.listEditors("", 9)).toEqual([ann, bob]);
    expect(await repository.listEditors("", 1)).toEqual([ann]);
    expect(await repository.listEditors("Ann", 9)).toEqual([bob]);
    expect([await repository.findEditor("bob's"), await repository.findEditor("no one's")]).toEqual([bob, undefined]);
    expect(await repository.addEditor("ANN", "write", "another", NOW, OWNER)).toEqual({ kind: "conflict" });
  });

  it("leave nothing to others, and take nothing from them", async () => {
    await addAll();
    for (const one of [ANN, BOB, OWNER]) {
      await repository.saveResponse(one, 7, response("k", { body: one.name }), NOW);
      // The second time nothing is done, and nothing fails.
      await repository.saveResponse(one, 8, response("k", { body: "other" }), NOW);
      expect(await repository.providePreviewKey(one, { id: one.name, secret: "s" })).toEqual({
        id: one.name,
        secret: "s",
      });
      expect((await repository.providePreviewKey(one, { id: "new", secret: "n" })).id).toBe(one.name);
    }
    expect(await repository.findResponse(ANN, "k")).toEqual({
      ...{ requestDigest: "digest of k", status: 200, version: 7, body: "Ann", role: "write" },
    });
    expect(await repository.findResponse(ANN, "l")).toBeUndefined();
    expect(await repository.removeEditor("nobody", NOW, OWNER)).toBe(false);
    expect(await repository.removeEditor("Ann", NOW, OWNER)).toBe(true);
    const left = [];
    for (const one of [ANN, BOB, OWNER])
      left.push([
        (await repository.findResponse(one, "k"))?.body,
        await repository.isPreviewKeyValid(one.name, OWNER.tokenHash),
      ]);
    expect(left).toEqual([
      [undefined, false],
      ["bob", true],
      ["owner", true],
    ]);
    expect(await readRows("SELECT id FROM preview_keys ORDER BY id")).toEqual(["bob", "owner"]);
    expect(await repository.isPreviewKeyValid("owner", "the owner's next")).toBe(false);
    await repository.deletePreviewKeys(NOW, BOB);
    expect(await repository.isPreviewKeyValid("bob", OWNER.tokenHash)).toBe(false);
    const log = await repository.listAuditLog(1e9, 9);
    expect(
      log.map(({ number, at, editor, action, subject, changes }) => [number, at, editor, action, subject, changes]),
    ).toEqual([
      [4, NOW, "bob", "end previews", "previews", []],
      [3, NOW, "owner", "revoke editor", "Ann", []],
      [2, NOW, "owner", "add editor", "Ann", ["write"]],
      [1, NOW, "owner", "add editor", "bob", ["publish"]],
    ]);
    expect((await repository.listAuditLog(3, 1)).map(({ number }) => number)).toEqual([2]);
  });
});

describe("a transaction", () => {
  let written: number;
  let transactions: Transactions;
  const openTransactions = (one: D1Database, waitUntil: (work: Promise<unknown>) => void = () => {}): Transactions =>
    createTransactions(one, { timeoutMs: TIMEOUT_MS, onWritten: () => (written += 1), waitUntil });
  const event = { editor: OWNER, action: "put", subject: "x", changes: ["title"] };
  const insertStory = () =>
    run(
      "INSERT INTO stories (number, id, slug, path, version, digest, item) VALUES (1, 'a', 'a', 'a.md', 1, '', '{}')",
    );

  beforeEach(() => {
    written = 0;
    transactions = openTransactions(database);
  });

  it.each([
    // The time of the revision before, that of the last transition, and the clock, in milliseconds; in whole seconds.
    [0, -5000, 0, 1000],
    [0, -5000, 999, 1000],
    [0, -5000, 10_999, 10_000],
    [10_000, -5000, 10_000, 11_000],
    [10_000, -5000, 11_000, 11_000],
    [10_000, -5000, 12_000, 12_000],
    [0, 10_000, 10_000, 11_000],
    [0, 10_001, 10_000, 10_000],
    [69_000, -5000, 10_000, 70_000],
    [70_000, -5000, 10_000, 70_000],
    [80_000, -5000, 10_000, 80_000],
  ])("after one of %i and a transition at %i, at %i, has the time %i", async (before, transition, now, expected) => {
    await insertStory();
    await run("UPDATE revision SET number = 8, public = 5, departed = 3, at = ?1", NOW + before);
    await run("INSERT INTO transitions (at, story, is_withdrawal) VALUES (?1, 1, 0)", NOW + transition);
    const revision = async () =>
      (await readRows("SELECT number, public, departed, (at - 1772366400000) FROM revision")).join();
    await transactions.newRevision(NOW + now, "hidden").run();
    expect(await revision()).toBe(`9 5 3 ${before}`);
    await transactions.newRevision(NOW + now, "public").run();
    expect(await revision()).toBe(`10 10 3 ${expected}`);
    await run("UPDATE revision SET at = ?1", NOW + before);
    await transactions.newRevision(NOW + now, "removal").run();
    expect(await revision()).toBe(`11 11 11 ${expected}`);
  });

  it.each([
    ["a condition", "INSERT INTO conditions (holds) VALUES (0)"],
    ["a slug", "INSERT INTO stories (id, slug, path, version, digest, item) VALUES ('x', 'a', 'x', 1, '', '{}')"],
    ["a path", "INSERT INTO stories (id, slug, path, version, digest, item) VALUES ('x', 'x', 'a.md', 1, '', '{}')"],
    ["an alias", "INSERT INTO aliases (alias, story) VALUES ('a-once', 1)"],
    ["the name of an editor", "INSERT INTO editors VALUES ('Ann', 'write', 'x', 1)"],
    [
      "a response",
      "INSERT INTO answers (editor, key, request, status, version, body, story, at) VALUES ('ann''s', 'k', '', 1, 1, '', '', 1)",
    ],
  ])("in which %s is not free is a conflict, and does nothing", async (_, statement) => {
    await insertStory();
    await run("INSERT INTO aliases VALUES ('a-once', 1)");
    await repository.addEditor(ANN.name, "write", ANN.tokenHash, NOW, OWNER);
    await repository.saveResponse(ANN, 1, response("k"), NOW);
    const log = await readRows("SELECT count(*) FROM log");
    const statements = [transactions.newRevision(NOW, "public"), database.prepare(statement)];
    expect(await transactions.commit(statements, NOW, event)).toEqual({ kind: "conflict" });
    expect(await readRows("SELECT number FROM revision")).toEqual(["0"]);
    expect(await readRows("SELECT count(*) FROM log")).toEqual(log);
    expect(written).toBe(0);
  });

  it("says what it did, with its response, and forgets those of the day before", async () => {
    for (const [key, age] of [
      ["old", DAY_MS + 1],
      ["day", DAY_MS],
    ] as const)
      await repository.saveResponse(ANN, 1, response(key), NOW - age);
    await run("UPDATE revision SET schema = 3");
    const outcome = await transactions.commit([transactions.newRevision(NOW, "hidden")], NOW, event, response("k"));
    expect([outcome, written]).toEqual([{ kind: "written", version: 1 }, 1]);
    expect(await readRows("SELECT editor, key, version, at FROM answers ORDER BY key")).toEqual([
      `ann's day 1 ${NOW - DAY_MS}`,
      `owner's k 1 ${NOW}`,
    ]);
    expect(await readRows("SELECT at, editor, action, subject, story, changes FROM log")).toEqual([
      `${NOW} owner put x  ["title"]`,
    ]);
    expect(await readRows("SELECT schema FROM revision")).toEqual([String(SCHEMA)]);
  });

  it("of an editor who was revoked meanwhile does nothing; of one who was not, its own condition counts", async () => {
    const revoked = { ...event, editor: ANN };
    await expect(transactions.commit([], NOW, revoked)).rejects.toBeInstanceOf(TokenRevoked);
    expect(await readRows("SELECT number FROM log")).toEqual([]);
    await repository.addEditor(ANN.name, "write", ANN.tokenHash, NOW, OWNER);
    expect((await transactions.commit([], NOW, revoked)).kind).toBe("written");
    const failing = [database.prepare("INSERT INTO conditions (holds) VALUES (0)")];
    expect(await transactions.commit(failing, NOW, revoked)).toEqual({ kind: "conflict" });
  });

  it("that may have been committed although the database does not say so counts as written", async () => {
    const broken = interceptDatabase(database, ({ statements, run }) =>
      statements > 1 ? Promise.reject(new Error("D1_ERROR: network connection lost")) : run(),
    );
    const waiting: Promise<unknown>[] = [];
    const work = openTransactions(broken, (one) => waiting.push(one)).commit([], NOW, event);
    await expect(work).rejects.toThrow("network connection lost");
    await Promise.all(waiting);
    expect([written, waiting.length]).toEqual([1, 1]);
  });
});
