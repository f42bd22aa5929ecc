import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compatibilityDate } from "./bundle.ts";
import { onExit } from "./on-exit.ts";
import type { WorkerSource } from "./worker-source.ts";

/** A folder with a worker and workerd's configuration for it. Disposing deletes it. */
export interface SiteFolder extends Disposable {
  /** Path of the configuration. */
  readonly config: string;
}

const NO_ASSETS = "export default { fetch: () => new Response(null, { status: 404 }) };";

/** A Cache API that holds nothing: a lookup is a request that answers 504 where it misses (RFC 9111 §5.2.1.7). */
const EMPTY_CACHE =
  'export default { fetch: ({ method }) => new Response(null, method === "PUT" ? { status: 204 } : { status: 504, headers: { "cf-cache-status": "MISS" } }) };';

const kindOf = (name: string, module: string | Uint8Array): "data" | "esModule" | "text" =>
  typeof module !== "string" ? "data" : name.endsWith(".js") ? "esModule" : "text";

const configText = ({ modules, bindings, v8Flags = [] }: WorkerSource, date: string): string => {
  const embedded = [...modules].map(
    ([name, module]) => `(name = "${name}", ${kindOf(name, module)} = embed "${name}")`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = [${v8Flags.map((flag) => `"${flag}"`).join(", ")}],
  services = [(name = "main", worker = .main), (name = "assets", worker = .assets), (name = "cache", worker = .cache)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const main :Workerd.Worker = (
  modules = [${['(name = "worker.js", esModule = embed "worker.js")', ...embedded].join(", ")}],
  bindings = [${bindings.join(", ")}],
  cacheApiOutbound = "cache",
  compatibilityDate = "${date}"
);
const assets :Workerd.Worker = (
  modules = [(name = "assets.js", esModule = embed "assets.js")],
  compatibilityDate = "${date}"
);
const cache :Workerd.Worker = (
  modules = [(name = "cache.js", esModule = embed "cache.js")],
  compatibilityDate = "${date}"
);
`;
};

/** Writes a worker to a temporary folder, configured to be served over plain HTTP on a free port of this machine. */
export const writeSite = async (source: WorkerSource): Promise<SiteFolder> => {
  const folder = mkdtempSync(join(tmpdir(), "feedwright-bench-"));
  const removal = onExit(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, "workerd.capnp");
  await writeFile(config, configText(source, await compatibilityDate()));
  await writeFile(join(folder, "worker.js"), source.code);
  await writeFile(join(folder, "assets.js"), NO_ASSETS);
  await writeFile(join(folder, "cache.js"), EMPTY_CACHE);
  for (const [name, module] of source.modules) await writeFile(join(folder, name), module);
  return { config, ...removal };
};
