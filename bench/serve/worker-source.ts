import { type Publication, writePublication } from "../../src/model/publication.ts";
import { bundleAsDeployed } from "./bundle.ts";

/** A worker that workerd can run. */
export interface WorkerSource {
  /** The entry, an ES module. */
  readonly code: string;
  /** The modules that it imports, by the name after `./`: text, bytes, which it gets as an ArrayBuffer, or code in a name with `.js`. */
  readonly modules: ReadonlyMap<string, string | Uint8Array>;
  /** Its bindings, in the syntax of workerd's configuration. There is a service `assets` that answers 404. */
  readonly bindings: readonly string[];
  readonly v8Flags?: readonly string[];
}

const VERSION = { id: "bench", tag: "", timestamp: "2026-11-01T00:00:00Z" };

/** Our reading worker as it is deployed, with a publication and the bindings of wrangler.toml; of another checkout if `root` is given. */
export const ourWorker = async (publication: Publication, root?: string): Promise<WorkerSource> => ({
  code: (await bundleAsDeployed("src/worker.ts", root)).code,
  modules: new Map([["publication.txt", writePublication(publication)]]),
  bindings: [
    '(name = "ASSETS", service = "assets")',
    '(name = "SITE_URL", text = "")',
    `(name = "VERSION", json = ${JSON.stringify(JSON.stringify(VERSION))})`,
  ],
});
