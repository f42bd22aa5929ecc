import { basePathOf } from "../model/address.ts";
import { defineCommand, runCommand } from "./command.ts";
import { buildContent, printReport } from "./content/build-content.ts";
import { CONTENT } from "./content/compile-folder.ts";
import { warnOfSample } from "./content/sample-warnings.ts";
import { addressAt, feedsAt, serve } from "./wrangler/dev-server.ts";
import { portUsage, readPort } from "./wrangler/port.ts";
import { requireNode } from "./wrangler/run-wrangler.ts";
import { checkSettings } from "./wrangler/settings/check-settings.ts";

const NAME = "npm start";

const USAGE = portUsage(NAME);

/** Serves content/ on workerd, and builds it again whenever it changes. Does not start if the content has an error. */
export const start = defineCommand(USAGE, async (args) => {
  requireNode(process.versions.node);
  const port = await readPort(args, NAME);
  const { report, publication } = await buildContent({ isForThisMachine: true });
  printReport(report);
  if (publication === undefined) return false;
  await checkSettings(publication.channel);
  warnOfSample(publication);
  const basePath = basePathOf(publication.url);
  const url = addressAt({ port, basePath });
  return serve({
    port,
    basePath,
    announcement: `Ready: ${publication.channel.title} at ${url}/
  feeds: ${feedsAt(url)}
When ${CONTENT}/ changes, it is built and served again. Press Ctrl+C to stop.`,
  });
});

if (import.meta.main) await runCommand(start);
