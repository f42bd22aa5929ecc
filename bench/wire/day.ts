import { type Publication, writePublication } from "../../src/model/publication.ts";
import { createRouter } from "../../src/routes/router.ts";
import { createSite } from "../../src/routes/site.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { HOUR, NEWEST_STORY } from "../input/story.ts";
import type { ClientKind } from "./client-kinds.ts";
import { messageBytes } from "./message-bytes.ts";

/** Number of hours, and of the stories that appear: one an hour, as the generated stories are dated. */
export const HOURS = 24;

/** The minute of each hour at which its story appears. */
const STORY_MINUTE = 17;

const MINUTE = HOUR / 60;
const MINUTES = HOURS * 60;

/** The day ends with the hour of the newest generated story. */
const DAY_START = NEWEST_STORY - (HOURS - 1) * HOUR - STORY_MINUTE * MINUTE;

const FEED = "https://courier.example.org/rss.xml";

/** What the worker sends in a day. */
export interface Traffic {
  readonly bytes: number;
  /** Number of responses by status. */
  readonly responses: ReadonlyMap<number, number>;
}

/** When the subscribers poll. */
export interface Polling {
  /** Minutes between two polls of one subscriber. */
  readonly interval: number;
  /** For each subscriber, the minute of its first poll. */
  readonly firstMinutes: readonly number[];
}

/**
 * Opens a site with an empty cache in this process; returns a function that polls its feed in a given minute of the
 * day.
 */
const openSite = (publication: Publication) => {
  let time = DAY_START;
  const site = createSite({
    store: openBundled(writePublication(publication), "", { id: "bench", at: DAY_START - HOUR }),
    assets: { fetch: async () => new Response(null, { status: 404 }) },
    now: () => time,
    waitUntil: () => {},
  });
  const router = createRouter({ site });
  return (minute: number, headers: Readonly<Record<string, string>>): Promise<Response> => {
    time = DAY_START + minute * MINUTE;
    return router.fetch(new Request(FEED, { headers }));
  };
};

/**
 * Simulates a day on which subscribers of one kind poll while a story appears every hour. Each begins with nothing, so
 * that its first response is a whole feed.
 */
export const simulateDay = async (
  publication: Publication,
  { fields, isConditional }: ClientKind,
  { interval, firstMinutes }: Polling,
): Promise<Traffic> => {
  const request = openSite(publication);
  const tags = new Map<number, string>();
  const responses = new Map<number, number>();
  let bytes = 0;
  const poll = async (subscriber: number, minute: number): Promise<void> => {
    const tag = isConditional ? tags.get(subscriber) : undefined;
    const response = await request(minute, {
      accept: "*/*",
      ...fields,
      ...(tag !== undefined && { "if-none-match": tag }),
    });
    tags.set(subscriber, response.headers.get("etag") ?? "");
    responses.set(response.status, (responses.get(response.status) ?? 0) + 1);
    bytes += await messageBytes(response);
  };
  for (let minute = 0; minute < MINUTES; minute++) {
    for (const [subscriber, first] of firstMinutes.entries()) {
      if (minute % interval === first) await poll(subscriber, minute);
    }
  }
  return { bytes, responses };
};
