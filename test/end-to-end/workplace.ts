import { spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const NOT_COPIED = new Set(["node_modules", ".git", "build", ".wrangler"]);

/** A throw-away copy of the project, in which commands can run and files can be written. */
export interface Workplace {
  readonly folder: string;
  readonly remove: () => void;
}

/** Copies the project as it is, with a link to its dependencies. */
export const createWorkplace = (): Workplace => {
  const project = resolve(import.meta.dirname, "../..");
  const folder = mkdtempSync(join(tmpdir(), "feedwright-"));
  for (const name of readdirSync(project)) {
    if (!NOT_COPIED.has(name)) cpSync(join(project, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** What a command printed, and its exit status; null if it was killed. */
export interface CommandResult {
  readonly status: number | null;
  readonly output: string;
}

/** When to give up waiting for something that has to happen: a last resort, far beyond what a busy machine takes. */
export const GIVE_UP_AFTER_MS = 300_000;

/** Runs a shell command there to its end. */
export const run = ({ folder }: Workplace, command: string): CommandResult => {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    cwd: folder,
    encoding: "utf8",
    timeout: GIVE_UP_AFTER_MS,
  });
  return { status, output: stdout + stderr };
};

/** The text of a file there. */
export const read = ({ folder }: Workplace, path: string): string => readFileSync(join(folder, path), "utf8");

/** Below the ports that systems give to outgoing connections: nobody takes one of these by chance. */
const PORTS = { from: 20_000, to: 32_000 };

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.on("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });

/** A loopback port that nothing listens on now. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isFree(port)) return port;
  }
};

/** A server that runs in the background. */
export interface Serving {
  readonly url: string;
  /** The process id of npm. */
  readonly pid: number;
  /** All that it has printed so far. */
  readonly output: () => string;
  /** Ends it and all its children (SIGTERM), and waits until its port is free. */
  readonly stop: () => Promise<void>;
  /** The same at once, without a chance to tidy up (SIGKILL). */
  readonly kill: () => Promise<void>;
}

const POLL_INTERVAL_MS = 250;

/** Tries until `attempt` resolves to a value. */
export const eventually = async <Value>(
  attempt: () => Promise<Value | undefined>,
  giveUpAfterMs = GIVE_UP_AFTER_MS,
): Promise<Value> => {
  const deadline = Date.now() + giveUpAfterMs;
  while (Date.now() < deadline) {
    const value = await attempt();
    if (value !== undefined) return value;
    await delay(POLL_INTERVAL_MS);
  }
  throw new Error(`gave up after ${giveUpAfterMs} ms`);
};

/** The answer to a request; undefined if the connection ends before, as it does when wrangler starts workerd anew. */
const answerTo = async (request: () => Promise<Response>): Promise<Response | undefined> => {
  try {
    return await request();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};

/**
 * Sends a request until it is answered, and not by 503, and resolves to that: on a busy machine the database may take longer than
 * the worker waits for it.
 */
export const untilAvailable = (request: () => Promise<Response>): Promise<Response> =>
  eventually(async () => {
    const response = await answerTo(request);
    if (response?.status !== 503) return response;
    await response.body?.cancel();
    return undefined;
  });

/** Waits until nothing listens on a port any more. */
export const untilFree = async (port: number): Promise<void> => {
  await eventually(async () => ((await isFree(port)) ? true : undefined));
};

/** The first and the last line of what is printed once the server answers. */
const READY = /^Ready: [\s\S]*Press Ctrl\+C to stop\.$/m;

const serveOnce = async ({ folder }: Workplace, command: string, port: number, ready: RegExp): Promise<Serving> => {
  let output = "";
  // A process group of its own.
  const child = spawn("sh", ["-c", `exec ${command}`], {
    cwd: folder,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const { pid } = child;
  if (pid === undefined) throw new Error(`\`${command}\` could not be started`);
  const end = (signal: NodeJS.Signals) => async () => {
    try {
      process.kill(-pid, signal);
    } catch {
      // Nothing is left of the group.
    }
    await exited;
    await untilFree(port);
  };
  const stop = end("SIGTERM");
  try {
    await eventually(async () => {
      if (hasEnded()) throw new Error(`\`${command}\` ended:\n${output}`);
      if (START_FAILED.test(output)) throw new Error(`\`${command}\` does not serve:\n${output}`);
      return ready.test(output) ? true : undefined;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://localhost:${port}`, pid, output: () => output, stop, kill: end("SIGKILL") };
};

/**
 * Why a server is to be started again. wrangler takes ports of its own beside: another one that starts at the same time
 * may be faster. And the database of a busy machine may take longer than the worker waits for it.
 */
const START_FAILED = /Address already in use|\/rss\.xml answers with 50[03]/;
const MAX_STARTS = 3;

/** Runs a command that serves on `port`, and waits until it says that it is ready. */
export const serve = async (
  workplace: Workplace,
  command: string,
  port: number,
  ready: RegExp = READY,
): Promise<Serving> => {
  for (let starts = 1; ; starts++) {
    try {
      return await serveOnce(workplace, command, port, ready);
    } catch (error) {
      if (starts >= MAX_STARTS || !START_FAILED.test(String(error))) throw error;
    }
  }
};

/**
 * Fetches over a new connection. `run` blocks this process, which would not notice that wrangler closes a kept one
 * meanwhile: the next request would fail on it.
 */
export const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, headers: { connection: "close" } });
