/**
 * Path at which the worker that `withRowCounter` makes says how many rows it has read since the last request for it.
 */
export const ROWS_READ_PATH = "/bench/rows-read";

// Runs before our worker, so that our worker opens a database that counts. D1 says of every result how many rows it
// read.
const COUNTER = `import { env } from "cloudflare:workers";
let rows = 0;
const count = (result) => {
  rows += result.meta.rows_read;
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
  const taken = rows;
  rows = 0;
  return taken;
};
`;

const ENTRY = `import { take } from "./counter.js";
import worker from "./feedwright.js";
export default {
  ...worker,
  fetch(request, env, context) {
    if (new URL(request.url).pathname === "${ROWS_READ_PATH}") return new Response(String(take()));
    return worker.fetch(request, env, context);
  },
};
`;

/** ES modules, the entry first, that run `worker` (its code) unchanged and count the rows that it reads from D1. */
export const withRowCounter = (worker: string): readonly (readonly [name: string, code: string])[] => [
  ["worker.js", ENTRY],
  ["counter.js", COUNTER],
  ["feedwright.js", worker],
];
