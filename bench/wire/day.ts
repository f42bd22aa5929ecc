import type { Publication } from "../../src/model/publication.ts";
import { writePublication } from "../../src/model/publication.ts";
import { createRouter } from "../../src/routes/router.ts";
import { createSite } from "../../src/routes/site.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { HOUR, NEWEST_STORY } from "../input/story.ts";
import type { ClientKind } from "./client-kinds.ts";
import { messageBytes } from "./message-bytes.ts";

/** Hours, and stories that appear: one an hour, as the generated stories are dated. */
export const HOURS = 24;

/** Minute of each hour at which its story appears. */
const STORY_MINUTE = 17;

const MINUTE = HOUR / 60;
const MINUTES = HOURS * 60;

/** The last story of the day is the newest that is generated. */
const DAY_START = NEWEST_STORY - (HOURS - 1) * HOUR - STORY_MINUTE * MINUTE;

const FEED = "https://courier.example.org/rss.xml";

/** What the worker sent in a day. */
export interface Traffic {
  readonly bytes: number;
  /** Answers by status. */
  readonly answers: ReadonlyMap<number, number>;
}

/** How often feed readers ask. */
export interface Polling {
  /** Minutes between two polls of one subscriber. */
  readonly interval: number;
  /** For each subscriber, the minute of its first poll. */
  readonly firstMinutes: readonly number[];
}

/** A worker in this process that has just started, with a clock that is moved by hand. */
const openWorker = (publication: Publication) => {
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
 * A day on which subscribers of one kind poll, while a story appears every hour. Each begins the day with nothing, so its
 * first poll gets a whole feed.
 */
export const simulateDay = async (
  publication: Publication,
  { fields, isConditional }: ClientKind,
  { interval, firstMinutes }: Polling,
): Promise<Traffic> => {
  const ask = openWorker(publication);
  const tags = new Map<number, string>();
  const answers = new Map<number, number>();
  let bytes = 0;
  const poll = async (subscriber: number, minute: number): Promise<void> => {
    const tag = isConditional ? tags.get(subscriber) : undefined;
    const response = await ask(minute, {
      accept: "*/*",
      ...fields,
      ...(tag !== undefined && { "if-none-match": tag }),
    });
    tags.set(subscriber, response.headers.get("etag") ?? "");
    answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
    bytes += await messageBytes(response);
  };
  for (let minute = 0; minute < MINUTES; minute++) {
    for (const [subscriber, first] of firstMinutes.entries()) {
      if (minute % interval === first) await poll(subscriber, minute);
    }
  }
  return { bytes, answers };
};
