import { vi } from "vitest";
import { interceptDatabase } from "./intercepted-database.ts";

/** What a database does when it is asked: it answers, rejects or never settles. */
export type FailureMode = "answers" | "throws" | "hangs";

/**
 * A query that is never answered. Whoever waits for it sets a timer at once: that timer goes off immediately, so that the
 * test need not wait, and the time-out may be long enough for the queries that are answered.
 */
const hang = (): Promise<never> => {
  if (!vi.isFakeTimers()) {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    queueMicrotask(() => {
      vi.runAllTimers();
      vi.useRealTimers();
    });
  }
  return new Promise(() => {});
};

/** Wraps a database. It answers until `state.mode` says otherwise. */
export const createFailingDatabase = (real: D1Database) => {
  const state: { mode: FailureMode } = { mode: "answers" };
  const fail = (): Promise<never> =>
    state.mode === "throws" ? Promise.reject(new Error("D1_ERROR: network connection lost")) : hang();
  const database = interceptDatabase(real, ({ run }) => (state.mode === "answers" ? run() : fail()));
  return { database, state };
};
