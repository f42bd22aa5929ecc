import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFolder } from "./content/build-folder.ts";
import { OFFLINE, readPort, wranglerDev } from "./wrangler/wrangler-dev.ts";

// Runs the whole newsroom on this machine: the database, the bucket and the publish API, with a token that is worth nothing
// once it has ended. What was published stays in .wrangler/ for the next time.

const ENVIRONMENT = ["--env", "newsroom"];

const migrate = (): boolean =>
  spawnSync("wrangler", ["d1", "migrations", "apply", "DB", "--local", ...ENVIRONMENT], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...OFFLINE, CI: "1" },
  }).status === 0;

/** A file with the secrets, which only this user may read: arguments can be read by everyone. */
const writeSecrets = (token: string): { readonly path: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), "feedwright-newsroom-"));
  const path = join(folder, "secrets.env");
  writeFileSync(path, `PUBLISH_TOKEN=${token}\n`, { mode: 0o600 });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

const port = readPort("Usage: npm run start:newsroom [-- --port 8787]");
if (typeof port === "string") {
  console.error(port);
  process.exitCode = 1;
} else if ((await buildFolder()) && migrate()) {
  const token = randomBytes(24).toString("base64url");
  const secrets = writeSecrets(token);
  const wrangler = wranglerDev(port, [...ENVIRONMENT, "--env-file", secrets.path]);
  for (const end of ["error", "exit"]) wrangler.on(end, secrets.remove);
  console.log(`The newsroom is at http://localhost:${port}/api/items`);
  console.log(`token: ${token}`);
} else {
  process.exitCode = 1;
}
