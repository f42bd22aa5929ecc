import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { buildFolder } from "./build-folder.ts";
import { CONTENT } from "./content-folder.ts";

const USAGE = "Usage: npm start [-- --port 8787]";

/** The port that the command line asks for, or a sentence that says what is wrong with it. */
const readPort = (): number | string => {
  try {
    const { values } = parseArgs({ options: { port: { type: "string", default: "8787" } } });
    const port = Number(values.port);
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : `--port must be from 1 to 65535. ${USAGE}`;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)} ${USAGE}`;
  }
};

/** Serves content/ on workerd and builds it again whenever it changes; a broken story leaves the last good edition up. */
const serve = (port: number): void => {
  const address = `http://localhost:${port}`;
  const wrangler = spawn("wrangler", ["dev", "--port", String(port), "--var", `SITE_URL:${address}`], {
    stdio: "inherit",
    env: {
      ...process.env,
      // wrangler gives up when its build command fails; with this the command reports and leaves things as they are.
      FEEDWRIGHT_WHILE_SERVING: "1",
      // No network is needed: no metrics, no look-up of this machine's place.
      WRANGLER_SEND_METRICS: "false",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
    },
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => wrangler.kill(signal));
  wrangler.on("error", (error) => {
    console.error(
      `wrangler could not be started (${error.message}). Run \`npm ci\` first, and start with \`npm start\`.`,
    );
    process.exitCode = 1;
  });
  wrangler.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 0);
  });
  console.log(`Serving ${CONTENT}/ at ${address}/rss.xml, /atom.xml and /feed.json`);
};

const port = readPort();
if (typeof port === "string") {
  console.error(port);
  process.exitCode = 1;
} else if (await buildFolder()) {
  serve(port);
} else {
  process.exitCode = 1;
}
