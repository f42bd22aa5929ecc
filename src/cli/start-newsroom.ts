import { randomBytes } from "node:crypto";
import { basePathOf } from "../model/address.ts";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { buildContent, printReport } from "./content/build-content.ts";
import { warnOfSample } from "./content/sample-warnings.ts";
import { addressAt, feedsAt, serve } from "./wrangler/dev-server.ts";
import { PORT_OPTION, portUsage, readPort } from "./wrangler/port.ts";
import { requireNode, runWrangler } from "./wrangler/run-wrangler.ts";
import { checkSettings } from "./wrangler/settings/check-settings.ts";

const ENVIRONMENT = "newsroom";

const NAME = "npm run start:newsroom";

const USAGE = portUsage(NAME);

/** Applies the migrations to the database on this machine. */
const migrate = (): void => {
  if (!runWrangler(["d1", "migrations", "apply", "DB", "--local", "--env", ENVIRONMENT]))
    throw new CommandError("The migrations of the database failed: see above.");
};

/**
 * Serves the newsroom on workerd: the database, the bucket and the publish API, with a token that is valid until it ends.
 * What was published stays in .wrangler/ for the next time.
 */
export const startNewsroom = defineCommand(USAGE, async (args) => {
  requireNode(process.versions.node);
  const { values } = readArguments({ args, options: PORT_OPTION }, USAGE);
  const port = await readPort(values.port, NAME, USAGE);
  const { report, publication } = await buildContent("serving");
  printReport(report);
  if (publication === undefined) return false;
  await checkSettings(publication.channel, ENVIRONMENT);
  warnOfSample(publication);
  migrate();
  const token = randomBytes(24).toString("base64url");
  const basePath = basePathOf(publication.url);
  const url = addressAt({ port, basePath });
  return serve({
    port,
    basePath,
    environment: ENVIRONMENT,
    secrets: { PUBLISH_TOKEN: token },
    announcement: `Ready: ${publication.channel.title} at ${url}/, with the stories of its database (in .wrangler/)
  feeds: ${feedsAt(url)}
  API:   ${url}/api/items
token: ${token}
\`npm run sync -- --to ${url}\` compares content/ with the database. Press Ctrl+C to stop.`,
  });
});

if (import.meta.main) await runCommand(startNewsroom);
