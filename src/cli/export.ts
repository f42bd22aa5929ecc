import { readArguments, runCommand } from "./command.ts";
import { exportNewsroom } from "./newsroom/export-newsroom.ts";
import { openNewsroom } from "./newsroom/newsroom-client.ts";

const USAGE = "Usage: npm run export -- --from https://example.org [--into folder]";

await runCommand(async () => {
  const { values } = readArguments({ from: { type: "string" }, into: { type: "string", default: "export" } }, USAGE);
  return exportNewsroom(openNewsroom(values.from), values.into);
});
