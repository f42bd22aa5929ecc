import { queryNumber } from "../sql.ts";

/** Those that wait to be verified and are no subscribers yet. */
const IS_WAITING = "v.mode = 'subscribe' AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.callback = v.callback)";

/** The others wait for the next report. */
const MAX_HOSTS_PER_REPORT = 500;

/**
 * Opens the tracker of how many subscribers there are on each host (by its name and by its address), those that wait to
 * be verified included. It knows for which hosts the number may have changed since the hub was told.
 */
export const openCountTracker = (sql: SqlStorage) => {
  const countOnHost = (host: string): number =>
    queryNumber(
      sql,
      `SELECT (SELECT COUNT(*) FROM subscriptions WHERE hostname = ?1) + (SELECT COUNT(*) FROM subscriptions WHERE address = ?1)
         + (SELECT COUNT(*) FROM pending_verifications v WHERE v.hostname = ?1 AND ${IS_WAITING})
         + (SELECT COUNT(*) FROM pending_verifications v WHERE v.address = ?1 AND ${IS_WAITING}) AS number`,
      host,
    );
  return {
    /** Marks hosts whose number may have changed. */
    markChanged(...hosts: readonly (string | null | undefined)[]): void {
      for (const host of hosts) if (host) sql.exec("INSERT OR IGNORE INTO changed_hosts (host) VALUES (?)", host);
    },
    /** Returns how many subscribers there are in all. */
    countSubscribers: (): number =>
      queryNumber(
        sql,
        `SELECT (SELECT COUNT(*) FROM subscriptions) + (SELECT COUNT(*) FROM pending_verifications v WHERE ${IS_WAITING}) AS number`,
      ),
    /** Whether there are no subscriptions, and nothing is to be asked of or told to anybody. */
    isEmpty: (): boolean =>
      queryNumber(
        sql,
        "SELECT EXISTS (SELECT 1 FROM subscriptions) OR EXISTS (SELECT 1 FROM pending_verifications) AS number",
      ) === 0,
    /** Whether there is something to report to the hub. */
    hasUnreported: (): boolean => queryNumber(sql, "SELECT EXISTS (SELECT 1 FROM changed_hosts) AS number") === 1,
    /** Returns hosts of which the hub is to be told, each with its number. */
    unreported(): Readonly<Record<string, number>> {
      const hosts = sql
        .exec<{ host: string }>("SELECT host FROM changed_hosts LIMIT ?", MAX_HOSTS_PER_REPORT)
        .toArray();
      return Object.fromEntries(hosts.map(({ host }) => [host, countOnHost(host)]));
    },
    /** Records that the hub was told these numbers. Where there is another number by now, it must be told again. */
    markReported(hosts: Readonly<Record<string, number>>): void {
      for (const [host, count] of Object.entries(hosts)) {
        if (countOnHost(host) === count) sql.exec("DELETE FROM changed_hosts WHERE host = ?", host);
      }
    },
  };
};

export type CountTracker = ReturnType<typeof openCountTracker>;
