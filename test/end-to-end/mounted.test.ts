import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Installation, installPacked, succeed } from "./packed.ts";
import { type Subscribers, startSubscribers } from "./subscribers.ts";
import { ask, eventually, freePort, type Serving, serve } from "./workplace.ts";

// A worker of somebody else, with Feedwright from its tarball, mounts a Feed of the package `feed` at /news. wrangler runs it on workerd;
// the Feed's source is a server of this test.

/** The example of docs/mounting.md. */
const EXAMPLE = /^```ts\n(.*?)^```$/ms.exec(readFileSync("docs/mounting.md", "utf8"))?.[1] ?? "";

/** The same with another source, which it asks each second, and with the hub as that page describes it. */
const workerText = (sourceUrl: string): string =>
  [
    ["https://cms.company.example/stories.json", sourceUrl],
    ["refreshSeconds: 300", "refreshSeconds: 1"],
    ['language: "en" }', 'language: "en", hub: "https://company.example/news/hub" }'],
    ["export const { Scheduler }", "export const { Scheduler, Hub, TopicShard }"],
    [/\n};\n$/, "\n  queue: news.queue,\n};\n"],
  ].reduce((text, [from = "", to = ""]) => {
    const changed = text.replace(from, String(to));
    if (changed === text) throw new Error(`docs/mounting.md has no ${from}`);
    return changed;
  }, EXAMPLE);

const settings = (port: number): string => `name = "company"
main = "worker.ts"
compatibility_date = "2026-10-01"
compatibility_flags = ["queue_consumer_no_wait_for_wait_until"]

[vars]
SITE_URL = "http://localhost:${port}/news"

[durable_objects]
bindings = [
  { name = "SCHEDULER", class_name = "Scheduler" },
  { name = "HUB", class_name = "Hub" },
  { name = "TOPICS", class_name = "TopicShard" },
]

[[migrations]]
tag = "v1"
new_sqlite_classes = ["Scheduler", "Hub", "TopicShard"]

[[queues.producers]]
queue = "company-deliveries"
binding = "DELIVERIES"

[[queues.consumers]]
queue = "company-deliveries"
max_batch_size = 1
max_retries = 0
`;

/** What a reader gets at a step. */
interface Row {
  readonly step: string;
  readonly stories: string;
  readonly status: number;
  readonly etag: string;
  readonly lastModified: string;
  /** Status with If-None-Match of the current entity tag. */
  readonly again: number;
  /** Status with that of the first edition, and A-IM: feed; and how many entries there are. */
  readonly delta: string;
}

let installation: Installation;
let serving: Serving;
let source: Server;
let subscribers: Subscribers;
let port: number;
/** What the source has; undefined: it fails. */
let names: readonly string[] | undefined;
const rows: Row[] = [];

const MODULES = resolve(import.meta.dirname, "../../node_modules");

const start = (): Promise<Serving> =>
  serve(
    installation,
    `${join(MODULES, ".bin/wrangler")} dev --port ${port} --show-interactive-dev-session=false`,
    port,
    /Ready on http/,
  );

const itemOf = (name: string) => ({
  title: `Title of ${name}`,
  link: `https://company.example/news/articles/${name}`,
  date: `2026-03-0${1 + "abcdefg".indexOf(name)}T00:00:00Z`,
  content: `<p>Text of ${name}.<script>alert(1)</script></p>`,
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(serving.url + path, { headers: { connection: "close", ...headers } });

const storiesNow = async (): Promise<string | undefined> => {
  const response = await get("/news/feed.json");
  if (response.status !== 200) return undefined;
  const { items }: { items: readonly { id: string }[] } = await response.json();
  return items.map(({ id }) => id.replace(/^.*\//, "")).join("");
};

const untilStories = (expected: string): Promise<true> =>
  eventually(async () => ((await storiesNow()) === expected ? true : undefined));

/** What a reader gets now. */
const record = async (step: string): Promise<Row> => {
  const response = await get("/news/rss.xml");
  const etag = response.headers.get("etag") ?? "";
  const again = await get("/news/rss.xml", { "if-none-match": etag });
  const delta = await get("/news/rss.xml", { "if-none-match": rows[0]?.etag ?? etag, "a-im": "feed" });
  const row: Row = {
    ...{ step, etag, status: response.status, again: again.status },
    stories: (await storiesNow()) ?? "",
    lastModified: response.headers.get("last-modified") ?? "",
    delta: `${delta.status}, ${(await delta.text()).match(/<item>/g)?.length ?? 0} entries`,
  };
  rows.push(row);
  return row;
};

beforeAll(async () => {
  installation = installPacked("feed@6.0.0");
  port = await freePort();
  subscribers = await startSubscribers();
  source = createServer((_, response) => {
    if (names === undefined) response.writeHead(500).end();
    else response.end(JSON.stringify(names.toReversed().map(itemOf)));
  });
  await new Promise<void>((done) => source.listen(0, "127.0.0.1", done));
  const address = source.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  writeFileSync(join(installation.folder, "worker.ts"), workerText(`http://127.0.0.1:${address.port}/`));
  writeFileSync(join(installation.folder, "wrangler.toml"), settings(port));
  serving = await start();
});

afterAll(async () => {
  await serving?.stop();
  await subscribers?.close();
  source?.close();
  installation?.remove();
  if (process.env.PRINT_TABLE !== undefined) console.table(rows);
});

describe("a Feed that a worker of somebody else mounts", () => {
  it("is written as docs/mounting.md shows, in strict TypeScript", () => {
    const compilerOptions = {
      ...{
        module: "esnext",
        moduleResolution: "bundler",
        target: "es2024",
        lib: ["es2024"],
        strict: true,
        noEmit: true,
      },
      ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, types: ["workers-types"] },
      typeRoots: [resolve(MODULES, "@cloudflare")],
    };
    writeFileSync(
      join(installation.folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions, include: ["worker.ts"] }),
    );
    expect(succeed(installation.folder, join(MODULES, ".bin/tsc"))).toBe("");
  });

  it("is 503 below its path while its source has never given a Feed", async () => {
    const refused = await get("/news/rss.xml");
    expect([refused.status, refused.headers.has("retry-after")]).toEqual([503, true]);
    await eventually(async () => (serving.output().includes("there is nothing to serve yet") ? true : undefined));
    expect((await get("/about")).status).toBe(200);
  });

  it("is served below its path, and the rest is the worker's own", async () => {
    names = ["a", "b", "c"];
    await untilStories("cba");
    expect(await (await get("/about")).text()).toBe("The company's own page");
    expect((await get("/news/articles/a")).status).toBe(200);
    expect(await (await get("/news/atom.xml")).text()).toContain("<![CDATA[<p>Text of a.</p>]]>");
    expect(await record("first")).toMatchObject({ status: 200, again: 304, delta: "304, 0 entries" });
    expect(serving.output()).toContain("no compatibility flag global_fetch_strictly_public");
  });

  it("delivers a story that it gains to subscribers, and as a delta", async () => {
    const form = new URLSearchParams({
      "hub.mode": "subscribe",
      "hub.topic": `${serving.url}/news/rss.xml`,
      "hub.callback": `${subscribers.url}/reader`,
    });
    expect((await ask(`${serving.url}/news/hub`, { method: "POST", body: form })).status).toBe(202);
    await eventually(async () => subscribers.requestsAt("/reader").find(({ method }) => method === "GET"));
    names = ["a", "b", "c", "d"];
    await untilStories("dcba");
    const delivery = await eventually(async () =>
      subscribers.requestsAt("/reader").find(({ body }) => body.toString().includes("Title of d")),
    );
    expect(delivery.headers.link).toContain(`<${serving.url}/news/rss.xml>; rel="self"`);
    expect(await record("gains a story")).toMatchObject({ status: 200, again: 304, delta: "226, 1 entries" });
  });

  it("no longer has its newest story when that is lost", async () => {
    names = ["a", "b", "c"];
    await untilStories("cba");
    expect((await get("/news/articles/d")).status).toBe(404);
    expect(await record("loses its newest")).toMatchObject({ status: 200, again: 304, etag: rows[0]?.etag });
  });

  it("is served as it was while its source fails", async () => {
    names = undefined;
    await eventually(async () => (serving.output().includes("readers get the last good edition") ? true : undefined));
    const { step: _, ...before } = rows.at(-1) ?? { step: "" };
    expect(await record("its source fails")).toMatchObject(before);
  });

  it("is served as it was when workerd was killed and starts again, before its source is back", async () => {
    await serving.kill();
    serving = await start();
    const { step: _, ...before } = rows.at(-1) ?? { step: "" };
    expect(await record("after workerd was killed")).toMatchObject(before);
  });

  it("goes on when its source is back", async () => {
    names = ["a", "b", "c", "e"];
    await untilStories("ecba");
    expect(await record("its source is back")).toMatchObject({ status: 200, again: 304, delta: "226, 1 entries" });
  });

  it("had a Last-Modified that never moved back, and moved whenever readers got anything else", () => {
    const times = rows.map(({ lastModified }) => Date.parse(lastModified));
    const [first = 0, gained = 0, lost = 0, failing, killed, back] = times;
    expect(gained).toBeGreaterThan(first);
    expect(lost).toBeGreaterThan(gained);
    expect([failing, killed]).toEqual([lost, lost]);
    expect(back).toBeGreaterThan(lost);
  });
});
