import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { onExit } from "./on-exit.ts";

/** A running workerd; it ends when this is disposed of. */
export interface Workerd extends Disposable {
  readonly port: number;
  readonly pid: number;
}

const PATIENCE = 20_000;

/** The package has no types; its path is that of the program itself. */
const { default: program }: { default: string } = createRequire(import.meta.url)("workerd");

/** Resolves to the port, which workerd says on its control channel once it listens. */
const listening = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    let said = "";
    const fail = (why: string) => reject(new Error(`workerd ${why}\n${said}`));
    const patience = setTimeout(fail, PATIENCE, `did not listen within ${PATIENCE / 1000} s.`);
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk;
    });
    child.on("error", ({ message }) => fail(`can't run: ${message}`));
    child.on("exit", (code) => {
      clearTimeout(patience);
      fail(`ended with ${code}.`);
    });
    const messages = child.stdio[3];
    if (!(messages instanceof Readable)) throw new Error("workerd has no control channel.");
    messages.on("data", (chunk: Buffer) => {
      const port = /"event":"listen".*?"port":(\d+)/.exec(String(chunk))?.[1];
      if (port === undefined) return;
      clearTimeout(patience);
      resolve(Number(port));
    });
  });

/** Starts workerd with a configuration. Fails with what it said, or when it does not listen within 20 s. */
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
