import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { type BuildReport, buildContent, notBuilt, printReport } from "./content/build-content.ts";
import { isBuiltAlready, isReportExpected, sendReport, showsDrafts } from "./wrangler/rebuild-reports.ts";

const USAGE = "Usage: npm run build";

/** A build whose errors are part of its report, whatever they are. */
const rebuild = async (): Promise<BuildReport> => {
  try {
    return (await buildContent(showsDrafts() ? "drafts" : "serving")).report;
  } catch (error) {
    if (error instanceof CommandError) return notBuilt(error.message);
    return notBuilt(error instanceof Error ? String(error.stack) : String(error));
  }
};

/** Compiles content/ for wrangler: before a deployment, and while `npm start` serves whenever content/ has changed. */
export const build = defineCommand(USAGE, async (args) => {
  readArguments({ args }, USAGE);
  if (isBuiltAlready()) return true;
  if (isReportExpected()) {
    await sendReport(await rebuild());
    // wrangler ends if its build command fails, and the last good edition should stay up.
    return true;
  }
  const { report } = await buildContent("deployment");
  printReport(report);
  return report.isBuilt;
});

if (import.meta.main) await runCommand(build);
