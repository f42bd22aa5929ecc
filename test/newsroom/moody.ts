/** How a database is: it answers, throws or hangs. */
export type Mood = "well" | "throws" | "hangs";

const ASKING = ["all", "batch", "first", "run", "raw"];
const PREPARING = ["prepare", "bind", "withSession"];

/** A database that fails when it is told to. */
export const moody = (real: D1Database) => {
  const state: { mood: Mood } = { mood: "well" };
  const fail = (): Promise<never> =>
    state.mood === "throws" ? Promise.reject(new Error("D1_ERROR: network connection lost")) : new Promise(() => {});
  const guard = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get(one, key) {
        const value: unknown = Reflect.get(one, key);
        if (typeof value !== "function") return value;
        return (...values: unknown[]) => {
          if (state.mood !== "well" && ASKING.includes(String(key))) return fail();
          const result = Reflect.apply(value, one, values);
          return PREPARING.includes(String(key)) ? guard(result) : result;
        };
      },
    });
  return { database: guard(real), state };
};
