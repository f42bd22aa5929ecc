import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { isRecord } from "../../lib/is-record.ts";
import { CommandError } from "../command-error.ts";
import { refusalLines } from "./refusal-lines.ts";

/** How a story stands in the newsroom. Readers see only what is published. */
export type StoryState = "draft" | "scheduled" | "published" | "withdrawn" | "expired";

/** What the newsroom says of a story. */
export interface RemoteStory {
  readonly slug: string;
  readonly id: string;
  readonly path: string;
  readonly digest: string;
  readonly etag: string;
  readonly state: StoryState;
}

/** What it says of a media file. */
export interface RemoteMedia {
  readonly path: string;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
}

/** What the hub says of a feed that has subscribers. */
export interface RemoteTopic {
  readonly topic: string;
  readonly subscribers: number;
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

/** Talks to a newsroom. Refusals are answers; only what can't be asked at all is thrown, as a Complaint. */
export interface NewsroomClient {
  ask(method: string, path: string, body?: Uint8Array, headers?: Readonly<Record<string, string>>): Promise<Response>;
  stories(): Promise<readonly RemoteStory[]>;
  media(): Promise<readonly RemoteMedia[]>;
  topics(): Promise<readonly RemoteTopic[]>;
}

const MAX_TRIES = 5;

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** `fetch failed` says nothing; what lies behind it does. */
const causeOf = (error: unknown): string =>
  error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);

const isRetried = (status: number): boolean => status === 503 || status === 429 || status === 502;

/** An answer's JSON; what else it says where it is none. */
export const readJson = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return { status: response.status, detail: text.slice(0, 200) };
  }
};

/** Opens a newsroom at an address, with the token that PUBLISH_TOKEN holds: arguments can be read by everyone. */
export const openNewsroom = (address: string | undefined, token = process.env.PUBLISH_TOKEN ?? ""): NewsroomClient => {
  if (address === undefined) throw new CommandError("Say which site: --to https://example.org (export: --from).");
  if (!/^https?:\/\/./.test(address) || !URL.canParse(address)) {
    throw new CommandError(
      `\`${address}\` is no address of a site. Write it out: https://example.org, http://localhost:8787.`,
    );
  }
  if (token === "") throw new CommandError("Set PUBLISH_TOKEN to your token: PUBLISH_TOKEN=… npm run …");
  const { origin, protocol, hostname } = new URL(address);
  if (protocol !== "https:" && !LOOPBACK.includes(hostname)) {
    throw new CommandError(`Send your token by https only, not to ${address}.`);
  }

  const ask: NewsroomClient["ask"] = async (method, path, body, headers = {}) => {
    const given = {
      authorization: `Bearer ${token}`,
      // The same for every try: whatever happened to the answer, the work is done once.
      ...(method === "GET" ? {} : { "idempotency-key": randomUUID() }),
      ...headers,
    };
    for (let tries = 1; ; tries++) {
      try {
        const response = await fetch(origin + path, {
          method,
          headers: given,
          ...(body && { body }),
          redirect: "manual",
        });
        if (!isRetried(response.status) || tries >= MAX_TRIES) return response;
        await response.body?.cancel();
      } catch (error) {
        if (tries >= MAX_TRIES) throw new CommandError(`${origin} does not answer: ${causeOf(error)}. Is it running?`);
      }
      await pause(250 * 2 ** tries);
    }
  };

  const list = async <Entry>(path: string, name: string): Promise<readonly Entry[]> => {
    const entries: Entry[] = [];
    for (let next: string | null = path; next !== null; ) {
      const response = await ask("GET", next);
      const page = await readJson(response);
      if (!response.ok || !isRecord(page)) throw new CommandError(refusalLines(page, `${origin}${path}`).join("\n"));
      // What our own API says is taken at its word.
      const more: readonly Entry[] = Array.isArray(page[name]) ? page[name] : [];
      entries.push(...more);
      next = typeof page.next === "string" ? page.next : null;
    }
    return entries;
  };

  return {
    ask,
    stories: () => list<RemoteStory>("/api/items", "items"),
    media: () => list<RemoteMedia>("/api/media", "media"),
    topics: () => list<RemoteTopic>("/api/subscriptions", "topics"),
  };
};
