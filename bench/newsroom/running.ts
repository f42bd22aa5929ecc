import { convertV4MiniflareOptions, Miniflare, Response } from "miniflare";
import { writePublication } from "../../src/model/publication.ts";
import { benchPublication } from "../input/publication.ts";
import { bundleAsDeployed, compatibilityDate } from "../serve/bundle.ts";
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
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      cf: false,
      telemetry: { enabled: false },
      compatibilityDate: await compatibilityDate(),
      modulesRoot: "/",
      modules: [
        ...countingModules(code).map(([name, contents]) => ({ type: "ESModule" as const, path: `/${name}`, contents })),
        { type: "Text", path: "/publication.txt", contents: publication },
      ],
      bindings: { STORE: "d1", PUBLISH_TOKEN: TOKEN },
      d1Databases: ["DB"],
      serviceBindings: { ASSETS: async () => new Response(null, { status: 404 }) },
      // Requests that come by this one go straight to the worker; else they would pass another one, of miniflare's.
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    }),
  );
  try {
    const { port } = await miniflare.unsafeGetDirectURL();
    const database = await miniflare.getD1Database("DB");
    return { port: Number(port), database, [Symbol.asyncDispose]: () => miniflare.dispose() };
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
};
