import { beforeAll, describe, expect, it } from "vitest";
import { instant } from "../fixtures/publication.ts";
import { emptyDatabase, type Office, OWNER, openOffice, story } from "./newsroom.ts";

const NOW = instant("2026-03-01T12:00:00Z");

interface Row {
  readonly name: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** What the answer must say. */
  readonly says: RegExp;
}

const MARKDOWN = { "content-type": "text/markdown" };
const JSON_TYPE = { "content-type": "application/json" };

const front = (lines: string, text = "Text."): string => `---\n${lines}---\n\n${text}\n`;
const sound = "id: tag:courier.example,2026:new\ntitle: New\npublished: 2026-01-01T00:00:00Z\n";

const rows: readonly Row[] = [
  // Who asks.
  { name: "no token", headers: { authorization: "" }, status: 401, says: /bearer token/ },
  { name: "another scheme", headers: { authorization: "Basic b3duZXI6eA==" }, status: 401, says: /bearer token/ },
  { name: "a wrong token", headers: { authorization: "Bearer wrong" }, status: 401, says: /Nobody has this token/ },
  { name: "a token with more behind it", headers: { authorization: `Bearer ${OWNER}x` }, status: 401, says: /Nobody/ },
  {
    name: "a token cut short",
    headers: { authorization: `Bearer ${OWNER.slice(0, -1)}` },
    status: 401,
    says: /Nobody/,
  },
  { name: "two tokens", headers: { authorization: `Bearer ${OWNER}, Bearer x` }, status: 401, says: /bearer token/ },
  { name: "a token with a blank in it", headers: { authorization: "Bearer a b" }, status: 401, says: /bearer token/ },
  // What is sent.
  { name: "no type", headers: { "content-type": "" }, status: 415, says: /text\/markdown/ },
  { name: "a type we don't read", headers: { "content-type": "text/html" }, status: 415, says: /text\/markdown/ },
  {
    name: "a form",
    headers: { "content-type": "multipart/form-data; boundary=x" },
    status: 415,
    says: /application\/json/,
  },
  {
    name: "a compressed body",
    headers: { ...MARKDOWN, "content-encoding": "gzip" },
    status: 415,
    says: /content-coding/,
  },
  { name: "nothing", body: "", status: 422, says: /no front matter/ },
  { name: "a story over 1 MiB", body: front(sound, "x".repeat(1_048_576)), status: 413, says: /1 MiB/ },
  { name: "not UTF-8", body: Uint8Array.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff]), status: 422, says: /not UTF-8/ },
  { name: "no JSON", headers: JSON_TYPE, body: "{", status: 400, says: /not JSON/ },
  {
    name: "JSON that is not UTF-8",
    headers: JSON_TYPE,
    body: Uint8Array.from([0x22, 0xff, 0x22]),
    status: 400,
    says: /UTF-8/,
  },
  { name: "a JSON list", headers: JSON_TYPE, body: "[]", status: 400, says: /Send an object/ },
  { name: "JSON null", headers: JSON_TYPE, body: "null", status: 400, says: /Send an object/ },
  {
    name: "JSON with a number for the text",
    headers: JSON_TYPE,
    body: '{"text":1}',
    status: 400,
    says: /must be a string/,
  },
  {
    name: "JSON with an unknown key",
    headers: JSON_TYPE,
    body: '{"pubilshed":"x"}',
    status: 422,
    says: /Did you mean `published`/,
  },
  // What the compiler says.
  { name: "no front matter", body: "Text.", status: 422, says: /"line":1,"column":1/ },
  { name: "an unknown key", body: front(`${sound}tgas: [a]\n`), status: 422, says: /Did you mean `tags`/ },
  { name: "no id", body: front("title: New\npublished: 2026-01-01T00:00:00Z\n"), status: 422, says: /`id` is missing/ },
  { name: "a date without a zone", body: front(sound.replace("Z\n", "\n")), status: 422, says: /no time zone/ },
  {
    name: "an update before its time",
    body: front(`${sound}updated: 2025-01-01T00:00:00Z\n`),
    status: 422,
    says: /before/,
  },
  {
    name: "an unknown author",
    body: front(`${sound}authors: [nobody]\n`),
    status: 422,
    says: /no author of site.yaml/,
  },
  {
    name: "an unknown section",
    body: front(`${sound}section: nowhere\n`),
    status: 422,
    says: /no section of site.yaml/,
  },
  { name: "a picture that is not there", body: front(sound, "![x](media/x.png)"), status: 422, says: /no file/ },
  {
    name: "a picture without alt",
    body: front(sound, '<img src="https://example.org/x.png">'),
    status: 422,
    says: /alt/,
  },
  {
    name: "a link to a story that is not there",
    body: front(sound, "[x](other.md)"),
    status: 422,
    says: /There is no story/,
  },
  { name: "a javascript: link", body: front(sound, "[x](javascript:alert(1))"), status: 422, says: /can't be used/ },
  { name: "a control character", body: front(sound, "a\u0001b"), status: 422, says: /can't stand in a feed/ },
  { name: "no text", body: front(sound, ""), status: 422, says: /no text/ },
  { name: "a YAML bomb", body: front(`a: &a [x, x]\nb: [*a, *a]\n${sound}`), status: 422, says: /quotes/ },
  // Names.
  {
    name: "another slug than the address",
    body: front(`${sound}slug: elsewhere\n`),
    status: 409,
    says: /api\/items\/elsewhere/,
  },
  {
    name: "the id of another story",
    body: front(sound.replace(":new", ":taken")),
    status: 409,
    says: /id is that of `taken`/,
  },
  { name: "the slug of another story", path: "/api/items/taken", body: front(sound), status: 409, says: /slug/ },
  {
    name: "the alias of another story for a slug",
    path: "/api/items/once-taken",
    body: front(sound),
    status: 409,
    says: /alias of another/,
  },
  {
    name: "the slug of another story for an alias",
    body: front(`${sound}aliases: [taken]\n`),
    status: 409,
    says: /slug of another/,
  },
  {
    name: "the alias of another story",
    body: front(`${sound}aliases: [once-taken]\n`),
    status: 409,
    says: /belongs to another/,
  },
  {
    name: "a slug that can't stand in a URL",
    path: "/api/items/a%20b",
    body: front(sound),
    status: 422,
    says: /can't stand in a URL/,
  },
  {
    name: "an address that is not UTF-8",
    path: "/api/items/%ff",
    body: front(sound),
    status: 400,
    says: /percent-encoded/,
  },
  {
    name: "the file of another story",
    path: "/api/items/new?path=taken.md",
    body: front(`${sound}slug: new
`),
    status: 409,
    says: /file of another/,
  },
  {
    name: "its own slug for an alias",
    body: front(`${sound}aliases: [new]\n`),
    status: 409,
    says: /among its aliases/,
  },
  {
    name: "a path that climbs",
    path: "/api/items/new?path=../new.md",
    body: front(sound),
    status: 400,
    says: /world\/embassy/,
  },
  {
    name: "a path that is no story's",
    path: "/api/items/new?path=new.txt",
    body: front(sound),
    status: 400,
    says: /world\/embassy/,
  },
  {
    name: "a promise that names no story",
    path: "/api/items/new?linked=x",
    body: front(sound),
    status: 400,
    says: /linked/,
  },
  {
    name: "more aliases than a hundred",
    body: front(`${sound}aliases: [${Array.from({ length: 101 }, (_, i) => `a${i}`).join(", ")}]\n`),
    status: 422,
    says: /100 entries at most/,
  },
  { name: "more HTML than a row holds", body: front(sound, '"'.repeat(1_000_000)), status: 413, says: /1\.9 MB/ },
  // Conditions.
  {
    name: "If-Match where nothing is",
    headers: { ...MARKDOWN, "if-match": '"1"' },
    body: front(sound),
    status: 412,
    says: /nothing here/,
  },
  {
    name: "If-Match * where nothing is",
    headers: { ...MARKDOWN, "if-match": "*" },
    body: front(sound),
    status: 412,
    says: /nothing here/,
  },
  {
    name: "If-Match with an old tag",
    path: "/api/items/taken",
    headers: { ...MARKDOWN, "if-match": '"0"' },
    body: story("taken", { aliases: ["once-taken"] }, "Changed."),
    status: 412,
    says: /changed it/,
  },
  {
    name: "If-None-Match * where a story is",
    path: "/api/items/taken",
    headers: { ...MARKDOWN, "if-none-match": "*" },
    body: story("taken", { aliases: ["once-taken"] }, "Changed."),
    status: 412,
    says: /already/,
  },
  {
    name: "an empty Idempotency-Key",
    headers: { ...MARKDOWN, "idempotency-key": " " },
    body: front(sound),
    status: 400,
    says: /1 to 255/,
  },
  {
    name: "a long Idempotency-Key",
    headers: { ...MARKDOWN, "idempotency-key": "k".repeat(256) },
    body: front(sound),
    status: 400,
    says: /255/,
  },
  // Other methods and addresses.
  { name: "withdrawing without a reason", method: "DELETE", path: "/api/items/taken", status: 400, says: /Say why/ },
  {
    name: "withdrawing what is not there",
    method: "DELETE",
    path: "/api/items/none?reason=x",
    status: 404,
    says: /no such story/,
  },
  {
    name: "a reason that no feed can hold",
    method: "DELETE",
    path: "/api/items/taken?reason=Wrong%01.",
    status: 400,
    says: /control character U\+0001/,
  },
  {
    name: "a reason in which nothing can be seen",
    method: "DELETE",
    path: "/api/items/taken?reason=%E2%80%8B",
    status: 400,
    says: /Say why/,
  },
  {
    name: "a reason with the reserved origin",
    method: "DELETE",
    path: "/api/items/taken?reason=See+https://feedwright.invalid",
    status: 400,
    says: /reserved by Feedwright/,
  },
  {
    name: "a reason of a thousand and one characters",
    method: "DELETE",
    path: `/api/items/taken?reason=${"x".repeat(1001)}`,
    status: 400,
    says: /1000 characters/,
  },
  {
    name: "a reason as long as a story",
    method: "DELETE",
    path: "/api/items/taken",
    body: "x".repeat(5000),
    status: 413,
    says: /too long/,
  },
  { name: "withdrawing a draft", method: "DELETE", path: "/api/items/draft?reason=x", status: 409, says: /No reader/ },
  {
    name: "erasing what is not there",
    method: "DELETE",
    path: "/api/items/none?purge=true",
    status: 404,
    says: /no such story/,
  },
  { name: "reading what is not there", method: "GET", path: "/api/items/none", status: 404, says: /no such story/ },
  {
    name: "a method that is not known",
    method: "PATCH",
    path: "/api/items/taken",
    status: 405,
    says: /GET, HEAD, PUT, DELETE/,
  },
  { name: "writing the list", method: "PUT", path: "/api/items", status: 405, says: /GET, HEAD/ },
  { name: "a media name that climbs", path: "/api/media/..%2fx.png", body: "x", status: 400, says: /another name/ },
  { name: "a media name that is hidden", path: "/api/media/.x.png", body: "x", status: 400, says: /another name/ },
  {
    name: "a media file of no kind",
    path: "/api/media/x.png",
    body: Uint8Array.from([255, 0, 128]),
    status: 422,
    says: /no kind/,
  },
  { name: "an empty media file", path: "/api/media/x.png", body: "", status: 422, says: /empty/ },
  {
    name: "an editor with a bad name",
    path: "/api/editors/a%20b",
    body: '{"role":"write"}',
    status: 400,
    says: /another name/,
  },
  {
    name: "an editor called owner",
    path: "/api/editors/owner",
    body: '{"role":"write"}',
    status: 400,
    says: /another name/,
  },
  { name: "an editor without a role", path: "/api/editors/ann", body: "{}", status: 422, says: /one of: write/ },
  {
    name: "an editor with an unknown role",
    path: "/api/editors/ann",
    body: '{"role":"god"}',
    status: 422,
    says: /one of: write/,
  },
  { name: "revoking nobody", method: "DELETE", path: "/api/editors/none", status: 404, says: /no editor/ },
];

let office: Office;

const contents = async (): Promise<string> => {
  const tables = [
    "revision",
    "stories",
    "sources",
    "aliases",
    "memberships",
    "transitions",
    "media",
    "erased",
    "editors",
    "log",
    "answers",
    "conditions",
  ];
  const all = await office.database.batch(tables.map((table) => office.database.prepare(`SELECT * FROM ${table}`)));
  return JSON.stringify(all.map(({ results }) => results));
};

beforeAll(async () => {
  office = await openOffice({ now: NOW, database: await emptyDatabase() });
  await office.put("taken", story("taken", { aliases: ["once-taken"] }));
  await office.put("draft", story("draft", { draft: true }));
});

describe("a bad request to the newsroom", () => {
  it("is tried in many ways", () => expect(rows.length).toBeGreaterThanOrEqual(60));

  it.each(rows)(
    "$name: $status, and nothing is changed",
    async ({ method = "PUT", path = "/api/items/new", body, headers = MARKDOWN, status, says }) => {
      const before = await contents();
      const given = { ...(headers === MARKDOWN || headers === JSON_TYPE ? headers : { ...headers }) };
      const response = await office.api(method, path, { headers: given, ...(body !== undefined && { body }) });
      const text = await response.text();
      expect({ status: response.status, text }).toEqual({ status, text: expect.stringMatching(says) });
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("cache-control")).toMatch(/no-store/);
      expect(JSON.parse(text)).toMatchObject({ status });
      expect(text).not.toContain(OWNER);
      expect(await contents()).toBe(before);
    },
  );
});

describe("without a token of its own", () => {
  it.each(["/api/items", "/api/items/taken", "/api/log", "/api/editors"])(
    "there is no newsroom at %s",
    async (path) => {
      const closed = await openOffice({ now: NOW, database: office.database, bindings: { PUBLISH_TOKEN: "" } });
      for (const token of ["", OWNER]) expect((await closed.api("GET", path, { token })).status).toBe(404);
      for (const method of ["PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"])
        expect((await closed.api(method, path)).status).toBe(404);
    },
  );
});
