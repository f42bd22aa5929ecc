import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { findTokenFault } from "../../lib/bearer-token.ts";
import { isRecord } from "../../lib/is-record.ts";
import { siteAddress } from "../../model/address.ts";
import { CommandError } from "../command.ts";
import { refusalLines } from "./refusal-lines.ts";

/** The state of a story in the newsroom. Readers see only what is published. */
export type StoryState = "draft" | "scheduled" | "published" | "withdrawn" | "expired";

/** A story as the newsroom lists it. */
export interface RemoteStory {
  readonly slug: string;
  readonly id: string;
  /** Of its file, below content/. */
  readonly path: string;
  /** SHA-256 of its source, in hex. */
  readonly digest: string;
  readonly etag: string;
  readonly state: StoryState;
  /** ISO 8601; absent of a draft that has no date. */
  readonly published?: string;
}

/** A story whose source the rules of the newsroom refuse; readers get it as it was compiled before. */
export interface RefusedStory extends RemoteStory {
  /** Why: messages with file, line and column. */
  readonly errors: readonly unknown[];
}

/** A media file as the newsroom lists it. */
export interface RemoteMedia {
  /** Below content/. */
  readonly path: string;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
}

/** A feed that has subscribers, as the hub lists it. Times are ISO 8601. */
export interface RemoteTopic {
  /** Its address. */
  readonly topic: string;
  readonly subscribers: number;
  /** How many deliveries are still to be made. */
  readonly pending: number;
  readonly lastDelivery?: string;
  readonly failures: readonly {
    readonly callback: string;
    readonly attempts: number;
    readonly since: string;
    readonly next: string;
    readonly reason: string;
  }[];
}

/** An editor as the newsroom lists them. */
export interface RemoteEditor {
  readonly name: string;
  readonly role: string;
  /** ISO 8601. */
  readonly since: string;
}

/** The API of a newsroom. Its methods throw CommandError if the newsroom does not answer. */
export interface NewsroomClient {
  /**
   * Sends a request to a path of the API, and again if the newsroom is busy or the network fails, in the middle of the
   * response too. A refusal is a response, not an error. A redirect is an error: the token is for one site.
   */
  request(
    method: string,
    path: string,
    body?: Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  /** Lists all stories. Throws CommandError if the newsroom refuses, as the other lists do. */
  listStories(): Promise<readonly RemoteStory[]>;
  /** The stories whose source the newsroom refused when it compiled them again. */
  listRefused(): Promise<readonly RefusedStory[]>;
  listMedia(): Promise<readonly RemoteMedia[]>;
  /** The feeds that have subscribers. */
  listTopics(): Promise<readonly RemoteTopic[]>;
  listEditors(): Promise<readonly RemoteEditor[]>;
  /** The contracts with partners, each with its name. */
  listPartners(): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

const MAX_TRIES = 5;
/** Doubles with each try. */
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 60_000;

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** The message of what made a fetch fail: its own says only `fetch failed`. */
const causeOf = (error: unknown): string =>
  error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);

const isRetried = (status: number): boolean => status === 503 || status === 429 || status === 502;

/** Milliseconds to wait after so many tries (1 or more): as long as the newsroom says (Retry-After), a minute at most. */
const delayMs = (tries: number, retryAfter: string | null): number =>
  Math.min(MAX_DELAY_MS, Math.max(FIRST_DELAY_MS * 2 ** (tries - 1), 1000 * (Number(retryAfter ?? 0) || 0)));

/** The same response with its body read to the end. Rejects if the connection breaks before. */
const readWhole = async (response: Response): Promise<Response> => {
  const body = await response.arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, response);
};

/** Parses the JSON of a response. If it is no JSON: an object with its `status`, and the beginning of its text as `detail`. */
export const readJson = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return { status: response.status, detail: text.slice(0, 200) };
  }
};

/**
 * A client for the newsroom at an address. The token comes from the environment variable PUBLISH_TOKEN, as everybody on a
 * machine can read arguments. Throws CommandError if the address or the token is missing or not usable. `wait` resolves
 * after so many milliseconds.
 */
export const createNewsroomClient = (
  address: string | undefined,
  token = process.env.PUBLISH_TOKEN ?? "",
  wait: (milliseconds: number) => Promise<unknown> = delay,
): NewsroomClient => {
  if (address === undefined) throw new CommandError("Say which site: --to https://example.org (export: --from).");
  if (!/^https?:\/\/./.test(address) || !URL.canParse(address)) {
    throw new CommandError(
      `\`${address}\` is no address of a site. Write it out: https://example.org, http://localhost:8787.`,
    );
  }
  if (token === "") throw new CommandError("Set PUBLISH_TOKEN to your token: PUBLISH_TOKEN=… npm run …");
  const fault = findTokenFault(token);
  if (fault !== undefined) throw new CommandError(`PUBLISH_TOKEN ${fault}: no newsroom accepts it.`);
  const url = new URL(address);
  const { origin, protocol, hostname } = url;
  const site = siteAddress(url);
  if (protocol !== "https:" && !LOOPBACK.includes(hostname)) {
    throw new CommandError(`Send your token by https only, not to ${address}.`);
  }

  const refuseRedirect = ({ status, headers }: Response): void => {
    const location = headers.get("location");
    if (status < 300 || status >= 400 || location === null) return;
    const target = URL.canParse(location, origin) ? new URL(location, origin).origin : location;
    throw new CommandError(`${origin} redirects to ${target}. If that is your site, name it: --to (export: --from).`);
  };

  const request: NewsroomClient["request"] = async (method, path, body, headers = {}) => {
    const allHeaders = {
      authorization: `Bearer ${token}`,
      // The same for every try: also if only the response got lost, the newsroom does the work once.
      ...(method === "GET" ? {} : { "idempotency-key": randomUUID() }),
      ...headers,
    };
    for (let tries = 1; ; tries++) {
      let retryAfter: string | null = null;
      try {
        const answer = await fetch(site + path, {
          method,
          headers: allHeaders,
          ...(body && { body }),
          redirect: "manual",
        });
        const response = await readWhole(answer);
        if (!isRetried(response.status) || tries >= MAX_TRIES) {
          refuseRedirect(response);
          return response;
        }
        retryAfter = response.headers.get("retry-after");
      } catch (error) {
        if (error instanceof CommandError) throw error;
        if (tries >= MAX_TRIES) throw new CommandError(`${origin} does not answer: ${causeOf(error)}. Is it running?`);
      }
      await wait(delayMs(tries, retryAfter));
    }
  };

  /** The path on the site that `next` of an answer leads to, from the path of the request on: the token is for that site only. */
  const pathOfNext = (next: string, path: string): string => {
    const target = URL.canParse(next, site + path) ? new URL(next, site + path).href : next;
    if (target.startsWith(`${site}/`)) return target.slice(site.length);
    throw new CommandError(
      `The list of ${site} goes on at ${target}. If that is your site, name its whole address: --to (export: --from).`,
    );
  };

  const list = async <Entry>(path: string, name: string): Promise<readonly Entry[]> => {
    const entries: Entry[] = [];
    for (let at: string | null = path; at !== null; ) {
      const response = await request("GET", at);
      const page = await readJson(response);
      if (!response.ok || !isRecord(page)) throw new CommandError(refusalLines(page, `${origin}${path}`).join("\n"));
      // The entries are not checked: they come from our own API.
      const more: readonly Entry[] = Array.isArray(page[name]) ? page[name] : [];
      entries.push(...more);
      at = typeof page.next === "string" ? pathOfNext(page.next, at) : null;
    }
    return entries;
  };

  return {
    request,
    listStories: () => list<RemoteStory>("/api/items", "items"),
    // A newsroom of before does not know `refused` and lists all stories.
    listRefused: async () =>
      (await list<RefusedStory>("/api/items?refused", "items")).filter(({ errors }) => Array.isArray(errors)),
    listMedia: () => list<RemoteMedia>("/api/media", "media"),
    listTopics: () => list<RemoteTopic>("/api/subscriptions", "topics"),
    listEditors: () => list<RemoteEditor>("/api/editors", "editors"),
    listPartners: () => list<Readonly<Record<string, unknown>>>("/api/partners", "partners"),
  };
};
