/** What a database was asked. */
export interface Reads {
  readonly queries: number;
  readonly rows: number;
}

/** A database that counts what is read from it. Statements that only write count as queries, too. */
export interface CountingDatabase {
  readonly database: D1Database;
  /** What was read since it was last called. */
  readonly take: () => Reads;
}

const RUNS = ["all", "first", "run", "raw"];

/** Wraps a database and counts the queries that it is asked, and the rows that it reads for them. */
export const createCountingDatabase = (real: D1Database): CountingDatabase => {
  let reads: Reads = { queries: 0, rows: 0 };
  const count = <Result extends D1Result>(result: Result): Result => {
    reads = { queries: reads.queries + 1, rows: reads.rows + result.meta.rows_read };
    return result;
  };
  const statements = new WeakMap<object, D1PreparedStatement>();
  const wrapStatement = (real: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = new Proxy(real, {
      get(statement, key) {
        if (key === "bind") return (...values: unknown[]) => wrapStatement(statement.bind(...values));
        if (RUNS.includes(String(key))) return async () => count(await statement.all());
        return Reflect.get(statement, key).bind(statement);
      },
    });
    statements.set(wrapped, real);
    return wrapped;
  };
  const wrapReader = <Reader extends D1DatabaseSession | D1Database>(
    reader: Reader,
    other: (key: string | symbol) => unknown,
  ): Reader =>
    new Proxy(reader, {
      get(target, key) {
        if (key === "prepare") return (query: string) => wrapStatement(target.prepare(query));
        if (key !== "batch") return other(key);
        return async (batch: readonly D1PreparedStatement[]) =>
          (await target.batch(batch.map((one) => statements.get(one) ?? one))).map(count);
      },
    });
  const bound = (target: object, key: string | symbol): unknown => {
    const value: unknown = Reflect.get(target, key);
    return typeof value === "function" ? value.bind(target) : value;
  };
  const wrapSession = (session: D1DatabaseSession) => wrapReader(session, (key) => bound(session, key));
  return {
    database: wrapReader(real, (key) =>
      key === "withSession" ? (constraint: string) => wrapSession(real.withSession(constraint)) : bound(real, key),
    ),
    take: () => {
      const taken = reads;
      reads = { queries: 0, rows: 0 };
      return taken;
    },
  };
};
