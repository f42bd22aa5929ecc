import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createWorkplace, freePort, type Serving, serve, type Workplace } from "./workplace.ts";

/** A newsroom with its hub, run by the start script in real workerd. */
export interface RunningHub {
  readonly workplace: Workplace;
  /** The site's URL; it stays the same after a restart. */
  readonly url: () => string;
  /** The owner's token. */
  readonly token: () => string;
  /** All that was printed since the last start. */
  readonly output: () => string;
  /** Sends a form to the hub. */
  readonly ask: (form: Readonly<Record<string, string>>) => Promise<Response>;
  /** Sends a request to the publish API, with the owner's token. */
  readonly api: (method: string, path: string, body?: string) => Promise<Response>;
  /**
   * Kills all processes (SIGKILL), and starts them again at the same port. `meanwhile` is called while nothing runs.
   */
  readonly killAndStart: (meanwhile?: () => void) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts a newsroom with its hub. `variables` go into wrangler.toml. */
export const startHub = async (variables: Readonly<Record<string, string>>): Promise<RunningHub> => {
  const workplace = createWorkplace();
  const settings = join(workplace.folder, "wrangler.toml");
  const all = Object.entries({ STORE: "d1", ...variables }).map(([name, value]) => `${name} = "${value}"`);
  const text = readFileSync(settings, "utf8")
    .replace('vars = { STORE = "d1" }', `vars = { ${all.join(", ")} }`)
    // Here all requests come from one address.
    .replace(/^ratelimits = .*$/m, "");
  writeFileSync(settings, text);
  const port = await freePort();
  const start = (): Promise<Serving> => serve(workplace, `npm run --silent start:newsroom -- --port ${port}`, port);
  let serving = await start();
  const token = (): string => /^token: (\S+)$/m.exec(serving.output())?.[1] ?? "";
  return {
    workplace,
    url: () => serving.url,
    token,
    output: () => serving.output(),
    ask: (form) => fetch(`${serving.url}/hub`, { method: "POST", body: new URLSearchParams(form) }),
    api: (method, path, body) =>
      fetch(serving.url + path, {
        method,
        headers: { authorization: `Bearer ${token()}`, "content-type": "text/markdown", connection: "close" },
        ...(body !== undefined && { body }),
      }),
    async killAndStart(meanwhile = () => {}) {
      await serving.kill();
      meanwhile();
      serving = await start();
    },
    async stop() {
      await serving.stop();
      workplace.remove();
    },
  };
};
