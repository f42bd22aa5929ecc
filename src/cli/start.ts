import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { basePathOf } from "../model/address.ts";
import { defineCommand, readArguments, runCommand } from "./command.ts";
import { buildContent, printReport } from "./content/build-content.ts";
import { CONTENT } from "./content/compile-folder.ts";
import { DRAFTS_FOLDER } from "./content/drafts-folder.ts";
import { warnOfSample } from "./content/sample-warnings.ts";
import { addressAt, feedsAt, SETTINGS, serve } from "./wrangler/dev-server.ts";
import { PORT_OPTION, portUsage, readPort } from "./wrangler/port.ts";
import { requireNode } from "./wrangler/run-wrangler.ts";
import { checkSettings, readSettings } from "./wrangler/settings/check-settings.ts";
import { draftsSettings } from "./wrangler/settings/drafts-settings.ts";

const NAME = "npm start";

const USAGE = `${portUsage(NAME, "--drafts")}      (--drafts: with drafts and scheduled stories, on this machine only)`;

const OPTIONS = { ...PORT_OPTION, drafts: { type: "boolean", default: false } } as const;

const DRAFTS_NOTE =
  "\nDrafts and scheduled stories are shown, with a banner, on this machine only. Nothing of it is ever deployed.";

/** Writes the settings for serving drafts, and returns the folder in which they are. */
const writeDraftsSettings = async (): Promise<string> => {
  const built = resolve(DRAFTS_FOLDER);
  await writeFile(join(built, SETTINGS), JSON.stringify(draftsSettings(await readSettings(), process.cwd(), built)));
  return built;
};

/**
 * Serves content/ on workerd, and builds it again whenever it changes; with `--drafts`, also what readers do not see yet. Does not
 * start if the content has an error.
 */
export const start = defineCommand(USAGE, async (args) => {
  requireNode(process.versions.node);
  const { values } = readArguments({ args, options: OPTIONS }, USAGE);
  const { drafts: hasDrafts } = values;
  const port = await readPort(values.port, NAME, USAGE);
  const { report, publication } = await buildContent(hasDrafts ? "drafts" : "serving");
  printReport(report);
  if (publication === undefined) return false;
  await checkSettings(publication.channel);
  warnOfSample(publication);
  const basePath = basePathOf(publication.url);
  const url = addressAt({ port, basePath });
  return serve({
    port,
    basePath,
    ...(hasDrafts && { drafts: await writeDraftsSettings() }),
    announcement: `Ready: ${publication.channel.title} at ${url}/
  feeds: ${feedsAt(url)}${hasDrafts ? DRAFTS_NOTE : ""}
When ${CONTENT}/ changes, it is built and served again. Press Ctrl+C to stop.`,
  });
});

if (import.meta.main) await runCommand(start);
