import { type ChildProcess, spawn } from "node:child_process";
import { parseArgs } from "node:util";

/** The port that the command line asks for, or a sentence that says what is wrong with it. `usage` is one line. */
export const readPort = (usage: string): number | string => {
  try {
    const { values } = parseArgs({ options: { port: { type: "string", default: "8787" } } });
    const port = Number(values.port);
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : `--port must be from 1 to 65535. ${usage}`;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)} ${usage}`;
  }
};

/** Environment variables with which wrangler needs no network and no account. */
export const OFFLINE = {
  // No metrics, no look-up of this machine's place.
  WRANGLER_SEND_METRICS: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

/** Milliseconds. */
const CRON_INTERVAL = 60_000;

/** Serves on workerd through wrangler, with links on the port, until it is told to end. `more` are further arguments. */
export const wranglerDev = (port: number, more: readonly string[] = []): ChildProcess => {
  const wrangler = spawn(
    "wrangler",
    ["dev", "--port", String(port), "--var", `SITE_URL:http://localhost:${port}`, ...more],
    {
      stdio: "inherit",
      env: {
        ...process.env,
        ...OFFLINE,
        // wrangler gives up when its build command fails; with this the command reports and leaves things as they are.
        FEEDWRIGHT_WHILE_SERVING: "1",
      },
    },
  );
  // Cron triggers do not fire by themselves here.
  const cron = setInterval(() => {
    fetch(`http://localhost:${port}/cdn-cgi/handler/scheduled`).catch(() => {
      // It is not up yet, or just starting anew: the next one will do.
    });
  }, CRON_INTERVAL);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => wrangler.kill(signal));
  wrangler.on("error", (error) => {
    console.error(`wrangler could not be started (${error.message}). Run \`npm ci\` first, and start through npm.`);
    process.exitCode = 1;
  });
  wrangler.on("exit", (code, signal) => {
    clearInterval(cron);
    process.exitCode = code ?? (signal === null ? 1 : 0);
  });
  return wrangler;
};
