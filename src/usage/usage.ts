/** What a partner took of a file on a day (UTC). */
export interface DailyUsage {
  /** Such as `2026-03-01`. */
  readonly day: string;
  /** The name of the feed's file, such as `rss.xml`. */
  readonly file: string;
  /** All requests, those that follow included. */
  readonly requests: number;
  /** 304s. */
  readonly notModified: number;
  /** 226s (RFC 3229). */
  readonly deltas: number;
  /** Of bodies as they were sent, in their content-coding. */
  readonly bytes: number;
  /** Entries of 200s and 226s. */
  readonly stories: number;
}

/** A line of a batch. */
export interface PartnerUsageRow extends DailyUsage {
  readonly partner: string;
}

/**
 * What an isolate has counted. Its number and its rows never change once it was sent, so that it may be sent again: who
 * counts it does so once. An isolate sends the next one only after it knows that this one arrived.
 */
export interface UsageBatch {
  readonly isolate: string;
  /** From 1, in each isolate. */
  readonly number: number;
  /** When it was closed, in milliseconds since 1970. */
  readonly closedAt: number;
  readonly rows: readonly PartnerUsageRow[];
}

/** Reads what was counted. */
export interface UsageReader {
  /** What a partner took, ascending by day and file: since the day `from`, or of all days that are stored. */
  read(partner: string, from?: string): Promise<{ readonly days: readonly DailyUsage[] }>;
}

/** The Durable Object of the whole site that sums up what its isolates have counted. */
export interface Usage extends UsageReader {
  /** Adds a batch, unless it was added before. */
  add(batch: UsageBatch): Promise<void>;
}

/** The bindings of wrangler.toml that counting uses. */
export interface UsageBindings {
  /** The Durable Object that sums up what partners took. Absent: nothing is counted. */
  readonly USAGE?: { getByName(name: string): Usage };
}

/** Returns the one object of the site; undefined if it is not bound. */
export const usageOf = ({ USAGE }: UsageBindings): Usage | undefined => USAGE?.getByName("usage");

const DAY_MS = 86_400_000;

/** The day (UTC) of an instant in milliseconds since 1970, such as `2026-03-01`; `difference` days later. */
export const dayOf = (time: number, difference = 0): string =>
  new Date(time + difference * DAY_MS).toISOString().slice(0, 10);
