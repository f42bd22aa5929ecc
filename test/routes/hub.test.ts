import { waitUntil } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { HubRequest } from "../../src/push/protocol/protocol.ts";
import type { Admission, Hub } from "../../src/push/rpc.ts";
import { createRouter } from "../../src/routes/router.ts";
import { createSite, type Site } from "../../src/routes/site.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, ORIGIN } from "../fixtures/publication.ts";
import { NOW, sampleFiles } from "./support/sample-site.ts";
import { assetsOf, headersOf } from "./support/serve.ts";

// What the routes for subscribers answer, by what the rate limit, the check of the callback and the hub say.

const CALLBACK = "https://reader.example.net/?a=b";
const TOPIC = `${ORIGIN}/rss.xml`;
const MAX_FORM_BYTES = 16_384;

/** What the parts that the routes call have been given, and what they say. */
interface Backend {
  admitted: { readonly etag: string; readonly request: HubRequest }[];
  pings: number;
  /** Requests that the rate limit still lets pass. */
  left: number;
  admission: () => Promise<Admission>;
  check: () => Promise<string | undefined>;
  addressOf: () => Promise<string | undefined>;
}

let site: Site;
let backend: Backend;

beforeAll(async () => {
  const store = openBundled(await compileText(sampleFiles), "", { id: "one", at: NOW });
  site = createSite({ store, assets: assetsOf({}), now: () => NOW, waitUntil });
});

beforeEach(() => {
  backend = {
    admitted: [],
    pings: 0,
    left: 1000,
    admission: async () => "accepted",
    check: async () => undefined,
    addressOf: async () => "192.0.2.1",
  };
  vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
});

const hub: Hub = {
  async admit(etag, request) {
    const admission = await backend.admission();
    backend.admitted.push({ etag, request });
    return admission;
  },
  async ping() {
    await backend.admission();
    backend.pings += 1;
  },
  changed: async () => {},
  updateCounts: async () => {},
  status: async () => [],
  drop: async () => 0,
  replay: async () => undefined,
};

const post = (path: string, body: BodyInit, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  createRouter({
    site,
    push: {
      hub: () => hub,
      outbound: () => ({ check: () => backend.check(), addressOf: () => backend.addressOf() }),
      isWithinLimit: async () => backend.left-- > 0,
    },
  }).fetch(new Request(ORIGIN + path, { method: "POST", body, headers }));

const formOf = (more: Readonly<Record<string, string>> = {}): URLSearchParams =>
  new URLSearchParams({ "hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": CALLBACK, ...more });

const failing = () => Promise.reject(new Error("the secret reason"));

const RETRY = { "retry-after": "60" };
const FORM = "application/x-www-form-urlencoded";

/** A form of this many bytes. */
const longForm = (length: number): string => {
  const form = `${formOf()}&x=`;
  return form + "x".repeat(length - form.length);
};

interface Row {
  readonly name: string;
  readonly form?: BodyInit;
  readonly type?: string;
  readonly backendParts?: Partial<Backend>;
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const rows: readonly Row[] = [
  { name: "a form", status: 202, text: "" },
  {
    name: "a form of a type with parameters, in capitals",
    type: `${FORM.toUpperCase()}; charset=UTF-8`,
    status: 202,
    text: "",
  },
  { name: "a form as long as may be", form: longForm(MAX_FORM_BYTES), type: FORM, status: 202, text: "" },
  {
    name: "a form that is a byte longer",
    form: longForm(MAX_FORM_BYTES + 1),
    type: FORM,
    status: 413,
    text: "The form is too long.\n",
  },
  {
    name: "what is no form",
    type: "text/plain",
    status: 415,
    text: `Send a form: ${FORM}.\n`,
    headers: { "accept-post": FORM },
  },
  {
    name: "one request too many",
    backendParts: { left: 0 },
    status: 429,
    text: "Too many requests. Wait a minute.\n",
    headers: RETRY,
  },
  {
    name: "a topic of another site",
    form: formOf({ "hub.topic": "https://elsewhere.example/rss.xml" }),
    status: 400,
    text: "The topic must be the address of a feed of this site, as its link rel=self says.\n",
  },
  {
    name: "a feed that does not exist",
    form: formOf({ "hub.topic": `${ORIGIN}/tags/none/rss.xml` }),
    status: 404,
    text: "There is no such feed.\n",
  },
  {
    name: "a callback that is refused",
    backendParts: { check: async () => "must not have a fragment" },
    status: 400,
    text: "The callback must not have a fragment.\n",
  },
  {
    name: "a callback that can't be checked",
    backendParts: { check: failing },
    status: 503,
    text: "Your callback can't be checked just now. Try again later.\n",
    headers: RETRY,
  },
  {
    name: "a request to a hub that is busy",
    backendParts: { admission: async () => "busy" },
    status: 503,
    text: "Too many callbacks wait to be verified. Try again later.\n",
    headers: RETRY,
  },
  {
    name: "a request to a hub that fails",
    backendParts: { admission: failing },
    status: 503,
    text: "The hub does not answer. Send it again later.\n",
    headers: RETRY,
  },
  {
    name: "a ping to a hub that fails",
    form: new URLSearchParams({ "hub.mode": "publish", "hub.url": TOPIC }),
    backendParts: { admission: failing },
    status: 503,
    text: "The hub does not answer. Send it again later.\n",
    headers: RETRY,
  },
  {
    name: "a ping for no feed of ours",
    form: new URLSearchParams({ "hub.mode": "publish", "hub.url": "https://elsewhere.example/rss.xml" }),
    status: 400,
    text: "hub.url must be the address of a feed of this site.\n",
  },
];

describe("the hub", () => {
  it.each(rows)("answers $status to $name, with these header fields and no others", async (row) => {
    const { form = formOf(), type, backendParts = {}, status, text, headers = {} } = row;
    Object.assign(backend, backendParts);
    const response = await post("/hub", form, type === undefined ? {} : { "content-type": type });
    expect([response.status, await response.text()]).toEqual([status, text]);
    expect(headersOf(response)).toEqual({
      "cache-control": "no-store",
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
      ...headers,
    });
    expect([backend.admitted.length, backend.pings]).toEqual([
      status === 202 || (backendParts.admission !== undefined && !text.startsWith("The hub")) ? 1 : 0,
      0,
    ]);
  });

  it("is given the request with the entity tag of the feed and the address of the callback", async () => {
    await post("/hub", formOf({ "hub.lease_seconds": "5", "hub.secret": "s", "hub.verify_token": "t" }));
    const feed = await createRouter({ site }).fetch(new Request(TOPIC));
    const request = {
      ...{ protocol: "websub", mode: "subscribe", topic: TOPIC, callback: CALLBACK, address: "192.0.2.1" },
      ...{ leaseSeconds: 5, secret: "s", verifyToken: "t" },
    };
    expect(backend.admitted).toEqual([{ etag: feed.headers.get("etag"), request }]);
  });

  it.each([
    ["is not looked up", async () => undefined],
    ["can't be looked up", failing],
  ])("is given no address of a callback that %s", async (_, addressOf) => {
    backend.addressOf = addressOf;
    expect((await post("/hub", formOf())).status).toBe(202);
    expect(backend.admitted.map(({ request }) => "address" in request)).toEqual([false]);
  });

  it("is given no entity tag by whoever unsubscribes, even from a feed that is gone", async () => {
    const mode = { "hub.mode": "unsubscribe" };
    await post("/hub", formOf({ ...mode, "hub.topic": `${ORIGIN}/tags/none/rss.xml` }));
    await post("/hub", formOf(mode));
    expect(backend.admitted.map(({ etag, request }) => [etag, request.mode])).toEqual([
      ["", "unsubscribe"],
      ["", "unsubscribe"],
    ]);
  });

  it.each<[string, readonly (readonly [string, string])[]]>([
    ["hub.url", [["hub.url", TOPIC]]],
    ["hub.topic", [["hub.topic", TOPIC]]],
    [
      "the second hub.url",
      [
        ["hub.url", "https://elsewhere.example/"],
        ["hub.url", TOPIC],
      ],
    ],
  ])("is pinged once by a form that names a feed as %s", async (_, pairs) => {
    const response = await post(
      "/hub",
      new URLSearchParams([["hub.mode", "publish"], ...pairs.map(([name, value]) => [name, value])]),
    );
    expect([response.status, backend.pings, backend.admitted.length]).toEqual([202, 1, 0]);
  });
});

describe("rssCloud", () => {
  const ACCEPTED =
    "You will be asked whether you meant it, and then told of changes for 25 hours at most. Ask again before they end.";
  const pleaseNotify = (urls: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Response> =>
    post(
      "/rsscloud/pleaseNotify",
      new URLSearchParams({
        ...{ protocol: "https-post", domain: "reader.example.net", port: "", path: "/told", ...more },
        ...Object.fromEntries(urls.map((url, index) => [`url${index + 1}`, url])),
      }),
    );
  const resultOf = (success: boolean, text: string): string =>
    `<?xml version="1.0" encoding="utf-8"?>\n<notifyResult success="${success}" msg="${text}"/>\n`;

  const second = `${ORIGIN}/atom.xml`;
  const NO_FEED = "There is no such feed.";

  it.each<[string, readonly string[], Partial<Backend>, number, string, Readonly<Record<string, string>>]>([
    ["a feed", [TOPIC], {}, 200, ACCEPTED, {}],
    ["two feeds within the limit", [TOPIC, second], { left: 2 }, 200, ACCEPTED, {}],
    ["a feed that is missing", [`${ORIGIN}/tags/none/rss.xml`], {}, 404, `Feed 1: ${NO_FEED}`, {}],
    [
      "a second one that is missing",
      [TOPIC, `${ORIGIN}/tags/none/rss.xml`],
      {},
      404,
      `Feed 2: ${NO_FEED} Those before it were taken.`,
      {},
    ],
    [
      "a second one above the limit",
      [TOPIC, second],
      { left: 1 },
      429,
      "Feed 2: Too many requests. Wait a minute. Those before it were taken.",
      RETRY,
    ],
    ["all above the limit", [TOPIC], { left: 0 }, 429, "Too many requests. Wait a minute.", RETRY],
    ["no feed", [], {}, 400, "url1 is missing: the address of a feed of this site.", {}],
    [
      "a callback whose refusal has to be escaped",
      [TOPIC],
      { check: async () => 'is "<&>"' },
      400,
      "Feed 1: The callback is &#x22;&#x3C;&#x26;&#x3E;&#x22;.",
      {},
    ],
  ])("answers to %s", async (_, urls, backendParts, status, text, headers) => {
    Object.assign(backend, backendParts);
    const response = await pleaseNotify(urls);
    expect([response.status, await response.text()]).toEqual([status, resultOf(status === 200, text)]);
    expect(headersOf(response)).toEqual({
      "cache-control": "no-store",
      "content-type": "text/xml; charset=utf-8",
      "x-content-type-options": "nosniff",
      ...headers,
    });
  });

  it("gives each feed to the hub, for 25 hours", async () => {
    await pleaseNotify([TOPIC, second]);
    const request = {
      ...{ protocol: "rsscloud", mode: "subscribe", callback: "https://reader.example.net/told" },
      ...{ leaseSeconds: 90_000, address: "192.0.2.1" },
    };
    expect(backend.admitted.map((one) => one.request)).toEqual([
      { ...request, topic: TOPIC },
      { ...request, topic: second },
    ]);
  });
});

describe("where there is no hub", () => {
  it.each(["/hub", "/rsscloud/pleaseNotify"])("%s does not exist", async (path) => {
    const response = await createRouter({ site }).fetch(new Request(ORIGIN + path, { method: "POST", body: formOf() }));
    expect(response.status).toBe(404);
  });
});

describe("the paths for subscribers", () => {
  it.each(["/hub", "/rsscloud/pleaseNotify"])("%s takes POST only, from scripts of any site", async (path) => {
    const router = createRouter({ site });
    const get = await router.fetch(new Request(ORIGIN + path));
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    const options = await router.fetch(new Request(ORIGIN + path, { method: "OPTIONS" }));
    expect([options.status, options.headers.get("access-control-allow-methods")]).toEqual([204, "POST, OPTIONS"]);
  });
});
