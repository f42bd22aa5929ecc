import { spawnSync } from "node:child_process";
import { errorCode } from "../files/error-code.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const CHECK_INTERVAL_MS = 500;

/**
 * The process id of npm, if npm runs this process through a shell that stays between them (dash does): that shell outlives an
 * npm that is killed.
 */
const findNpmBehindShell = (): number | undefined => {
  const script = process.env.npm_lifecycle_script;
  if (script === undefined) return undefined;
  const { stdout } = spawnSync("ps", ["-ww", "-o", "ppid=", "-o", "args=", "-p", String(process.ppid)]);
  const [, parent, command = ""] = /^\s*(\d+)\s+(.*)/.exec(String(stdout)) ?? [];
  return command.includes(script) ? Number(parent) : undefined;
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
};

/** A signal that aborts when this process has to end. */
export interface StopSignal extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * Waits for SIGINT, SIGTERM and SIGHUP, and for the end of the process that started this one, which must not leave a server
 * behind: npm does not pass on every signal, and SIGKILL never.
 */
export const createStopSignal = (): StopSignal => {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  for (const name of SIGNALS) process.on(name, stop);
  const parent = process.ppid;
  const npm = findNpmBehindShell();
  const timer = setInterval(() => {
    if (process.ppid !== parent || (npm !== undefined && !isRunning(npm))) stop();
  }, CHECK_INTERVAL_MS);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearInterval(timer);
      for (const name of SIGNALS) process.off(name, stop);
    },
  };
};
