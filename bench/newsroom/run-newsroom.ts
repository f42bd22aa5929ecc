import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Miniflare, Response } from "miniflare";
import { writePublication } from "../../src/model/publication.ts";
import { benchPublication } from "../input/publication.ts";
import { bundleAsDeployed, ROOT } from "../serve/bundle.ts";
import { start } from "../serve/start.ts";
import { withRowCounter } from "./count-rows.ts";

/** The owner's token, of a database that is deleted after the benchmark. */
export const TOKEN = "the-owners-token-in-all-of-the-benchmarks";

/** How many stories a feed has. */
export const FEED_LENGTH = 20;

/** The newsroom's worker on workerd, with its database. */
export interface RunningNewsroom extends AsyncDisposable {
  readonly port: number;
  readonly database: Awaited<ReturnType<Miniflare["getD1Database"]>>;
}

/**
 * Starts the newsroom's worker, that of the checkout at `root` if it is given, with an empty database in a temporary folder. Disposing ends workerd and deletes the
 * folder.
 */
export const runNewsroom = async (root: string = ROOT): Promise<RunningNewsroom> => {
  // Until 0.2 one worker served both stores.
  const isSeparate = existsSync(join(root, "src/newsroom-worker.ts"));
  const { code } = await bundleAsDeployed(isSeparate ? "src/newsroom-worker.ts" : "src/worker.ts", root);
  const publication = writePublication(await benchPublication(0, FEED_LENGTH));
  const started = await start(
    withRowCounter(code),
    {
      bindings: { STORE: "d1", PUBLISH_TOKEN: TOKEN },
      d1Databases: ["DB"],
      serviceBindings: { ASSETS: async () => new Response(null, { status: 404 }) },
    },
    [["publication.txt", publication]],
  );
  try {
    const database = await started.miniflare.getD1Database("DB");
    return { port: started.port, database, [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() };
  } catch (error) {
    await started[Symbol.asyncDispose]();
    throw error;
  }
};
