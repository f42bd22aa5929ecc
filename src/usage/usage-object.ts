import { DurableObject } from "cloudflare:workers";
import type { ObjectClass } from "../lib/object-class.ts";
import { applySchemaSteps } from "../lib/schema-steps.ts";
import { USAGE_SCHEMA } from "./schema.ts";
import { type DailyUsage, dayOf, type PartnerUsageRow, type Usage, type UsageBatch } from "./usage.ts";

/** What the object works with. */
export interface UsageDependencies {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Of a day, by partner and file; 20,000 if it is absent. */
  readonly maxRowsPerDay?: number;
  /** Whose last batch is remembered; 100,000 if it is absent. */
  readonly maxIsolates?: number;
}

/** Today included. */
const DAYS = 400;

const HOUR_MS = 3_600_000;

/** A batch that was closed so long ago counts no longer, since nobody may know any more whether it has counted. */
const MAX_BATCH_AGE_MS = 6 * HOUR_MS;

/** Well beyond the age of a batch that counts, should clocks differ. */
const MAX_ISOLATE_AGE_MS = 2 * MAX_BATCH_AGE_MS;

const PRUNING_INTERVAL_MS = HOUR_MS;

/** More than a partner has in all days, with a file of each format and dialect. */
const MAX_ROWS_READ = 20_000;

const UPDATE = `UPDATE usage SET requests = requests + ?, not_modified = not_modified + ?, deltas = deltas + ?, bytes = bytes + ?,
  stories = stories + ? WHERE partner = ? AND day = ? AND file = ? RETURNING 1`;

const INSERT = `INSERT INTO usage (requests, not_modified, deltas, bytes, stories, partner, day, file)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

const SELECT = `SELECT day, file, requests, not_modified AS notModified, deltas, bytes, stories FROM usage
  WHERE partner = ? AND day >= ? ORDER BY day, file LIMIT ${MAX_ROWS_READ}`;

/** Makes the class of the Durable Object `Usage`, of which there is one for the whole site. */
export const createUsageObject = <Bindings>(
  dependenciesOf: (bindings: Bindings) => UsageDependencies,
): ObjectClass<Bindings, Usage> =>
  class UsageObject extends DurableObject<Bindings> implements Usage {
    readonly #dependencies = dependenciesOf(this.env);
    #isOpened = false;
    #nextPruning = Number.NEGATIVE_INFINITY;
    /** How many rows the days have to which this instance has added some. */
    #rowsOfDays = new Map<string, number>();

    /** Opened by the first call, and not by the constructor, as the other objects are. */
    get #sql(): SqlStorage {
      const { storage } = this.ctx;
      if (!this.#isOpened) applySchemaSteps(storage, "Usage", USAGE_SCHEMA);
      this.#isOpened = true;
      return storage.sql;
    }

    async add(batch: UsageBatch): Promise<void> {
      const sql = this.#sql;
      try {
        this.ctx.storage.transactionSync(() => {
          this.#prune(sql);
          if (this.#noteBatch(sql, batch)) this.#addRows(sql, batch.rows);
        });
      } catch (error) {
        // It may count what was not stored.
        this.#rowsOfDays.clear();
        this.#nextPruning = Number.NEGATIVE_INFINITY;
        throw error;
      }
    }

    async read(partner: string, from = ""): Promise<{ readonly days: readonly DailyUsage[] }> {
      const oldest = this.#oldestDay();
      const days = this.#sql.exec<DailyUsage & Record<string, SqlStorageValue>>(
        SELECT,
        partner,
        from > oldest ? from : oldest,
      );
      return { days: days.toArray() };
    }

    #oldestDay(): string {
      return dayOf(this.#dependencies.now(), 1 - DAYS);
    }

    /** Notes a batch as added. Returns whether it is to be added: it was not, and is not too old to know that. */
    #noteBatch(sql: SqlStorage, { isolate, number, closedAt }: UsageBatch): boolean {
      const { now, maxIsolates = 100_000 } = this.#dependencies;
      if (closedAt < now() - MAX_BATCH_AGE_MS) return false;
      const [known] = sql.exec<{ last: number }>("SELECT last_batch AS last FROM isolates WHERE isolate = ?", isolate);
      if (known !== undefined && known.last >= number) return false;
      if (known === undefined && countOf(sql.exec("SELECT count(*) AS count FROM isolates")) >= maxIsolates) {
        console.error("what partners took is not counted: there are too many isolates");
        return false;
      }
      sql.exec("INSERT OR REPLACE INTO isolates VALUES (?, ?, ?)", isolate, number, closedAt);
      return true;
    }

    #addRows(sql: SqlStorage, rows: readonly PartnerUsageRow[]): void {
      const { now, maxRowsPerDay = 20_000 } = this.#dependencies;
      const oldest = this.#oldestDay();
      // Another machine's clock may be ahead.
      const newest = dayOf(now(), 1);
      for (const row of rows) {
        const { day, partner, file } = row;
        if (day < oldest || day > newest) continue;
        const values = [row.requests, row.notModified, row.deltas, row.bytes, row.stories, partner, day, file];
        if (sql.exec(UPDATE, ...values).toArray().length > 0) continue;
        const count =
          this.#rowsOfDays.get(day) ?? countOf(sql.exec("SELECT count(*) AS count FROM usage WHERE day = ?", day));
        if (count < maxRowsPerDay) sql.exec(INSERT, ...values);
        else console.error(`what ${partner} took of ${file} is not counted: ${day} has too many files`);
        this.#rowsOfDays.set(day, Math.min(count + 1, maxRowsPerDay));
      }
    }

    /** Drops, once an hour, what is too old. */
    #prune(sql: SqlStorage): void {
      const time = this.#dependencies.now();
      if (time < this.#nextPruning) return;
      this.#nextPruning = time + PRUNING_INTERVAL_MS;
      this.#rowsOfDays.clear();
      sql.exec("DELETE FROM usage WHERE day < ?", this.#oldestDay());
      sql.exec("DELETE FROM isolates WHERE closed_at < ?", time - MAX_ISOLATE_AGE_MS);
    }
  };

const countOf = (rows: Iterable<Record<string, SqlStorageValue>>): number => {
  const [row] = rows;
  return Number(row?.count);
};
