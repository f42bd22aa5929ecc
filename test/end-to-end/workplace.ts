import { spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const NOT_COPIED = new Set(["node_modules", ".git", "build", ".wrangler"]);

/** A throw-away copy of the project in which commands may run and files may be written. */
export interface Workplace {
  readonly folder: string;
  readonly remove: () => void;
}

/** Copies the project as it stands, its dependencies linked. */
export const createWorkplace = (): Workplace => {
  const project = resolve(import.meta.dirname, "../..");
  const folder = mkdtempSync(join(tmpdir(), "feedwright-"));
  for (const name of readdirSync(project)) {
    if (!NOT_COPIED.has(name)) cpSync(join(project, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** What a finished command left. */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a shell command there to its end; two minutes at most. */
export const run = ({ folder }: Workplace, command: string): Outcome => {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    cwd: folder,
    encoding: "utf8",
    timeout: 120_000,
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
  /** All that it has printed so far. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
  /** Ends it and all its children at once, without a word (SIGKILL). */
  readonly kill: () => Promise<void>;
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Tries until `attempt` gives something; a minute at most. */
export const eventually = async <Value>(attempt: () => Promise<Value | undefined>): Promise<Value> => {
  for (let tries = 0; tries < 240; tries++) {
    const value = await attempt();
    if (value !== undefined) return value;
    await pause(250);
  }
  throw new Error("gave up after a minute");
};

const serveOnce = async ({ folder }: Workplace, command: string, port: number): Promise<Serving> => {
  let output = "";
  const child = spawn("sh", ["-c", `exec ${command}`], {
    cwd: folder,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<void>((done) => child.on("exit", () => done()));
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
  const url = `http://localhost:${port}`;
  const end = (signal: NodeJS.Signals) => async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, signal);
    await exited;
  };
  const stop = end("SIGTERM");
  try {
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`\`${command}\` ended:\n${output}`);
      return fetch(url).catch(() => undefined);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, output: () => output, stop, kill: end("SIGKILL") };
};

/** wrangler takes ports of its own beside: another one that starts at the same time may be faster. */
const MAX_STARTS = 3;

/** Runs a command that serves on `port`, and waits until it answers. */
export const serve = async (workplace: Workplace, command: string, port: number): Promise<Serving> => {
  for (let starts = 1; ; starts++) {
    try {
      return await serveOnce(workplace, command, port);
    } catch (error) {
      if (starts >= MAX_STARTS || !String(error).includes("Address already in use")) throw error;
    }
  }
};

/**
 * Fetches over a connection of its own. `run` blocks this process, so it would not notice that wrangler closed
 * a kept-alive one in the meantime, and the next request would fail on it.
 */
export const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, headers: { connection: "close" } });
