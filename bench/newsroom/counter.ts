/** Where the worker below says how many rows it has read since it was asked last. */
export const ROWS_READ = "/bench/rows-read";

// Runs before our worker does, so that it opens a database that counts: D1 says of every answer how many rows it read.
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
    if (new URL(request.url).pathname === "${ROWS_READ}") return new Response(String(take()));
    return worker.fetch(request, env, context);
  },
};
`;

/** Modules, the entry first, that run `worker` as it is and count the rows that D1 reads for it. */
export const countingModules = (worker: string): readonly (readonly [name: string, code: string])[] => [
  ["worker.js", ENTRY],
  ["counter.js", COUNTER],
  ["feedwright.js", worker],
];
