import { Agent } from "node:http";
import { parseReads, READS_PATH, type Reads } from "../newsroom/count-rows.ts";
import { type RunningNewsroom, TOKEN } from "../newsroom/run-newsroom.ts";
import { storyText } from "../newsroom/story-text.ts";
import { sendRequest, type WireResponse } from "../serve/send-request.ts";

/** What was measured, by name, in the order of the table. */
export type Costs = ReadonlyMap<string, string>;

const KINDS: readonly ((name: string) => string)[] = [
  (name) => `/articles/${name}`,
  (name) => `/articles/${name}/rss.xml`,
  (name) => `/summaries/articles/${name}/feed.json`,
  (name) => `/tags/${name}/atom.xml`,
  (name) => `/authors/${name}/rss.xml`,
  (name) => `/sections/${name}/rss.xml`,
  (name) => `/tags/news/archive/9${name.slice(1).padStart(8, "0")}/rss.xml`,
  (name) => `/media/${name}.gif`,
  (name) => `/${name}`,
];

/** So many different paths that do not exist. */
const missingPaths = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => KINDS[index % KINDS.length]?.(`x${index}`) ?? "");

const BAD_TOKENS = 1000;

const EMBARGO_SECONDS = 900;

const MAIN_FEED = "/rss.xml";

const show = ({ queries, rows }: Reads): string =>
  `${queries.toLocaleString("en-US")} (${rows.toLocaleString("en-US")} rows)`;

const sumOfSeconds = (cacheControl = ""): number =>
  Array.from(cacheControl.matchAll(/=(\d+)/g), ([, seconds]) => Number(seconds)).reduce((sum, one) => sum + one, 0);

/** Measures a newsroom that has answered no request yet. */
export const measureMisses = async ({ port }: RunningNewsroom, paths: number): Promise<Costs> => {
  const agent = new Agent({ keepAlive: true });
  const costs = new Map<string, string>();

  const request = (path: string, token?: string, body?: string): Promise<WireResponse> =>
    sendRequest(
      port,
      path,
      token === undefined ? {} : { authorization: `Bearer ${token}`, "content-type": "text/markdown" },
      agent,
      body,
    );

  const expectStatus = async (status: number, ...rest: Parameters<typeof request>): Promise<WireResponse> => {
    const response = await request(...rest);
    if (response.status !== status) throw new Error(`${rest[0]} answered ${response.status}, not ${status}`);
    return response;
  };

  const readsOf = async (work: () => Promise<unknown>): Promise<Reads> => {
    await request(READS_PATH);
    await work();
    return parseReads((await request(READS_PATH)).body);
  };

  /** Of some tries, the one without the query for the revision, which is read every three seconds. */
  const leastReadsOf = async (path: string): Promise<Reads> => {
    const tries = [];
    for (let count = 0; count < 3; count++) tries.push(await readsOf(() => expectStatus(404, path)));
    return tries.reduce((least, one) => (one.queries < least.queries ? one : least));
  };

  const put = (slug: string, published: number, front = ""): Promise<WireResponse> =>
    expectStatus(201, `/api/items/${slug}`, TOKEN, storyText(slug, published).replace("tags: [News]\n", front));

  try {
    costs.set("the first path of an isolate", show(await readsOf(() => expectStatus(404, "/articles/nothing"))));
    const all = await readsOf(async () => {
      for (const path of missingPaths(paths)) await expectStatus(404, path);
    });
    costs.set(`${paths.toLocaleString("en-US")} more paths`, show(all));
    const tokens = await readsOf(async () => {
      for (let count = 0; count < BAD_TOKENS; count++)
        await expectStatus(401, "/api/log", `no-token-of-an-editor-at-all-${count}`);
    });
    costs.set(`${BAD_TOKENS.toLocaleString("en-US")} bad tokens`, show(tokens));

    const second = Math.floor(Date.now() / 1000) * 1000;
    const before = await expectStatus(200, MAIN_FEED);
    costs.set("a new story (PUT)", show(await readsOf(() => put("new", second - 60_000, "tags: [News]\n"))));
    await expectStatus(200, MAIN_FEED);
    await put("hidden", second + EMBARGO_SECONDS * 1000, "tags: [News, Secret]\n");
    await put("draft", second, "draft: true\ntags: [Secret]\n");
    const feed: WireResponse[] = [];
    const afterDraft = await readsOf(async () => void feed.push(await expectStatus(200, MAIN_FEED)));
    costs.set(`${MAIN_FEED} after a draft was saved`, show(afterDraft));
    costs.set(
      "Cache-Control, a quarter of an hour before an embargo lifts",
      `${sumOfSeconds(feed[0]?.headers.get("cache-control")).toLocaleString("en-US")} s in all`,
    );
    costs.set(
      "Cache-Control otherwise",
      `${sumOfSeconds(before.headers.get("cache-control")).toLocaleString("en-US")} s in all`,
    );
    for (const [kind, pathOf] of [
      ["a story", (name: string) => `/articles/${name}`],
      ["a tag", (name: string) => `/tags/${name === "hidden" ? "secret" : name}/rss.xml`],
    ] as const) {
      // Whatever is read once is read now.
      for (const name of ["hidden", "missing"]) await expectStatus(404, pathOf(name));
      const [hidden, missing] = [await leastReadsOf(pathOf("hidden")), await leastReadsOf(pathOf("missing"))];
      costs.set(`${kind}: hidden / missing`, `${show(hidden)} / ${show(missing)}`);
    }
    return costs;
  } finally {
    agent.destroy();
  }
};
