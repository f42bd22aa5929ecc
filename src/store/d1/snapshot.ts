import { createSingleFlight } from "../../lib/single-flight.ts";
import { DAY, type Instant } from "../../model/instant.ts";
import type { Moment } from "../store.ts";
import type { D1Settings } from "./d1-store.ts";

/** How often the database is asked, in milliseconds: as many seconds as the text says, 3 where it says none. */
export const readLookEvery = (text = ""): number => {
  const seconds = Number(text);
  return 1000 * (text !== "" && seconds >= 0 ? seconds : 3);
};

/** What the database says of a moment: the revision, and the transitions around it. */
export interface MomentRow {
  readonly number: number;
  readonly at: number;
  readonly departed: number;
  readonly epoch: string;
  readonly passed: number | null;
  readonly coming: number | null;
  readonly passedNotice: number | null;
  readonly comingNotice: number | null;
}

const latest = (...times: readonly (number | null)[]): number => Math.max(0, ...times.map((time) => time ?? 0));

const earliest = (...times: readonly (number | null)[]): number =>
  Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY));

/** Knows how the store stands without asking the database each time. */
export interface Moments {
  momentAt(now: Instant): Moment | Promise<Moment>;
  /** The next answer comes from the database: this isolate has just written to it. */
  forget(): void;
}

/**
 * Asks the database (by `read`, with the milliseconds for which a notice stands) every `lookEvery` milliseconds at most; while it
 * fails, what it said last counts.
 */
export const createMoments = (
  { channel, revision, lookEvery, waitUntil }: D1Settings,
  read: (now: Instant, noticeSpan: number) => Promise<MomentRow | undefined>,
): Moments => {
  const noticeSpan = channel.noticeDays * DAY;
  const looking = createSingleFlight<Moment>(waitUntil);
  let known: { readonly moment: Moment; readonly goodUntil: number } | undefined;
  // Counts the writes of this isolate: what was read before one does not count after it.
  let writes = 0;

  const look = async (now: Instant): Promise<Moment> => {
    const before = writes;
    const row = await read(now, noticeSpan);
    if (row === undefined) throw new Error("the database has no revision: run the migrations");
    const moment: Moment = {
      now,
      revision: {
        id: `${revision.id}.${row.epoch}.${row.number}`,
        at: Math.max(revision.at, row.at),
        number: row.number,
        departed: row.departed,
      },
      since: latest(row.passed, row.passedNotice === null ? null : row.passedNotice + noticeSpan),
      until: earliest(row.coming, row.comingNotice === null ? null : row.comingNotice + noticeSpan),
    };
    if (before === writes) known = { moment, goodUntil: now + lookEvery };
    return moment;
  };

  const lastKnown = (now: Instant, error: unknown): Moment => {
    if (known === undefined) throw error;
    console.error("the database does not answer, so its last known state counts:", error);
    const { moment } = known;
    const goodUntil = now + lookEvery;
    const last: Moment = {
      ...moment,
      now,
      isStale: true,
      ...(now >= moment.until && { since: moment.until, until: goodUntil }),
    };
    // Not everybody shall wait for it.
    known = { moment: last, goodUntil };
    return last;
  };

  return {
    momentAt(now) {
      if (known !== undefined && now < known.goodUntil && now >= known.moment.now && now < known.moment.until) {
        return { ...known.moment, now };
      }
      return looking(String(writes), () => look(now)).then(
        (moment) => ({ ...moment, now }),
        (error: unknown) => lastKnown(now, error),
      );
    },
    forget() {
      writes += 1;
      if (known !== undefined) known = { ...known, goodUntil: 0 };
    },
  };
};
