import { type Miniflare, Response } from "miniflare";
import { writePublication } from "../../src/model/publication.ts";
import { benchPublication } from "../input/publication.ts";
import { bundleAsDeployed } from "../serve/bundle.ts";
import { start } from "../serve/start.ts";
import { countingModules } from "./counter.ts";

/** The owner's, of a database that ends with the benchmark. */
export const TOKEN = "token-of-the-benchmark";

/** How many stories a feed has. */
export const FEED_LENGTH = 20;

/** A newsroom that runs: our worker on workerd, and a database that is empty at first. */
export interface Running extends AsyncDisposable {
  readonly port: number;
  readonly database: Awaited<ReturnType<Miniflare["getD1Database"]>>;
}

/** Starts our worker with STORE=d1. workerd and the database, which lies in a temporary folder, go when it is disposed of. */
export const runNewsroom = async (): Promise<Running> => {
  const { code } = await bundleAsDeployed();
  const publication = writePublication(await benchPublication(0, FEED_LENGTH));
  const started = await start(
    countingModules(code),
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
