/** What a database does when it is asked: it answers, rejects or never settles. */
export type FailureMode = "answers" | "throws" | "hangs";

const QUERY_METHODS = ["all", "batch", "first", "run", "raw"];
const BUILDER_METHODS = ["prepare", "bind", "withSession"];

/** Wraps a database. It answers until `state.mode` says otherwise. */
export const createFailingDatabase = (real: D1Database) => {
  const state: { mode: FailureMode } = { mode: "answers" };
  const fail = (): Promise<never> =>
    state.mode === "throws" ? Promise.reject(new Error("D1_ERROR: network connection lost")) : new Promise(() => {});
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
