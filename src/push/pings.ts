import type { EditionOf } from "./edition-of.ts";
import { firstOf } from "./sql.ts";

/** A ping that is to be sent. */
export interface Ping {
  readonly hub: string;
  readonly topic: string;
  readonly attempts: number;
}

/** What hubs elsewhere were told, and are still to be told. */
export const openPings = (sql: SqlStorage) => {
  const etagOf = (hub: string, topic: string): string | undefined =>
    firstOf<{ etag: string }>(sql, "SELECT etag FROM pings WHERE hub = ? AND topic = ?", hub, topic)?.etag;
  return {
    /** Forgets hubs that are not named any longer. */
    forgetAllBut(hubs: readonly string[]): void {
      sql.exec("DELETE FROM pings WHERE hub NOT IN (SELECT value FROM json_each(?))", JSON.stringify(hubs));
    },
    /** Notes a topic that has another tag than hubs were told of. */
    async compare(hubs: readonly string[], topic: string, editionOf: EditionOf, now: number): Promise<void> {
      const [tag, ...others] = new Set(hubs.map((hub) => etagOf(hub, topic)));
      const current = await editionOf(topic, others.length === 0 ? tag : undefined);
      if (current.kind !== "changed") return;
      const { etag } = current.edition;
      for (const hub of hubs.filter((one) => etagOf(one, topic) !== etag)) {
        sql.exec(
          `INSERT INTO pings (hub, topic, etag, due) VALUES (?, ?, ?, ?)
           ON CONFLICT (hub, topic) DO UPDATE SET etag = excluded.etag, due = excluded.due, attempts = 0`,
          ...[hub, topic, etag, now],
        );
      }
    },
    due: (now: number, most: number): readonly Ping[] =>
      sql
        .exec<{ hub: string; topic: string; attempts: number }>(
          "SELECT hub, topic, attempts FROM pings WHERE due <= ? ORDER BY due LIMIT ?",
          ...[now, most],
        )
        .toArray(),
    /** It was told, or given up (`due` null), or will be told later. */
    settle({ hub, topic }: Ping, due: number | null): void {
      sql.exec("UPDATE pings SET due = ?, attempts = attempts + 1 WHERE hub = ? AND topic = ?", due, hub, topic);
    },
    next: (): number | null =>
      firstOf<{ next: number | null }>(sql, "SELECT MIN(due) AS next FROM pings")?.next ?? null,
  };
};

export type Pings = ReturnType<typeof openPings>;
