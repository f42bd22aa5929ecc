import { beforeEach, describe, expect, it } from "vitest";
import { site, story } from "../fixtures/publication.ts";
import { hashOf, NOW, VALID_TOKEN } from "../routes/support/partner-states.ts";
import { interceptDatabase } from "./intercepted-database.ts";
import {
  createDatabaseBefore,
  createEmptyDatabase,
  createFormerDatabase,
  migrateFrom,
  type NewsroomWorker,
  openNewsroomWorker,
} from "./newsroom-worker.ts";

const HASH = hashOf(VALID_TOKEN);
const ACME = { formats: ["rss"], tokens: [{ sha256: HASH }] };
const FILES = { "site.yaml": site({ sections: { world: "World" }, authors: { staff: { name: "The Staff" } } }) };

let newsroom: NewsroomWorker;

const open = (database: D1Database): Promise<NewsroomWorker> =>
  openNewsroomWorker({ now: NOW, database, files: FILES });

beforeEach(async () => {
  newsroom = await open(await createEmptyDatabase());
});

const put = (contract: unknown, name = "acme", init: { token?: string } = {}): Promise<Response> =>
  newsroom.api("PUT", `/api/partners/${name}`, { body: JSON.stringify(contract), ...init });

const errorsOf = async (response: Response): Promise<readonly string[]> => {
  const { errors } = await response.json<{ errors: readonly { key: string; message: string }[] }>();
  return errors.map(({ key, message }) => `${key}: ${message}`);
};

describe("a contract in the API", () => {
  const WHOLE = {
    contact: "desk@acme.example",
    enabled: false,
    expires: "2027-06-01T00:00:00Z",
    tokens: [{ sha256: HASH }, { sha256: hashOf("old"), until: "2026-12-24T00:00:00Z" }],
    header: "x-acme-key",
    networks: ["192.0.2.0/24", "2001:db8::/32"],
    rate: "high",
    include: { sections: ["world"], tags: ["iraq"], languages: ["de"] },
    exclude: { authors: ["jane-doe"] },
    text: { lead: 3 },
    length: 20,
    hours: 48,
    delay: "900s",
    formats: ["rss", "json"],
    attribution: { en: "From {publication}: {link}" },
    license: "https://acme.example/terms",
  };

  it("is told as it was written, and can be written as it was told", async () => {
    await newsroom.put("a", story("a", { tags: ["iraq"], authors: [{ name: "Jane Doe" }] }));
    const created = await put(WHOLE);
    expect([created.status, await created.json()]).toEqual([201, { name: "acme", ...WHOLE }]);
    const { name: _, ...told } = await (await newsroom.api("GET", "/api/partners/acme")).json<{ name: string }>();
    expect(told).toEqual(WHOLE);
    const again = await put(told);
    expect([again.status, await again.json()]).toEqual([200, { name: "acme", ...WHOLE }]);
  });

  it("is told without what holds for every contract that does not say otherwise", async () => {
    const response = await put({
      ...ACME,
      ...{ enabled: true, open: false, networks: [], rate: "standard", text: "full", delay: "0s", include: {} },
    });
    expect(await response.json()).toEqual({ name: "acme", ...ACME });
  });

  it("has normal forms of tokens, headers and networks", async () => {
    const response = await put({
      ...ACME,
      ...{ tokens: [{ sha256: HASH.toUpperCase() }], header: "X-Acme-Key", networks: ["198.51.100.7", "2001:db8::1"] },
    });
    expect(await response.json()).toMatchObject({
      ...ACME,
      ...{ header: "x-acme-key", networks: ["198.51.100.7/32", "2001:db8::1/128"] },
    });
  });

  it("warns of what lies back, and is written all the same", async () => {
    const response = await put({ ...ACME, expires: "2026-03-01T12:00:00Z" });
    expect([response.status, await response.json()]).toMatchObject([
      201,
      { warnings: [{ level: "warning", key: "expires", message: "`expires` lies back: the contract has ended." }] },
    ]);
  });

  it("warns of tags and authors that no story has, nor site.yaml", async () => {
    await newsroom.put("a", story("a", { tags: ["film"], authors: [{ name: "Jane Doe" }] }));
    const response = await put({
      ...ACME,
      include: { tags: ["film", "flim"], authors: ["jane-doe", "staff"] },
      exclude: { tags: ["constructor"], authors: ["nobody"] },
    });
    const { warnings } = await response.json<{
      warnings: readonly { level: string; key: string; message: string }[];
    }>();
    expect(warnings.map(({ level, key }) => `${level} ${key}`)).toEqual([
      "warning include.tags[1]",
      "warning exclude.tags[0]",
      "warning exclude.authors[0]",
    ]);
    expect(warnings[0]?.message).toBe("`include.tags[1]`: no story has the tag `flim`. Mend it, unless one will.");
  });

  it("is replaced and revoked only if it is the one that If-Match names", async () => {
    const requestWith = (method: string, condition: Record<string, string>, contract: object = ACME) =>
      newsroom.api(method, "/api/partners/acme", {
        headers: condition,
        ...(method === "PUT" && { body: JSON.stringify(contract) }),
      });
    const made = await requestWith("PUT", { "if-none-match": "*" });
    expect(made.status).toBe(201);
    const etag = (await newsroom.api("GET", "/api/partners/acme")).headers.get("etag") ?? "";
    expect(etag).toBe(made.headers.get("etag"));
    expect((await requestWith("PUT", { "if-none-match": "*" })).status).toBe(412);
    const changed = await requestWith("PUT", { "if-match": etag }, { ...ACME, hours: 1 });
    expect(changed.status).toBe(200);
    for (const method of ["PUT", "DELETE"]) {
      const refused = await requestWith(method, { "if-match": etag });
      expect([refused.status, refused.headers.get("etag")]).toEqual([412, changed.headers.get("etag")]);
    }
    expect(await (await newsroom.api("GET", "/api/partners/acme")).json()).toMatchObject({ hours: 1 });
    expect((await requestWith("DELETE", { "if-match": changed.headers.get("etag") ?? "" })).status).toBe(204);
    expect((await requestWith("PUT", { "if-match": etag })).status).toBe(412);
  });

  it("is changed by nobody who does not say which one, where every change must", async () => {
    const strict = await openNewsroomWorker({
      ...{ now: NOW, database: newsroom.database, files: FILES },
      bindings: { REQUIRE_IF_MATCH: "true" },
    });
    const body = JSON.stringify(ACME);
    expect((await strict.api("PUT", "/api/partners/acme", { body })).status).toBe(201);
    expect((await strict.api("PUT", "/api/partners/acme", { body })).status).toBe(428);
    expect((await strict.api("DELETE", "/api/partners/acme")).status).toBe(428);
  });

  it("is listed by name, a hundred at a time", async () => {
    const names = Array.from({ length: 101 }, (_, index) => `p${String(index).padStart(3, "0")}`);
    for (const name of names) expect((await put(ACME, name)).status).toBe(201);
    const first = await (await newsroom.api("GET", "/api/partners")).json<{
      partners: { name: string }[];
      next: string;
    }>();
    const second = await (await newsroom.api("GET", first.next)).json<{
      partners: { name: string }[];
      next: unknown;
    }>();
    expect([first, second].map(({ partners }) => partners.length)).toEqual([100, 1]);
    expect([...first.partners, ...second.partners].map(({ name }) => name)).toEqual(names);
    expect(second.next).toBeNull();
  });

  it("is not there: 404", async () => {
    for (const method of ["GET", "DELETE"]) expect((await newsroom.api(method, "/api/partners/acme")).status).toBe(404);
  });
});

describe("a contract with mistakes", () => {
  it.each<[string, unknown, readonly string[]]>([
    ["nothing in it", {}, ["formats: `formats` is missing.", "tokens: `tokens` is missing."]],
    ["an unknown section", { ...ACME, include: { sections: ["arts"] } }, ["include.sections[0]: `arts` is no section"]],
    ["one to exclude", { ...ACME, exclude: { sections: ["world", "arts"] } }, ["exclude.sections[1]: `arts` is no"]],
    ["an unknown format", { ...ACME, formats: ["rss", "rs"] }, ["formats[1]: `formats[1]` must be one of the formats"]],
    ["no format", { ...ACME, formats: [] }, ["formats: `formats` must name one format at least"]],
    [
      "a token in clear text",
      { ...ACME, tokens: [VALID_TOKEN] },
      ["tokens[0]: `tokens[0]` must not be a token in clear"],
    ],
    [
      "the token as hash",
      { ...ACME, tokens: [{ sha256: VALID_TOKEN }] },
      ["tokens[0].sha256: `tokens[0].sha256` must be"],
    ],
    ["the key token", { ...ACME, token: VALID_TOKEN }, ["token: `token` must not be a token in clear text"]],
    [
      "a hash of nothing",
      { ...ACME, tokens: [{ sha256: hashOf("") }] },
      ["tokens[0].sha256: `tokens[0].sha256` is the"],
    ],
    ["a negative delay", { ...ACME, delay: "-5m" }, ["delay: `delay` can't be negative"]],
    ["a network that is none", { ...ACME, networks: ["10/8"] }, ["networks[0]: `networks[0]` must be a network"]],
    ["an unknown key", { ...ACME, rates: "high" }, ["rates: `rates` is not a known key. Did you mean `rate`?"]],
    ["tokens beside open", { ...ACME, open: true }, ["tokens: `tokens` can't stand beside `open: true`"]],
    [
      "a header beside open",
      { open: true, formats: ["rss"], header: "x-key" },
      ["header: `header` can't stand beside"],
    ],
    ["a header of HTTP's", { ...ACME, header: "Cookie" }, ["header: `header` has another meaning."]],
    ["no end", { ...ACME, expires: "soon" }, ["expires: `expires` is not a date"]],
    [
      "all at once",
      { formats: ["x"], tokens: ["y"], delay: "-1s", networks: ["z"], include: { sections: ["arts"] }, odd: 1 },
      ["odd: ", "tokens[0]: ", "networks[0]: ", "delay: ", "formats[0]: ", "include.sections[0]: "],
    ],
  ])("is refused, and each is told: %s", async (_, contract, messages) => {
    const response = await put(contract);
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const errors = await errorsOf(response);
    expect(errors).toEqual(messages.map((message) => expect.stringContaining(message)));
    expect(errors.join()).not.toContain(VALID_TOKEN);
    expect((await newsroom.api("GET", "/api/partners/acme")).status).toBe(404);
  });

  it.each(["", "[]", "null", '"x"', "1", "{", '{"formats": ["rss"],}', "formats: [rss]"])(
    "is refused if it is no JSON object: %s",
    async (body) => {
      const response = await newsroom.api("PUT", "/api/partners/acme", { body });
      expect([response.status, await response.json()]).toMatchObject([
        422,
        { detail: "Send the contract as a JSON object." },
      ]);
    },
  );

  it("is refused if it is too large", async () => {
    const response = await put({ ...ACME, contact: "x".repeat(65_536) });
    expect(response.status).toBe(413);
  });

  it.each(["Acme", "a_b", "-a", "a-", "a%20b", "%C3%A9", "a".repeat(65), "a%2Fb"])(
    "is refused if its name is none for URLs: %s",
    async (name) => {
      expect((await put(ACME, name)).status).toBe(422);
    },
  );

  it.each(["a", "0", "a-b-9", "a".repeat(64), "constructor"])("may have the name %s", async (name) => {
    expect((await put(ACME, name)).status).toBe(201);
    const response = await newsroom.fetch(`/partners/${name}`, { headers: { authorization: `Bearer ${VALID_TOKEN}` } });
    expect(response.status).toBe(200);
  });
});

describe("two changes of a contract at the same time", () => {
  /** A database in which somebody else revokes the contract between what a request reads and what it writes. */
  const withInterruption = (database: D1Database, interrupt: () => Promise<unknown>): D1Database => {
    let isFirst = true;
    return interceptDatabase(database, async ({ statements, run }) => {
      if (statements > 1 && isFirst) {
        isFirst = false;
        await interrupt();
      }
      return run();
    });
  };

  it.each<[string, string, string, number | undefined]>([
    ["PUT", "DELETE", "replaces one that was revoked", 409],
    ["PUT", "PUT", "replaces one that was replaced", 409],
    ["DELETE", "DELETE", "revokes one that was revoked", 409],
    ["DELETE", "PUT", "revokes one that was replaced", 409],
  ])("are a conflict: %s after %s %s", async (method, other, _, status) => {
    await put(ACME);
    const body = JSON.stringify({ ...ACME, hours: 1 });
    const change = (one: NewsroomWorker, verb: string) =>
      one.api(verb, "/api/partners/acme", verb === "PUT" ? { body } : {});
    const interrupted = await open(withInterruption(newsroom.database, () => change(newsroom, other)));
    const response = await change(interrupted, method);
    expect([response.status, await response.json()]).toMatchObject([
      status,
      { detail: expect.stringContaining("Read it again") },
    ]);
    expect((await newsroom.api("GET", "/api/partners/acme")).status).toBe(other === "PUT" ? 200 : 404);
  });

  it("are a conflict where there was none before", async () => {
    const interrupted = await open(withInterruption(newsroom.database, () => put({ ...ACME, hours: 2 })));
    const response = await interrupted.api("PUT", "/api/partners/acme", { body: JSON.stringify(ACME) });
    expect(response.status).toBe(409);
    expect(await (await newsroom.api("GET", "/api/partners/acme")).json()).toMatchObject({ hours: 2 });
  });
});

describe("the roles", () => {
  const addEditor = async (role: string): Promise<string> => {
    const response = await newsroom.api("PUT", `/api/editors/${role}-editor`, { body: JSON.stringify({ role }) });
    return (await response.json<{ token: string }>()).token;
  };

  it.each([
    ["write", 403, 403, 403, 403],
    ["publish", 200, 200, 403, 403],
    ["withdraw", 200, 200, 403, 403],
    ["owner", 200, 200, 200, 204],
  ])("of %s: list %i, show %i, write %i, revoke %i", async (role, list, show, write, revoke) => {
    await put(ACME);
    const token = await addEditor(role);
    const requests = [
      ["GET", "/api/partners"],
      ["GET", "/api/partners/acme"],
      ["PUT", "/api/partners/acme"],
      ["DELETE", "/api/partners/acme"],
    ] as const;
    const statuses = [];
    for (const [method, path] of requests) {
      const body = method === "PUT" ? { body: JSON.stringify(ACME) } : {};
      statuses.push((await newsroom.api(method, path, { token, ...body })).status);
    }
    expect(statuses).toEqual([list, show, write, revoke]);
  });

  it.each(["", "wrong-token-of-nobody-000000000000", VALID_TOKEN, HASH])(
    "are none without a token of an editor's: %s",
    async (token) => {
      await put(ACME);
      for (const [method, path] of [
        ["GET", "/api/partners"],
        ["GET", "/api/partners/acme"],
        ["PUT", "/api/partners/acme"],
        ["DELETE", "/api/partners/acme"],
      ] as const)
        expect((await newsroom.api(method, path, { token })).status).toBe(401);
    },
  );

  it("open no partner's feed with an editor's token", async () => {
    await put(ACME);
    const token = await addEditor("owner");
    const response = await newsroom.fetch("/partners/acme/rss.xml", { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(401);
  });
});

describe("the audit log", () => {
  it("says who changed which keys of a contract, and nothing of what they were", async () => {
    const networks = ["198.51.100.0/24"];
    await put({ ...ACME, contact: "desk@acme.example" });
    await put({ ...ACME, networks, tokens: [{ sha256: hashOf("new") }] });
    await put({ ...ACME, networks, tokens: [{ sha256: hashOf("new") }] });
    await newsroom.api("DELETE", "/api/partners/acme");
    const text = await (await newsroom.api("GET", "/api/log")).text();
    const { entries }: { entries: readonly { action: string; subject: string; changes: readonly string[] }[] } =
      JSON.parse(text);
    expect(entries.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      "revoke partner acme",
      ...Array(3).fill("put partner acme"),
    ]);
    expect(entries.map(({ changes }) => [...changes].sort())).toMatchObject([
      [],
      [],
      ["contact", "networks", "tokens"],
      {},
    ]);
    for (const secret of [HASH, hashOf("new"), "desk@acme.example", "198.51.100"]) expect(text).not.toContain(secret);
  });
});

describe("0008_partners.sql", () => {
  it("leaves what there was, and there are no contracts", async () => {
    const database = await createDatabaseBefore("0008_partners.sql");
    await migrateFrom(database, "0008_partners.sql");
    expect((await database.prepare("SELECT partners FROM revision").all()).results).toEqual([{ partners: 0 }]);
    newsroom = await open(database);
    expect((await newsroom.fetch("/partners/acme")).status).toBe(404);
    await newsroom.put("a", story("a"));
    expect((await put(ACME)).status).toBe(201);
    expect((await database.prepare("SELECT partners FROM revision").all()).results).toEqual([{ partners: 1 }]);
  });

  it("runs on a database of before 0.2 with its stories", async () => {
    newsroom = await open(await createFormerDatabase());
    expect((await put(ACME)).status).toBe(201);
    const headers = { authorization: `Bearer ${VALID_TOKEN}` };
    expect((await newsroom.fetch("/partners/acme/rss.xml", { headers })).status).toBe(200);
  });
});
