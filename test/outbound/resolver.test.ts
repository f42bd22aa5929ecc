import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkAddresses, dnsOverHttps, lookUpOnce, type Resolver } from "../../src/outbound/resolver.ts";
import { type ReceivedRequest, type Reply, type Subscribers, startSubscribers } from "../end-to-end/subscribers.ts";

const A = 1;
const CNAME = 5;
const AAAA = 28;

const json = (body: unknown): Reply => ({
  status: 200,
  headers: { "content-type": "application/dns-json" },
  body: JSON.stringify(body),
});

const record = (type: number, data: unknown) => ({ name: "news.example", type, TTL: 60, data });

const found = (...records: readonly unknown[]): Reply => json({ Status: 0, TC: false, Answer: records });

/** What the server answers for A, and for AAAA. */
type Answers = readonly [a: Reply, aaaa: Reply];

const none = found();
const four = found(record(A, "93.184.215.14"));

const answers: Readonly<Record<string, Answers>> = {
  both: [four, found(record(AAAA, "2606:4700::1111"))],
  several: [found(record(A, "1.1.1.1"), record(A, "10.0.0.1")), none],
  chain: [found(record(CNAME, "a.example."), record(CNAME, "b.example."), record(A, "1.0.0.1")), none],
  "only-a-chain": [found(record(CNAME, "a.example.")), found(record(CNAME, "a.example."))],
  other: [found(record(16, '"v=spf1"'), record(65, "1 . ipv4hint=1.1.1.1")), none],
  nothing: [json({ Status: 0 }), json({ Status: 0, Answer: null })],
  unknown: [json({ Status: 3 }), json({ Status: 3 })],
  unreadable: [found(record(A, "1.1.1.1"), record(A, { not: "text" }), "odd", null), none],
  "fails-for-one": [four, json({ Status: 2 })],
  fails: [json({ Status: 2 }), json({ Status: 2 })],
  refuses: [json({ Status: 5 }), json({ Status: 5 })],
  "no-status": [json({ Answer: [record(A, "1.1.1.1")] }), none],
  list: [json([]), none],
  null: [json(null), none],
  "no-json": [four, { status: 200, body: "<html>" }],
  empty: [{ status: 200 }, none],
  "not-found": [four, { status: 404, body: '{"Status":0}' }],
  broken: [{ status: 500, body: '{"Status":0}' }, none],
  moved: [{ status: 302, headers: { location: "/?name=both" } }, none],
  "too-long": [four, { status: 200, body: JSON.stringify({ Status: 0, Comment: "x".repeat(70_000) }) }],
};

describe("a resolver over HTTPS", () => {
  let server: Subscribers;
  let resolve: Resolver;

  beforeAll(async () => {
    server = await startSubscribers(({ query }: ReceivedRequest): Reply => {
      const [a, aaaa] = answers[query.get("name") ?? ""] ?? [none, none];
      return query.get("type") === "A" ? a : aaaa;
    });
    resolve = dnsOverHttps(`${server.url}/dns-query`, { fetch, userAgent: "Tests" });
  });

  afterAll(() => server.close());

  it("asks for both kinds of addresses, and for an answer in JSON", async () => {
    expect(await resolve("both")).toEqual(["93.184.215.14", "2606:4700::1111"]);
    const calls = server.requestsAt("/dns-query").filter(({ query }) => query.get("name") === "both");
    expect(calls.map(({ method, path, headers }) => [method, path, headers.accept]).sort()).toEqual([
      ["GET", "/dns-query?name=both&type=A", "application/dns-json"],
      ["GET", "/dns-query?name=both&type=AAAA", "application/dns-json"],
    ]);
  });

  it("may have parameters of its own", async () => {
    await dnsOverHttps(`${server.url}/own?key=1`, { fetch, userAgent: "Tests" })("both");
    expect(server.requestsAt("/own").map(({ path }) => path)).toContain("/own?key=1&name=both&type=A");
  });

  it.each<[string, readonly string[]]>([
    ["several", ["1.1.1.1", "10.0.0.1"]],
    ["chain", ["1.0.0.1"]],
    ["only-a-chain", []],
    ["other", []],
    ["nothing", []],
    ["unknown", []],
  ])("finds the addresses: %s", async (name, addresses) => expect(await resolve(name)).toEqual(addresses));

  it("does not pass over an address that it can't read", async () => {
    expect(await checkAddresses("unreadable", resolve)).toMatch(/private network/);
  });

  it.each<[string, RegExp]>([
    ["fails-for-one", /can't tell/],
    ["fails", /can't tell/],
    ["refuses", /can't tell/],
    ["no-status", /can't tell/],
    ["list", /can't tell/],
    ["null", /can't tell/],
    ["no-json", /JSON/],
    ["empty", /JSON/],
    ["not-found", /answers 404/],
    ["broken", /answers 500/],
    ["moved", /answers 302/],
    ["too-long", /too great a length/],
  ])("fails if it can't tell: %s", (name, why) => expect(resolve(name)).rejects.toThrow(why));

  it("fails if the server can't be reached", async () => {
    const closed = await startSubscribers();
    await closed.close();
    await expect(dnsOverHttps(closed.url, { fetch, userAgent: "Tests" })("both")).rejects.toThrow();
  });
});

describe("a host is refused by its addresses", () => {
  it.each<[string, readonly string[], RegExp]>([
    ["none", [], /^has a host that no resolver knows$/],
    ["a private one", ["10.0.0.1"], /^has a host that leads into a private network$/],
    ["a public one and a private one", ["93.184.215.14", "192.168.0.1"], /private network/],
    ["a private one and a public one", ["127.0.0.1", "93.184.215.14"], /private network/],
    ["a public one of IPv4 and a private one of IPv6", ["93.184.215.14", "fd00:ec2::254"], /private network/],
    ["loopback of IPv6", ["::1"], /private network/],
    ["mapped", ["::ffff:93.184.215.14"], /private network/],
    ["one with a zone", ["2606:4700::1111%eth0"], /private network/],
    ["Azure's, in octal", ["0250.077.0201.020"], /private network/],
    ["what is none", ["news.example.com."], /private network/],
  ])("%s", async (_, addresses, why) => expect(await checkAddresses("host", async () => addresses)).toMatch(why));

  it.each<[string, readonly string[]]>([
    ["IPv4", ["93.184.215.14"]],
    ["IPv6", ["2606:4700::1111"]],
    ["both", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "2A00:1450:4001:81B::200E"]],
  ])("and not if all are public: %s", async (_, addresses) =>
    expect(await checkAddresses("host", async () => addresses)).toBeUndefined(),
  );
});

describe("a resolver that looks up once", () => {
  it("asks for each host once, also while the first answer is awaited, and after a failure", async () => {
    const asked: string[] = [];
    const resolve = lookUpOnce(async (host) => {
      asked.push(host);
      if (host === "fails") throw new Error("SERVFAIL");
      return [host];
    });
    expect(await Promise.all([resolve("a"), resolve("a"), resolve("b")])).toEqual([["a"], ["a"], ["b"]]);
    for (let times = 0; times < 2; times++) await expect(resolve("fails")).rejects.toThrow("SERVFAIL");
    expect(asked).toEqual(["a", "b", "fails"]);
  });
});

it.each([
  [65_536, true],
  [65_537, false],
])("an answer of a resolver that has %i characters is read or not: %s", async (length, isRead) => {
  const answer = '{"Status":0,"Answer":[{"type":1,"data":"93.184.215.14"}]}';
  const fetch = async () => new Response(answer.padEnd(length));
  const lookup = dnsOverHttps("https://dns.example/dns-query", { fetch, userAgent: "Tests" })("news.example.com");
  if (isRead) expect(await lookup).toEqual(["93.184.215.14", "93.184.215.14"]);
  else await expect(lookup).rejects.toThrow("too great a length");
});
