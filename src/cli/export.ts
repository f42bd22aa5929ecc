import { defineCommand, readArguments, runCommand } from "./command.ts";
import { exportNewsroom } from "./newsroom/export-newsroom.ts";
import { createNewsroomClient } from "./newsroom/newsroom-client.ts";

const USAGE = "Usage: npm run export -- --from https://example.org [--into folder]";

/** Writes every story and media file of a newsroom into a new or empty folder. */
export const exportStories = defineCommand(USAGE, async (args) => {
  const options = { from: { type: "string" }, into: { type: "string", default: "export" } } as const;
  const { values } = readArguments({ args, options, allowPositionals: true }, USAGE);
  return exportNewsroom(createNewsroomClient(values.from), values.into);
});

if (import.meta.main) await runCommand(exportStories);
