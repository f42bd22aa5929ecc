import type { Publication } from "../../src/model/publication.ts";
import { benchPublication } from "../input/publication.ts";
import { randomFrom } from "../input/random.ts";
import { threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { clientKinds } from "./client-kinds.ts";
import { HOURS, type Polling, simulateDay } from "./day.ts";

const FEED_LENGTH = 20;

/** Subscribers that poll equally often. */
interface Audience {
  readonly subscribers: number;
  /** Minutes between two polls of one. */
  readonly interval: number;
}

// Both send the same number of requests.
const HOURLY: Audience = { subscribers: 1000, interval: 60 };
const QUARTERLY: Audience = { subscribers: 250, interval: 15 };

/** Quick runs have so many times fewer subscribers. */
const QUICK_DIVISOR = 10;

const STATUSES = [200, 304, 226] as const;

const pollingOf = (subscribers: number, interval: number): Polling => {
  const random = randomFrom(1);
  return { interval, firstMinutes: Array.from({ length: subscribers }, () => random.below(interval)) };
};

const megabytes = (bytes: number): string => `${threeDigits(bytes / 1e6)} MB`;

/** The day of an audience, with a row for each kind of client. */
const section = async (publication: Publication, { subscribers, interval }: Audience): Promise<string> => {
  const polling = pollingOf(subscribers, interval);
  const rows: (readonly string[])[] = [];
  let full: number | undefined;
  for (const kind of clientKinds) {
    const { bytes, responses } = await simulateDay(publication, kind, polling);
    full ??= bytes;
    rows.push([
      kind.name,
      megabytes(bytes),
      `${threeDigits((bytes / full) * 100)} %`,
      ...STATUSES.map((status) => (responses.get(status) ?? 0).toLocaleString("en-US")),
    ]);
  }
  return `### ${subscribers.toLocaleString("en-US")} subscribers, polling every ${interval} minutes

${table(["readers ask for", "bytes a day", "share of full", ...STATUSES.map((status) => `${status}s`)], rows)}`;
};

/** How many bytes a day's subscribers take, by the kind of their feed readers. */
export const wirePart: Part = async ({ isQuick }) => {
  const publication = await benchPublication(FEED_LENGTH + HOURS, FEED_LENGTH);
  const day = ({ subscribers, interval }: Audience): Promise<string> =>
    section(publication, { subscribers: isQuick ? subscribers / QUICK_DIVISOR : subscribers, interval });
  return `## A day on the wire

Subscribers of \`/rss.xml\` with ${FEED_LENGTH} items, each polling at minutes of its own, while ${HOURS} stories appear, one every hour: who polls
hourly meets a new one every time. Each begins the day with nothing, so that its first answer is whole. Our worker's code, with a
clock that is moved by hand; bytes are those of status line, headers and body in HTTP/1.1, without what the platform adds. The
generated stories repeat themselves and compress better than people's; the row without gzip does not depend on that.
Goal: with deltas (226) at most 5 % of full feeds.

${await day(HOURLY)}

${await day(QUARTERLY)}
`;
};
