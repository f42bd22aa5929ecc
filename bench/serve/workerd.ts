import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { onExit } from "./on-exit.ts";

/** A running workerd. Disposing ends it. */
export interface Workerd extends Disposable {
  readonly port: number;
  /** Of the inspector on loopback, which speaks the Chrome DevTools Protocol; 0 if it is not open. */
  readonly inspectorPort: number;
  readonly pid: number;
}

const TIMEOUT_MS = 20_000;

/** Path of the program. The package exports just that, without types. */
const { default: program }: { default: string } = createRequire(import.meta.url)("workerd");

/** Resolves with the ports, which workerd reports on its control channel once it listens; that of the socket comes last. */
const listening = (child: ChildProcess, isInspected: boolean): Promise<Pick<Workerd, "inspectorPort" | "port">> =>
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
    let reports = "";
    messages.on("data", (chunk: Buffer) => {
      reports += chunk;
      const portOf = (event: string) => new RegExp(`"event":"${event}".*?"port":(\\d+)`).exec(reports)?.[1];
      const [port, inspectorPort] = [portOf("listen"), portOf("listen-inspector")];
      if (port === undefined || (isInspected && inspectorPort === undefined)) return;
      clearTimeout(timer);
      resolve({ port: Number(port), inspectorPort: Number(inspectorPort ?? 0) });
    });
  });

/** Starts workerd with a configuration, and its inspector if it is to be. Rejects with its output if it exits or does not listen within 20 s. */
export const startWorkerd = async (config: string, isInspected = false): Promise<Workerd> => {
  const inspector = isInspected ? ["--inspector-addr=127.0.0.1:0"] : [];
  const child = spawn(program, ["serve", "--control-fd=3", ...inspector, config], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const ending = onExit(() => child.kill("SIGKILL"));
  try {
    return { ...(await listening(child, isInspected)), pid: child.pid ?? 0, ...ending };
  } catch (error) {
    ending[Symbol.dispose]();
    throw error;
  }
};
