/** A ping that is to be sent. */
export interface Ping {
  readonly hub: string;
  readonly topic: string;
  readonly attempts: number;
}

/** What hubs elsewhere were told, and are still to be told. */
export const openPings = (sql: SqlStorage) => ({
  /** The tag of which a hub was, or will be, told. */
  tagOf: (hub: string, topic: string): string | undefined =>
    sql.exec<{ etag: string }>("SELECT etag FROM pings WHERE hub = ? AND topic = ?", hub, topic).toArray()[0]?.etag,
  /** A topic has another tag: the hub is to be told. */
  add(hub: string, topic: string, etag: string, now: number): void {
    sql.exec(
      `INSERT INTO pings (hub, topic, etag, due) VALUES (?, ?, ?, ?)
       ON CONFLICT (hub, topic) DO UPDATE SET etag = excluded.etag, due = excluded.due, attempts = 0`,
      ...[hub, topic, etag, now],
    );
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
  next: (): number | null => sql.exec<{ next: number | null }>("SELECT MIN(due) AS next FROM pings").one().next,
});
