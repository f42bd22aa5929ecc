/** What a worker asked its database. */
export interface Reads {
  readonly queries: number;
  readonly rows: number;
}

/** Path at which the worker that `withRowCounter` makes says what it has read since the last request for it. */
export const READS_PATH = "/bench/reads";

/** Parses the body of a response from READS_PATH. */
export const parseReads = (body: Uint8Array): Reads => JSON.parse(Buffer.from(body).toString());

// Runs before our worker, so that our worker opens a database that counts. D1 says of every result how many rows it
// read.
const COUNTER = `import { env } from "cloudflare:workers";
let reads = { queries: 0, rows: 0 };
const count = (result) => {
  reads = { queries: reads.queries + 1, rows: reads.rows + result.meta.rows_read };
  return result;
};
const statements = Object.getPrototypeOf(env.DB.prepare("SELECT 1"));
const { all } = statements;
statements.all = async function () {
  return count(await all.call(this));
};
const batch = env.DB.batch.bind(env.DB);
env.DB.batch = async (list) => (await batch(list)).map(count);
export const take = () => {
  const taken = reads;
  reads = { queries: 0, rows: 0 };
  return taken;
};
`;

const ENTRY = `import { take } from "./counter.js";
import worker from "./feedwright.js";
export default {
  ...worker,
  fetch(request, env, context) {
    if (new URL(request.url).pathname === "${READS_PATH}") return Response.json(take());
    return worker.fetch(request, env, context);
  },
};
`;

/** ES modules, the entry first, that run `worker` (its code) unchanged and count what it reads from D1. */
export const withRowCounter = (worker: string): readonly (readonly [name: string, code: string])[] => [
  ["worker.js", ENTRY],
  ["counter.js", COUNTER],
  ["feedwright.js", worker],
];
