import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { formats } from "../../formats/formats.ts";
import { type BuildReport, printReport } from "../content/build-content.ts";
import { receiveReports } from "./rebuild-reports.ts";
import { startWrangler } from "./run-wrangler.ts";
import { createStopSignal } from "./stop-signal.ts";

/** The file with settings of its own, in the folder with drafts. */
export const SETTINGS = "settings.json";

const CRON_INTERVAL_MS = 60_000;
const POLL_INTERVAL_MS = 100;

/** What is served, and where. */
export interface DevServer {
  readonly port: number;
  /** The path below which the site lies; empty if that is the root. */
  readonly basePath: string;
  /** The environment of wrangler.toml; its top level if absent. */
  readonly environment?: string;
  /** Secrets of the worker, by name. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** The folder with what was built with drafts, and settings of its own for wrangler; absent: build/ and wrangler.toml. */
  readonly drafts?: string;
  /** Printed once the server answers. */
  readonly announcement: string;
}

/**
 * The command line of wrangler. It prints warnings and errors only: its own, and those of the worker (exceptions,
 * `console.warn`, `console.error`). With --test-scheduled it does not warn that cron triggers never fire: here they do.
 */
const argumentsOf = (
  { port, environment, drafts }: DevServer,
  url: string,
  secretsFile?: string,
): readonly string[] => [
  "dev",
  ...["--port", String(port)],
  ...["--var", `SITE_URL:${url}`],
  ...(environment === undefined ? [] : ["--env", environment]),
  ...(secretsFile === undefined ? [] : ["--env-file", secretsFile]),
  ...["--log-level", "warn"],
  "--show-interactive-dev-session=false",
  "--test-scheduled",
  // Without remote bindings; and what the worker stores is kept apart.
  ...(drafts === undefined
    ? []
    : ["--config", join(drafts, SETTINGS), "--persist-to", join(drafts, "state"), "--local"]),
];

/** A file with secrets that only this user can read: command lines and environments can be read by others. */
const writeSecrets = async (folder: string, secrets: Readonly<Record<string, string>>): Promise<string> => {
  const path = join(folder, "secrets.env");
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(path, lines.join(""), { mode: 0o600 });
  return path;
};

/** Where a site is served on this machine. */
export const addressAt = ({ port, basePath }: Pick<DevServer, "basePath" | "port">): string =>
  `http://localhost:${port}${basePath}`;

/** The addresses of the main feed of a site. */
export const feedsAt = (url: string): string => formats.map(({ fileName }) => `${url}/${fileName}`).join(" ");

/** Requests an address until it answers, and resolves to the status; to undefined if `signal` aborts first. */
const pollStatus = async (url: string, signal: AbortSignal): Promise<number | undefined> => {
  while (!signal.aborted) {
    try {
      const response = await fetch(url, { signal });
      await response.body?.cancel();
      return response.status;
    } catch {
      await delay(POLL_INTERVAL_MS);
    }
  }
  return undefined;
};

/** Fires the cron trigger of the worker every minute, which does not happen by itself on this machine. */
const startCron = (origin: string): Disposable => {
  const timer = setInterval(() => {
    fetch(`${origin}/cdn-cgi/handler/scheduled`).catch(() => {
      // The server is starting again: the next time will do.
    });
  }, CRON_INTERVAL_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
};

const printRebuild = ({ isBuilt, messages, summary }: BuildReport): void => {
  const time = new Date().toTimeString().slice(0, "hh:mm:ss".length);
  printReport({
    isBuilt,
    messages,
    summary: `${time} ${summary}${isBuilt ? "" : " What is being served has not changed."}`,
  });
};

const serveFrom = async (folder: string, server: DevServer): Promise<boolean> => {
  using stop = createStopSignal();
  let isReady = false;
  using reports = await receiveReports(join(folder, "reports.sock"), server.drafts !== undefined, (report) => {
    // As it starts, wrangler builds again what was built and reported just before.
    if (isReady || !report.isBuilt) printRebuild(report);
  });
  const secretsFile = server.secrets && (await writeSecrets(folder, server.secrets));
  if (stop.signal.aborted) return true;

  const url = addressAt(server);
  const wrangler = startWrangler(argumentsOf(server, url, secretsFile), reports.env);
  const exit = once(wrangler, "exit");
  const exited = new AbortController();
  wrangler.on("exit", () => exited.abort());
  stop.signal.addEventListener("abort", () => wrangler.kill("SIGTERM"));
  using _cron = startCron(new URL(url).origin);

  const status = await pollStatus(`${url}/rss.xml`, exited.signal);
  isReady = status !== undefined;
  if (status === 200) console.log(server.announcement);
  else if (status !== undefined)
    console.error(`${url}/rss.xml answers with ${status}. See above, and mend what is wrong.`);
  const [code] = await exit;
  return stop.signal.aborted || code === 0;
};

/**
 * Serves the worker on this machine through wrangler, at http://localhost and the port, and builds content/ again when it
 * changes, until it is stopped: by a signal, or as npm ends. Resolves to false if wrangler ends by itself with an error.
 */
export const serve = async (server: DevServer): Promise<boolean> => {
  const folder = await mkdtemp(join(tmpdir(), "feedwright-"));
  try {
    return await serveFrom(folder, server);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
