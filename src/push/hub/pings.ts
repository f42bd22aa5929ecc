import { queryFirst } from "../sql.ts";

/** A ping that is to be sent. */
export interface Ping {
  readonly hub: string;
  readonly topic: string;
  readonly attempts: number;
}

/** What hubs elsewhere were told, and are still to be told. */
export const openPings = (sql: SqlStorage) => {
  const etagOf = (hub: string, topic: string): string | undefined =>
    queryFirst<{ etag: string }>(sql, "SELECT etag FROM pings WHERE hub = ? AND topic = ?", hub, topic)?.etag;
  return {
    /** Forgets hubs that are not named any longer, and topics of which nobody is told any longer. */
    forgetAllBut(hubs: readonly string[]): void {
      sql.exec("DELETE FROM pings WHERE hub NOT IN (SELECT value FROM json_each(?))", JSON.stringify(hubs));
      sql.exec("DELETE FROM pings WHERE due IS NULL AND topic NOT IN (SELECT topic FROM topics WHERE is_public <> 0)");
    },
    /** The tag of which a hub was told last, or is being told. */
    etagOf,
    /** Notes the tag of a topic, of which a hub is to be told unless it was. */
    note(hub: string, topic: string, etag: string, now: number): void {
      if (etagOf(hub, topic) === etag) return;
      sql.exec(
        `INSERT INTO pings (hub, topic, etag, due) VALUES (?, ?, ?, ?)
         ON CONFLICT (hub, topic) DO UPDATE SET etag = excluded.etag, due = excluded.due, attempts = 0`,
        ...[hub, topic, etag, now],
      );
    },
    due: (now: number, limit: number): readonly Ping[] =>
      sql
        .exec<{ hub: string; topic: string; attempts: number }>(
          "SELECT hub, topic, attempts FROM pings WHERE due <= ? ORDER BY due LIMIT ?",
          ...[now, limit],
        )
        .toArray(),
    /** It was told, or given up (`due` null), or will be told later. */
    settle({ hub, topic }: Ping, due: number | null): void {
      sql.exec("UPDATE pings SET due = ?, attempts = attempts + 1 WHERE hub = ? AND topic = ?", due, hub, topic);
    },
    next: (): number | null =>
      queryFirst<{ next: number | null }>(sql, "SELECT MIN(due) AS next FROM pings")?.next ?? null,
  };
};

export type Pings = ReturnType<typeof openPings>;
