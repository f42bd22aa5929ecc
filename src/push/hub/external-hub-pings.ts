import { mapInTurns } from "../../lib/map-in-turns.ts";
import { fetchDiscardingBody, type HttpClient, isTimeout } from "../../outbound/guarded-fetch.ts";
import { retryDelayMs } from "../../outbound/retry.ts";
import { publishRequest } from "../protocol/websub.ts";
import { CONCURRENCY, MAX_CALLBACKS_PER_INVOCATION } from "../settings.ts";
import { queryFirst } from "../sql.ts";
import type { HubDependencies } from "./dependencies.ts";

const MAX_ATTEMPTS = 8;

/** Tells a hub elsewhere that a topic has changed. */
export interface Ping {
  readonly hub: string;
  readonly topic: string;
  /** How often it was sent in vain. */
  readonly attempts: number;
}

/** Opens the table of what hubs elsewhere were told, and are still to be told. */
export const openPings = (sql: SqlStorage) => {
  const etagOf = (hub: string, topic: string): string | undefined =>
    queryFirst<{ etag: string }>(sql, "SELECT etag FROM pings WHERE hub = ? AND topic = ?", hub, topic)?.etag;
  return {
    /** Deletes what hubs were told that are not among these, or of topics that are not public any longer. */
    deleteUnused(hubs: readonly string[]): void {
      sql.exec("DELETE FROM pings WHERE hub NOT IN (SELECT value FROM json_each(?))", JSON.stringify(hubs));
      sql.exec("DELETE FROM pings WHERE due IS NULL AND topic NOT IN (SELECT topic FROM topics WHERE is_public <> 0)");
    },
    /** Returns the entity tag of which a hub was told last, or is being told; undefined if there is none. */
    etagOf,
    /** Has a ping sent to a hub, unless it was told of this entity tag already. */
    add(hub: string, topic: string, etag: string, now: number): void {
      if (etagOf(hub, topic) === etag) return;
      sql.exec(
        `INSERT INTO pings (hub, topic, etag, due) VALUES (?, ?, ?, ?)
         ON CONFLICT (hub, topic) DO UPDATE SET etag = excluded.etag, due = excluded.due, attempts = 0`,
        ...[hub, topic, etag, now],
      );
    },
    /** Returns the pings that are due, the oldest first. */
    due: (now: number, limit: number): readonly Ping[] =>
      sql
        .exec<{ hub: string; topic: string; attempts: number }>(
          "SELECT hub, topic, attempts FROM pings WHERE due <= ? ORDER BY due LIMIT ?",
          ...[now, limit],
        )
        .toArray(),
    /** Records that a ping was sent. It will be sent again at `due`; null: it arrived, or is given up. */
    recordAttempt({ hub, topic }: Ping, due: number | null): void {
      sql.exec("UPDATE pings SET due = ?, attempts = attempts + 1 WHERE hub = ? AND topic = ?", due, hub, topic);
    },
    /** Returns when the next ping is due; null if there is none. */
    nextDue: (): number | null =>
      queryFirst<{ next: number | null }>(sql, "SELECT MIN(due) AS next FROM pings")?.next ?? null,
  };
};

export type Pings = ReturnType<typeof openPings>;

/** Sends a ping. Returns why it failed, or undefined if it arrived. */
const sendPing = async (
  client: HttpClient,
  { hub, topic }: Ping,
  onTimeout: () => void,
): Promise<string | undefined> => {
  try {
    const response = await fetchDiscardingBody(client, hub, publishRequest(topic));
    return response.ok ? undefined : `it answers ${response.status}`;
  } catch (error) {
    if (isTimeout(error)) onTimeout();
    return String(error);
  }
};

/**
 * Sends the pings that are due, as many as one invocation may send. What fails is sent again later, eight times in all.
 * The hub's other work waits for this, so a hub that does not answer in a short time is sent nothing more of it.
 */
export const sendPings = async (
  pings: Pings,
  { outbound, now, settings, random }: Pick<HubDependencies, "now" | "outbound" | "random" | "settings">,
): Promise<void> => {
  const client = { ...outbound, timeoutMs: settings.provenTimeoutMs };
  const hanging = new Set<string>();
  const sendAndRecord = async (ping: Ping): Promise<void> => {
    const { hub, topic, attempts } = ping;
    const failure = hanging.has(hub)
      ? "it does not answer in time"
      : await sendPing(client, ping, () => void hanging.add(hub));
    if (failure !== undefined) console.error(`${hub} could not be told that ${topic} has changed: ${failure}`);
    const isOver = failure === undefined || attempts + 1 >= MAX_ATTEMPTS;
    pings.recordAttempt(ping, isOver ? null : now() + retryDelayMs(settings.retry, attempts + 1, random));
  };
  const due = pings.due(now(), MAX_CALLBACKS_PER_INVOCATION);
  await mapInTurns(due, ({ hub }) => [hub], sendAndRecord, { max: CONCURRENCY });
};
