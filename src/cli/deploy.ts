import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { buildContent, printReport } from "./content/build-content.ts";
import { warnOfSample } from "./content/sample-warnings.ts";
import { readIfPresent } from "./files/read-if-present.ts";
import { AS_BUILT } from "./wrangler/rebuild-reports.ts";
import { requireNode, runWranglerForPeople } from "./wrangler/run-wrangler.ts";
import { checkSettings } from "./wrangler/settings/check-settings.ts";

const USAGE = "Usage: npm run deploy [-- --newsroom] [--dry-run]      (--dry-run: all but the upload)";

const CONFIG = "wrangler.toml";

/** Throws CommandError if the folder has no newsroom: wrangler would deploy the reading worker under another name. */
const requireNewsroom = async (): Promise<void> => {
  const config = await readIfPresent(CONFIG);
  if (config === undefined || /^\[+env\.newsroom[\].]/m.test(config)) return;
  throw new CommandError(
    `${CONFIG} has no environment \`newsroom\`. Take that of a folder made by \`feedwright init … --newsroom\`, or deploy without --newsroom.`,
  );
};

/** Everything that wrangler does before it uploads; it needs neither an account nor a network. */
const deployNowhere = async (args: readonly string[]): Promise<boolean> => {
  const folder = await mkdtemp(join(tmpdir(), "feedwright-"));
  try {
    return runWranglerForPeople([...args, "--dry-run", "--outdir", folder], AS_BUILT);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Compiles content/ and uploads the worker to Cloudflare. Nothing is uploaded if the content has an error. */
export const deploy = defineCommand(USAGE, async (args) => {
  const no = { type: "boolean", default: false } as const;
  const { values } = readArguments({ args, options: { newsroom: no, "dry-run": no } }, USAGE);
  requireNode(process.versions.node);
  if (values.newsroom) await requireNewsroom();
  const { report, publication } = await buildContent("deployment");
  printReport(report);
  if (publication === undefined) return false;
  await checkSettings(publication.channel, values.newsroom ? "newsroom" : undefined);
  warnOfSample(publication, { isDeploying: true });
  const command = ["deploy", ...(values.newsroom ? ["--env", "newsroom"] : ["--env="])];
  return values["dry-run"] ? deployNowhere(command) : runWranglerForPeople(command, AS_BUILT);
});

if (import.meta.main) await runCommand(deploy);
