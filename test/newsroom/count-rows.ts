/** Rows that D1 says it has read and written, indexes included, and the statements that were sent to it. */
export interface RowCounts {
  readonly read: number;
  readonly written: number;
  readonly statements: number;
}

const NONE: RowCounts = { read: 0, written: 0, statements: 0 };

/** Wraps a database and counts the rows of all answers. `take` returns the numbers since it was last called. */
export const countRows = (real: D1Database) => {
  let counts = NONE;
  const statements = new WeakMap<D1PreparedStatement, D1PreparedStatement>();

  const count = <Result extends D1Result>(result: Result): Result => {
    const { read, written, statements: before } = counts;
    const { rows_read, rows_written } = result.meta;
    counts = { read: read + rows_read, written: written + rows_written, statements: before + 1 };
    return result;
  };

  const wrapStatement = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = new Proxy(statement, {
      get(target, key) {
        if (key === "bind") return (...values: unknown[]) => wrapStatement(target.bind(...values));
        if (key === "all" || key === "run") return async () => count(await target.all());
        return Reflect.get(target, key).bind(target);
      },
    });
    statements.set(wrapped, statement);
    return wrapped;
  };

  const wrap = <Target extends D1Database | D1DatabaseSession>(target: Target): Target =>
    new Proxy(target, {
      get(database, key) {
        if (key === "prepare") return (query: string) => wrapStatement(database.prepare(query));
        if (key === "withSession" && "withSession" in database)
          return (constraint: string) => wrap(database.withSession(constraint));
        if (key === "batch")
          return async (list: readonly D1PreparedStatement[]) =>
            (await database.batch(list.map((one) => statements.get(one) ?? one))).map(count);
        const value: unknown = Reflect.get(database, key);
        return typeof value === "function" ? value.bind(database) : value;
      },
    });

  return {
    database: wrap(real),
    take: (): RowCounts => {
      const taken = counts;
      counts = NONE;
      return taken;
    },
  };
};
