import { vi } from "vitest";

/** What a database does when it is asked: it answers, rejects or never settles. */
export type FailureMode = "answers" | "throws" | "hangs";

const QUERY_METHODS = ["all", "batch", "first", "run", "raw"];
const BUILDER_METHODS = ["prepare", "bind", "withSession"];

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
  const wrap = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get(object, key) {
        const value: unknown = Reflect.get(object, key);
        if (typeof value !== "function") return value;
        return (...values: unknown[]) => {
          if (state.mode !== "answers" && QUERY_METHODS.includes(String(key))) return fail();
          const result = Reflect.apply(value, object, values);
          return BUILDER_METHODS.includes(String(key)) ? wrap(result) : result;
        };
      },
    });
  return { database: wrap(real), state };
};
