import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { onExit } from "./on-exit.ts";

/** A running workerd. Disposing ends it. */
export interface Workerd extends Disposable {
  readonly port: number;
  readonly pid: number;
}

const TIMEOUT_MS = 20_000;

/** Path of the program. The package exports just that, without types. */
const { default: program }: { default: string } = createRequire(import.meta.url)("workerd");

/** Resolves with the port, which workerd reports on its control channel once it listens. */
const listening = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    let output = "";
    const fail = (reason: string) => reject(new Error(`workerd ${reason}\n${output}`));
    const timer = setTimeout(fail, TIMEOUT_MS, `did not listen within ${TIMEOUT_MS / 1000} s.`);
    child.stderr?.on("data", (chunk: Buffer) => {
      output += chunk;
    });
    child.on("error", ({ message }) => fail(`cannot be run: ${message}`));
    child.on("exit", (code) => {
      clearTimeout(timer);
      fail(`exited with ${code}.`);
    });
    const messages = child.stdio[3];
    if (!(messages instanceof Readable)) throw new Error("workerd has no control channel.");
    messages.on("data", (chunk: Buffer) => {
      const port = /"event":"listen".*?"port":(\d+)/.exec(String(chunk))?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });

/** Starts workerd with a configuration. Rejects with its output if it exits or does not listen within 20 s. */
export const startWorkerd = async (config: string): Promise<Workerd> => {
  const child = spawn(program, ["serve", "--control-fd=3", config], { stdio: ["ignore", "ignore", "pipe", "pipe"] });
  const ending = onExit(() => child.kill("SIGKILL"));
  try {
    return { port: await listening(child), pid: child.pid ?? 0, ...ending };
  } catch (error) {
    ending[Symbol.dispose]();
    throw error;
  }
};
