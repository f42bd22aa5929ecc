import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, createWorkplace, freePort, type Serving, serve, untilAvailable, type Workplace } from "./workplace.ts";

/** A newsroom with its hub, run by the start script in real workerd. */
export interface RunningHub {
  readonly workplace: Workplace;
  /** The site's URL; it stays the same after a restart. */
  readonly url: () => string;
  /** The owner's token. */
  readonly token: () => string;
  /** All that was printed since the last start. */
  readonly output: () => string;
  /** Sends a form to the hub, again while it answers 503. */
  readonly ask: (form: Readonly<Record<string, string>>) => Promise<Response>;
  /** Sends a request to the publish API, with the owner's token, again while it answers 503. */
  readonly api: (method: string, path: string, body?: string) => Promise<Response>;
  /**
   * Kills all processes (SIGKILL), and starts them again at the same port. `meanwhile` is called while nothing runs.
   */
  readonly killAndStart: (meanwhile?: () => void) => Promise<void>;
  /** Changes variables of wrangler.toml. While nothing runs. */
  readonly setVariables: (variables: Readonly<Record<string, string>>) => void;
  readonly stop: () => Promise<void>;
}

/** Starts a newsroom with its hub. `variables` go into wrangler.toml. */
export const startHub = async (variables: Readonly<Record<string, string>>): Promise<RunningHub> => {
  const workplace = createWorkplace();
  const settings = join(workplace.folder, "wrangler.toml");
  // Here all requests come from one address.
  const template = readFileSync(settings, "utf8").replace(/^ratelimits = \[\n(?: .*\n)*\]$/m, "");
  let all: Readonly<Record<string, string>> = { STORE: "d1" };
  const setVariables = (more: Readonly<Record<string, string>>): void => {
    all = { ...all, ...more };
    const pairs = Object.entries(all).map(([name, value]) => `${name} = "${value}"`);
    writeFileSync(settings, template.replace('vars = { STORE = "d1" }', `vars = { ${pairs.join(", ")} }`));
  };
  setVariables(variables);
  const port = await freePort();
  const start = (): Promise<Serving> => serve(workplace, `npm run --silent start:newsroom -- --port ${port}`, port);
  let serving = await start();
  const token = (): string => /^token: (\S+)$/m.exec(serving.output())?.[1] ?? "";
  return {
    workplace,
    url: () => serving.url,
    token,
    output: () => serving.output(),
    setVariables,
    ask: (form) => untilAvailable(() => ask(`${serving.url}/hub`, { method: "POST", body: new URLSearchParams(form) })),
    api: (method, path, body) =>
      untilAvailable(() =>
        fetch(serving.url + path, {
          method,
          headers: { authorization: `Bearer ${token()}`, "content-type": "text/markdown", connection: "close" },
          ...(body !== undefined && { body }),
        }),
      ),
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
