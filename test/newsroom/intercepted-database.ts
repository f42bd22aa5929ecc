const QUERY_METHODS = ["all", "batch", "first", "run", "raw"];
const BUILDER_METHODS = ["prepare", "bind", "withSession"];

/** Something that a database is asked. */
export interface Query {
  /** How many statements it has: more than one in a batch. */
  readonly statements: number;
  /** Lets the database answer. */
  readonly run: () => Promise<unknown>;
}

/** Wraps a database. It answers every query with what `intercept` returns. */
export const interceptDatabase = (real: D1Database, intercept: (query: Query) => Promise<unknown>): D1Database => {
  const wrap = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get(object, key) {
        const value: unknown = Reflect.get(object, key);
        if (typeof value !== "function") return value;
        return (...values: unknown[]) => {
          if (QUERY_METHODS.includes(String(key))) {
            const [batch] = values;
            const statements = key === "batch" && Array.isArray(batch) ? batch.length : 1;
            return intercept({ statements, run: () => Reflect.apply(value, object, values) });
          }
          const result = Reflect.apply(value, object, values);
          return BUILDER_METHODS.includes(String(key)) ? wrap(result) : result;
        };
      },
    });
  return wrap(real);
};
