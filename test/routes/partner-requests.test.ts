import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { site } from "../fixtures/publication.ts";
import { filesWith, hashOf, KEY_HEADER, NOW, VALID_TOKEN, WRONG_TOKEN } from "./support/partner-states.ts";
import { type ServedSite, serveFiles } from "./support/serve.ts";

// Requests below /partners/ as strangers and clumsy partners send them, each with the status that is right for it.

const UNICODE_TOKEN = "schlüssel-für-die-post";
const OTHER_TOKEN = "token-of-another-partner";
const CONTACT = "desk@acme.example";
const NETWORK = "192.0.2.0/24";

const acme = (token: string, more: object = {}) => ({
  ...{ contact: CONTACT, tokens: [{ sha256: hashOf(token) }], formats: ["rss", "json"] },
  ...more,
});

const CONTRACTS = {
  acme: acme(VALID_TOKEN),
  keyed: acme(VALID_TOKEN, { header: KEY_HEADER }),
  near: acme(VALID_TOKEN, { networks: [NETWORK, "2001:db8::/32", "198.51.100.7", "::ffff:203.0.113.0/120"] }),
  other: acme(OTHER_TOKEN),
  unicode: acme(UNICODE_TOKEN),
  open: { contact: CONTACT, open: true, networks: [NETWORK], formats: ["rss"] },
};

/** Nothing of these may ever be told. */
const SECRETS = [
  ...[VALID_TOKEN, OTHER_TOKEN, UNICODE_TOKEN, WRONG_TOKEN, encodeURIComponent(UNICODE_TOKEN)],
  ...[VALID_TOKEN, OTHER_TOKEN, UNICODE_TOKEN].map(hashOf),
  ...[CONTACT, "192.0.2", "198.51.100", "2001:db8", "203.0.113"],
];

type Fields = readonly (readonly [string, string])[];

const bearer = (token: string): Fields => [["authorization", `Bearer ${token}`]];
const basic = (credentials: string): Fields => [["authorization", `Basic ${btoa(credentials)}`]];
const utf8 = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));
const from = (address: string): Fields => [...bearer(VALID_TOKEN), ["cf-connecting-ip", address]];

const RIGHT = bearer(VALID_TOKEN);
const FEED = "/partners/acme/rss.xml";

/** What is sent, and the status; of a redirect the path that it leads to. */
type Row = readonly [why: string, path: string, headers: Fields, answer: number | string, method?: string];

const SCHEMES: readonly Row[] = [
  ["a bearer token", FEED, RIGHT, 200],
  ["a scheme in lower case", FEED, [["authorization", `bearer ${VALID_TOKEN}`]], 200],
  ["a scheme in upper case", FEED, [["authorization", `BEARER ${VALID_TOKEN}`]], 200],
  ["two spaces after the scheme", FEED, [["authorization", `Bearer  ${VALID_TOKEN}`]], 200],
  ["spaces at the end", FEED, [["authorization", `Bearer ${VALID_TOKEN}  `]], 200],
  ["no space after the scheme", FEED, [["authorization", `Bearer${VALID_TOKEN}`]], 401],
  ["a tab after the scheme", FEED, [["authorization", `Bearer\t${VALID_TOKEN}`]], 401],
  ["a colon after the scheme", FEED, [["authorization", `Bearer: ${VALID_TOKEN}`]], 401],
  ["a token in quotes", FEED, [["authorization", `Bearer "${VALID_TOKEN}"`]], 401],
  ["a token alone", FEED, [["authorization", VALID_TOKEN]], 401],
  ["the scheme alone", FEED, [["authorization", "Bearer"]], 401],
  ["an empty header", FEED, [["authorization", ""]], 401],
  ["a token in upper case", FEED, bearer(VALID_TOKEN.toUpperCase()), 401],
  ["a token with one character less", FEED, bearer(VALID_TOKEN.slice(1)), 401],
  ["a token with one character more", FEED, bearer(`${VALID_TOKEN}x`), 401],
  ["a token of ten thousand characters", FEED, bearer("x".repeat(10_000)), 401],
  ["the hash of the token", FEED, bearer(hashOf(VALID_TOKEN)), 401],
  ["a token and something else", FEED, bearer(`${VALID_TOKEN} ${WRONG_TOKEN}`), 401],
  ["Digest", FEED, [["authorization", `Digest username="acme", response="${VALID_TOKEN}"`]], 401],
  ["two Authorization headers, both right", FEED, [...RIGHT, ...RIGHT], 401],
  ["two Authorization headers, the second right", FEED, [...bearer(WRONG_TOKEN), ...RIGHT], 401],
  ["Basic with any user name", FEED, basic(`somebody:${VALID_TOKEN}`), 200],
  ["Basic without a user name", FEED, basic(`:${VALID_TOKEN}`), 200],
  ["Basic with a user name that has spaces", FEED, basic(`a b c:${VALID_TOKEN}`), 200],
  ["Basic in lower case", FEED, [["authorization", `basic ${btoa(`x:${VALID_TOKEN}`)}`]], 200],
  ["Basic with a token of UTF-8", "/partners/unicode/rss.xml", basic(utf8(`jörg:${UNICODE_TOKEN}`)), 200],
  ["Basic with a token of Latin-1", "/partners/unicode/rss.xml", basic(`x:${UNICODE_TOKEN}`), 401],
  ["Basic with the token as user name", FEED, basic(`${VALID_TOKEN}:`), 401],
  ["Basic without a colon", FEED, basic(VALID_TOKEN), 401],
  ["Basic with a colon too many", FEED, basic(`x::${VALID_TOKEN}`), 401],
  ["Basic that is no base64", FEED, [["authorization", `Basic x:${VALID_TOKEN}`]], 401],
  ["Basic with base64 that is cut off", FEED, [["authorization", "Basic A"]], 401],
  ["Basic with nothing", FEED, basic(":"), 401],
  ["Basic, encoded twice", FEED, basic(btoa(`x:${VALID_TOKEN}`)), 401],
  ["a cookie", FEED, [["cookie", `token=${VALID_TOKEN}`]], 401],
  ["Proxy-Authorization", FEED, [["proxy-authorization", `Bearer ${VALID_TOKEN}`]], 401],
  ["X-Api-Key", FEED, [["x-api-key", VALID_TOKEN]], 401],
];

const KEYED = "/partners/keyed/rss.xml";

const HEADERS: readonly Row[] = [
  ["its header", KEYED, [[KEY_HEADER, VALID_TOKEN]], 200],
  ["its header in upper case", KEYED, [[KEY_HEADER.toUpperCase(), VALID_TOKEN]], 200],
  ["its header with spaces around", KEYED, [[KEY_HEADER, `  ${VALID_TOKEN} `]], 200],
  ["its header with a scheme", KEYED, [[KEY_HEADER, `Bearer ${VALID_TOKEN}`]], 401],
  ["its header twice", KEYED, [...Array(2)].map(() => [KEY_HEADER, VALID_TOKEN] as const), 401],
  ["its header, empty", KEYED, [[KEY_HEADER, ""]], 401],
  ["its header with a wrong token", KEYED, [[KEY_HEADER, WRONG_TOKEN]], 401],
  ["its header with underscores", KEYED, [["x_partner_key", VALID_TOKEN]], 401],
  ["its header beside a right Authorization", KEYED, [...RIGHT, [KEY_HEADER, WRONG_TOKEN]], 200],
  ["its header beside a wrong Authorization", KEYED, [...bearer(WRONG_TOKEN), [KEY_HEADER, VALID_TOKEN]], 401],
  ["another's header", FEED, [[KEY_HEADER, VALID_TOKEN]], 401],
];

const TOKENS: readonly Row[] = [
  ["another's token", FEED, bearer(OTHER_TOKEN), 401],
  ["its token at another's address", "/partners/other/rss.xml", RIGHT, 401],
  ["its token at another's terms", "/partners/other", RIGHT, 401],
  ["its token at an unknown partner's", "/partners/nobody/rss.xml", RIGHT, 401],
  ["the token in the query", `${FEED}?token=${VALID_TOKEN}`, [], 401],
  ["the token in the query by its usual name", `${FEED}?access_token=${VALID_TOKEN}`, [], 401],
  ["a wrong token in the query beside a right one", `${FEED}?token=${WRONG_TOKEN}`, RIGHT, 200],
  ["the token in the path", `/partners/acme/${VALID_TOKEN}/rss.xml`, [], 404],
  ["the token in place of the file", `/partners/acme/${VALID_TOKEN}`, RIGHT, 404],
  ["the token in place of the name", `/partners/${VALID_TOKEN}/rss.xml`, [], 401],
  ["a query that means nothing", `${FEED}?page=2&utm_source=x`, RIGHT, 200],
  ["an empty query", `${FEED}?`, RIGHT, 200],
];

const PATHS: readonly Row[] = [
  ["the folder", "/partners", RIGHT, 404],
  ["the folder with a slash", "/partners/", RIGHT, 404],
  ["its terms", "/partners/acme", RIGHT, 200],
  ["its terms with a slash", "/partners/acme/", RIGHT, "/partners/acme"],
  ["a doubled slash", "/partners//acme/rss.xml", RIGHT, FEED],
  ["a doubled slash, at the beginning", "//partners/acme/rss.xml", RIGHT, FEED],
  ["a doubled slash, without a token", "/partners/acme//rss.xml", [], FEED],
  ["a slash at the end", "/partners/acme/rss.xml/", RIGHT, FEED],
  ["a slash at the end, with a token in the query", `/partners/acme/rss.xml/?token=${VALID_TOKEN}`, [], FEED],
  ["a letter of the name encoded", "/partners/%61cme/rss.xml", RIGHT, FEED],
  ["a letter of the folder encoded", "/%70artners/acme/rss.xml", RIGHT, FEED],
  ["a letter of the file encoded", "/partners/acme/rss%2Exml", RIGHT, FEED],
  ["an encoded slash", "/partners/acme%2Frss.xml", RIGHT, 401],
  ["an encoded slash in lower case", "/partners/acme%2frss.xml", RIGHT, "/partners/acme%2Frss.xml"],
  ["the name in upper case", "/partners/ACME/rss.xml", RIGHT, 401],
  ["the name with a space", "/partners/acme%20/rss.xml", RIGHT, 401],
  ["the name with a NUL", "/partners/acme%00/rss.xml", RIGHT, 401],
  ["the name in fullwidth letters", "/partners/%EF%BD%81cme/rss.xml", RIGHT, 401],
  ["the name in bytes that are not UTF-8", "/partners/%FFacme/rss.xml", RIGHT, 401],
  ["a name of Object's", "/partners/constructor/rss.xml", RIGHT, 401],
  ["a name of Object's prototype", "/partners/__proto__", RIGHT, 401],
  ["a name of ten thousand letters", `/partners/${"a".repeat(10_000)}/rss.xml`, RIGHT, 401],
  ["dots", "/partners/acme/x/../rss.xml", RIGHT, 200],
  ["encoded dots", "/partners/other/%2e%2e/acme/rss.xml", RIGHT, 200],
  ["a file that the contract does not have", "/partners/acme/atom.xml", RIGHT, 404],
  ["a file that nobody has", "/partners/acme/feed.xml", RIGHT, 404],
  ["a format's name in place of the file", "/partners/acme/rss", RIGHT, 404],
  ["json by its format's name", "/partners/acme/json.json", RIGHT, 404],
  ["the file in upper case", "/partners/acme/RSS.XML", RIGHT, 404],
  ["the file with a NUL", "/partners/acme/rss.xml%00", RIGHT, 404],
  ["the file with bytes that are not UTF-8", "/partners/acme/%FF.xml", RIGHT, 404],
  ["a file that the contract does not have, without a token", "/partners/acme/atom.xml", [], 401],
  ["an archive", "/partners/acme/archive/1/rss.xml", RIGHT, 404],
  ["summaries", "/summaries/partners/acme/rss.xml", RIGHT, 404],
];

const METHODS: readonly Row[] = [
  ["HEAD", FEED, RIGHT, 200, "HEAD"],
  ["HEAD without a token", FEED, [], 401, "HEAD"],
  ["HEAD of another spelling", "/partners//acme/rss.xml", RIGHT, FEED, "HEAD"],
  ...["POST", "PUT", "PATCH", "DELETE"].flatMap((method): readonly Row[] => [
    [method, FEED, RIGHT, 405, method],
    [`${method} without a token`, FEED, [], 405, method],
    [`${method} at an unknown partner's`, "/partners/nobody", [], 405, method],
  ]),
  ["OPTIONS", FEED, [], 204, "OPTIONS"],
  ["OPTIONS of another spelling", "/partners//acme/rss.xml", [], 204, "OPTIONS"],
  ["POST below a file", "/partners/acme/rss.xml/x", RIGHT, 404, "POST"],
];

const NEAR = "/partners/near/rss.xml";

const NETWORKS: readonly Row[] = [
  ["an address of a network", NEAR, from("192.0.2.1"), 200],
  ["the last address of a network", NEAR, from("192.0.2.255"), 200],
  ["the first address after a network", NEAR, from("192.0.3.0"), 401],
  ["the last address before a network", NEAR, from("192.0.1.255"), 401],
  ["an address that is mapped into IPv6", NEAR, from("::ffff:192.0.2.1"), 200],
  ["an address that is mapped in hex", NEAR, from("::ffff:c000:201"), 200],
  ["an address in the deprecated notation of RFC 4291 §2.5.5.1", NEAR, from("::192.0.2.1"), 200],
  ["an address of IPv6", NEAR, from("2001:db8::1"), 200],
  ["an address of IPv6 in upper case", NEAR, from("2001:0DB8:FFFF:0:0:0:0:1"), 200],
  ["another address of IPv6", NEAR, from("2001:db9::1"), 401],
  ["the address of a network of one", NEAR, from("198.51.100.7"), 200],
  ["the address beside a network of one", NEAR, from("198.51.100.8"), 401],
  ["an address of a network that is written as IPv6", NEAR, from("203.0.113.9"), 200],
  ["an address beside a network that is written as IPv6", NEAR, from("203.0.112.9"), 401],
  ["no address", NEAR, RIGHT, 401],
  ["an empty address", NEAR, from(""), 401],
  ["an address that is none", NEAR, from("192.0.2.1.5"), 401],
  ["two addresses", NEAR, from("192.0.2.1, 192.0.2.1"), 401],
  ["an address with a port", NEAR, from("192.0.2.1:443"), 401],
  ["a network in place of an address", NEAR, from(NETWORK), 401],
  ["a host's name", NEAR, from("localhost"), 401],
  ["an address in a header of the client's", NEAR, [...RIGHT, ["x-forwarded-for", "192.0.2.1"]], 401],
  ["a wrong token from a right network", NEAR, [...bearer(WRONG_TOKEN), ["cf-connecting-ip", "192.0.2.1"]], 401],
  ["its terms from another network", "/partners/near", from("192.0.3.1"), 401],
  ["an open contract from a right network", "/partners/open/rss.xml", [["cf-connecting-ip", "192.0.2.1"]], 200],
  ["an open contract from a wrong one", "/partners/open/rss.xml", [["cf-connecting-ip", "192.0.3.1"]], 401],
  ["an open contract from nowhere", "/partners/open/rss.xml", [], 401],
  ["no address where any will do", FEED, RIGHT, 200],
];

const ROWS = [...SCHEMES, ...HEADERS, ...TOKENS, ...PATHS, ...METHODS, ...NETWORKS].map(
  ([why, path, headers, answer, method = "GET"]) => ({ why, path, headers, answer, method }),
);

const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  for (const method of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, method).mockImplementation((...values: readonly unknown[]) => void lines.push(values.join(" ")));
});

afterEach(() => {
  vi.restoreAllMocks();
});

const fetchWith = ({ fetch }: ServedSite, path: string, fields: Fields, method = "GET"): Promise<Response> => {
  const headers = new Headers();
  for (const [name, value] of fields) headers.append(name, value);
  return fetch(path, { method, headers, redirect: "manual" });
};

const pathIn = (location: string | null): string =>
  location === null ? "" : new URL(location).pathname + new URL(location).search;

describe("a request below /partners/", async () => {
  const served = await serveFiles(filesWith(CONTRACTS), { now: NOW });

  it("is one of more than a hundred, each another one", () => {
    expect(ROWS.length).toBeGreaterThan(130);
    expect(new Set(ROWS.map(({ why }) => why)).size).toBe(ROWS.length);
  });

  it.each(ROWS)("with $why: $answer", async ({ path, headers, answer, method }) => {
    const response = await fetchWith(served, path, headers, method);
    const { status } = response;
    expect(status === 301 ? pathIn(response.headers.get("location")) : status).toBe(answer);
    const told = [JSON.stringify([...response.headers]), await response.text(), ...lines].join("\n");
    expect(SECRETS.filter((secret) => told.includes(secret))).toEqual([]);
  });

  it.each(ROWS.filter(({ answer, method }) => answer === 401 && method === "GET"))(
    "is refused for no cache, and as no page: $why",
    async ({ path, headers }) => {
      const response = await fetchWith(served, path, [...headers, ["accept", "text/html"]]);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "cache-control": "private, no-store",
        "content-type": "application/problem+json",
      });
      expect(response.headers.has("access-control-allow-origin")).toBe(false);
    },
  );
});

describe("below /partners/ without any contract", async () => {
  const redirects = {
    "/partners/acme/rss.xml": "/rss.xml",
    "/partners/old": "https://elsewhere.example/partners",
  };
  const files = { ...filesWith({}), "site.yaml": site({ redirects, sections: { world: "World" } }) };
  const served = await serveFiles(files, { now: NOW });

  it.each(ROWS.filter(({ path }) => !/acme\/+rss|acme\/x\/|%2e%2e|rss%2E|%61cme|%70artners/.test(path)))(
    "is nothing: $method $path, with $why",
    async ({ path, headers, method }) => {
      const response = await fetchWith(served, path, headers, method);
      expect(response.status).toBe(404);
      expect(response.headers.has("www-authenticate")).toBe(false);
    },
  );

  it.each([
    ["/partners/acme/rss.xml", "https://courier.example/rss.xml"],
    ["/partners/acme/rss.xml?token=x", "https://courier.example/rss.xml"],
    ["/partners//acme/rss.xml", "https://courier.example/rss.xml"],
    ["/partners/old", "https://elsewhere.example/partners"],
  ])("is a redirect of site.yaml: %s", async (path, target) => {
    const response = await fetchWith(served, path, RIGHT);
    expect([response.status, response.headers.get("location")]).toEqual([301, target]);
  });

  it("redirects nothing that a contract has", async () => {
    const withContract = await serveFiles({ ...filesWith(CONTRACTS), "site.yaml": files["site.yaml"] }, { now: NOW });
    expect((await fetchWith(withContract, FEED, RIGHT)).status).toBe(200);
    expect((await fetchWith(withContract, FEED, [])).status).toBe(401);
    expect((await fetchWith(withContract, "/partners/old", [])).status).toBe(401);
  });
});
