import { withTimeout } from "../../lib/with-timeout.ts";
import { updateNames } from "./names.ts";
import { NAMES_OF_STORIES, UNNAMED } from "./queries.ts";
import type { Prepare } from "./rows.ts";
import { readRows } from "./rows.ts";
import { recordSchema } from "./transaction.ts";

/** How many stories are added at a time. */
const STEP = 500;

/**
 * Lists the names of the next stories whose names are not listed, because they were stored before there was a list.
 * Returns whether those of all are. It may be interrupted, or run twice at a time: the entries are made of what the
 * tables say. Rejects if the database fails, or does not answer within `timeoutMs`.
 */
export const addNames = async (database: D1Database, timeoutMs: number): Promise<boolean> => {
  const numbers = await readRows<{ number: number }>(database, timeoutMs, UNNAMED, [STEP]);
  const [from, to] = [numbers.at(0)?.number, numbers.at(-1)?.number];
  if (from === undefined || to === undefined) return true;
  const names = await readRows<{ name: string }>(database, timeoutMs, NAMES_OF_STORIES, [from, to]);
  const prepare: Prepare = (query, ...values) => database.prepare(query).bind(...values);
  const statements = [
    updateNames(prepare, new Set(names.map(({ name }) => name))),
    prepare("UPDATE revision SET named = MAX(named, ?1), additions = additions + 1 WHERE only_row = 1", to),
    // Code that does not know the lists would write stories without them.
    recordSchema(prepare),
  ];
  await withTimeout(database.batch(statements), timeoutMs);
  return numbers.length < STEP;
};
