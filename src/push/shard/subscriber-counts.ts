import { numberOf } from "../sql.ts";

/** Who waits to be verified and is no subscriber yet. */
const WAITING = "e.mode = 'subscribe' AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.callback = e.callback)";

/** Keeps account of how many subscribers there are, by the hosts of their callbacks: what the hub is to be told. */
export const openSubscriberCounts = (sql: SqlStorage) => {
  const onHost = (host: string): number =>
    numberOf(
      sql,
      `SELECT (SELECT COUNT(*) FROM subscriptions WHERE host = ?1) + (SELECT COUNT(*) FROM subscriptions WHERE address = ?1)
         + (SELECT COUNT(*) FROM errands e WHERE e.host = ?1 AND ${WAITING})
         + (SELECT COUNT(*) FROM errands e WHERE e.address = ?1 AND ${WAITING}) AS number`,
      host,
    );
  return {
    /** Marks hosts whose number may have changed, for the hub to be told. */
    touch(...hosts: readonly (string | null | undefined)[]): void {
      for (const host of hosts) if (host) sql.exec("INSERT OR IGNORE INTO uncounted (host) VALUES (?)", host);
    },
    /** Those that subscribe, and those that wait to. */
    subscribers: (): number =>
      numberOf(
        sql,
        `SELECT (SELECT COUNT(*) FROM subscriptions) + (SELECT COUNT(*) FROM errands e WHERE ${WAITING}) AS number`,
      ),
    /** Whether nothing is kept here, and nothing waits to be told. */
    isEmpty: (): boolean =>
      numberOf(sql, "SELECT EXISTS (SELECT 1 FROM subscriptions) OR EXISTS (SELECT 1 FROM errands) AS number") === 0,
    /** Hosts whose number was not told yet, with that. */
    untold(): Readonly<Record<string, number>> {
      const hosts = sql.exec<{ host: string }>("SELECT host FROM uncounted LIMIT 500").toArray();
      return Object.fromEntries(hosts.map(({ host }) => [host, onHost(host)]));
    },
    /** The hub was told these numbers: where one is another by now, it must be told again. */
    told(hosts: Readonly<Record<string, number>>): void {
      for (const [host, count] of Object.entries(hosts)) {
        if (onHost(host) === count) sql.exec("DELETE FROM uncounted WHERE host = ?", host);
      }
    },
  };
};

export type CountTracker = ReturnType<typeof openSubscriberCounts>;
