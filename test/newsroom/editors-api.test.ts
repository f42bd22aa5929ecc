import { beforeEach, describe, expect, it } from "vitest";
import { GIF, instant, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
});

const add = (name: string, role = "write"): Promise<Response> =>
  newsroom.api("PUT", `/api/editors/${encodeURIComponent(name)}`, { body: JSON.stringify({ role }) });

const tokenOf = async (response: Response): Promise<string> => {
  const { token }: { token: string } = await response.json();
  return token;
};

/** Adds an editor by SQL, as an earlier version did with any name. */
const addRow = (name: string): Promise<unknown> =>
  newsroom.database
    .prepare("INSERT INTO editors (name, role, token_hash, at) VALUES (?1, 'write', ?1, 0)")
    .bind(name)
    .run();

interface EditorsPage {
  readonly editors: readonly { readonly name: string }[];
  readonly next: string | null;
}

describe("the name of an editor", () => {
  it.each(["ann", "Ann", "a", "7", "ann.b-c", "j.doe-2", "x".repeat(64)])("may be %s", async (name) => {
    expect((await add(name)).status).toBe(201);
  });

  it.each([
    ["with a Cyrillic letter", "\u0430nn"],
    ["with a Greek letter", "\u03bfwner"],
    ["with a full-width letter", "\uff41nn"],
    ["with a letter with an accent", "ánn"],
    ["with a combining mark", "ann\u0301"],
    ["with a zero-width character", "an\u200bn"],
    ["in another script", "安娜"],
    ["with a space", "ann b"],
    ["with an underscore", "ann_b"],
    ["with a tilde", "ann~"],
    ["that begins with a dot", ".ann"],
    ["that begins with a hyphen", "-ann"],
    ["of 65 letters", "x".repeat(65)],
    ["with a line break at its end", "ann\n"],
  ])("may not be one %s", async (_, name) => {
    const response = await add(name);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("letters from a to z")]);
  });

  it.each(["owner", "Owner", "OWNER", "oWnEr"])("may not be the owner's: %s", async (name) => {
    const response = await add(name);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("The owner has that name")]);
  });

  it("may not be another editor's in other capitals, until that one is revoked", async () => {
    expect((await add("Ann")).status).toBe(201);
    for (const name of ["Ann", "ann", "ANN"]) expect((await add(name)).status).toBe(409);
    expect((await newsroom.api("DELETE", "/api/editors/ann")).status).toBe(404);
    expect((await newsroom.api("DELETE", "/api/editors/Ann")).status).toBe(204);
    expect((await add("ann")).status).toBe(201);
  });

  it("is taken only once, however many add it at the same time", async () => {
    const answers = await Promise.all(["ann", "Ann", "ANN", "aNN"].map((name) => add(name)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it("may be an old one that is not allowed any longer: it is listed, and can be revoked", async () => {
    for (const name of ["Owner", "\u0430nn", "an_n"]) await addRow(name);
    const { editors }: EditorsPage = await (await newsroom.api("GET", "/api/editors")).json();
    expect(editors.map(({ name }) => name)).toEqual(["Owner", "an_n", "\u0430nn"]);
    for (const { name } of editors)
      expect((await newsroom.api("DELETE", `/api/editors/${encodeURIComponent(name)}`)).status).toBe(204);
    expect(await (await newsroom.api("GET", "/api/editors")).json()).toEqual({ editors: [], next: null });
  });
});

describe("GET /api/editors", () => {
  it("lists each editor once, a hundred on a page", async () => {
    const names = Array.from({ length: 230 }, (_, index) => `e${String(index).padStart(3, "0")}`);
    for (const name of names) await addRow(name);
    const listed: string[] = [];
    const sizes: number[] = [];
    for (let next: string | null = "/api/editors"; next !== null; ) {
      const page: EditorsPage = await (await newsroom.api("GET", next)).json();
      listed.push(...page.editors.map(({ name }) => name));
      sizes.push(page.editors.length);
      next = page.next;
    }
    expect(listed).toEqual(names);
    expect(sizes).toEqual([100, 100, 30]);
  });
});

describe("an editor who is revoked while a request is under way", () => {
  it.each([
    ["story", "/api/items/late", new TextEncoder().encode(story("late"))],
    ["file", "/api/media/late.gif", GIF],
    ["editor", "/api/editors/late", new TextEncoder().encode('{"role":"owner"}')],
  ])("writes no %s", async (_, path, body) => {
    const token = await tokenOf(await add("ann", "owner"));
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const answer = newsroom.api("PUT", path, { token, body: readable });
    const writer = writable.getWriter();
    // Resolves once it is read, and so after the token was found to be valid.
    await writer.write(body.slice(0, 10));
    expect((await newsroom.api("DELETE", "/api/editors/ann")).status).toBe(204);
    await writer.write(body.slice(10));
    await writer.close();
    const response = await answer;
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringContaining("invalid_token"),
    ]);
    const [entry] = (await newsroom.database.prepare("SELECT * FROM log ORDER BY number DESC").all()).results;
    expect(entry).toMatchObject({ action: "revoke editor", subject: "ann" });
  });
});
