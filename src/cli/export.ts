import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { encodePath } from "../model/address.ts";
import { readArguments, runCommand } from "./command.ts";
import { Complaint } from "./complaint.ts";
import { openNewsroom } from "./newsroom-client.ts";
import { createProgress } from "./progress.ts";

const USAGE = "Usage: npm run export -- --from https://example.org [--into folder]";

/** Where a file goes; a Complaint where its path would lead out of the folder. */
const within = (folder: string, path: string): string => {
  const target = resolve(folder, path);
  if (!target.startsWith(`${resolve(folder)}${sep}`)) throw new Complaint(`${path} would lie outside of ${folder}/.`);
  return target;
};

const exportAll = async (): Promise<boolean> => {
  const { values } = readArguments({ from: { type: "string" }, into: { type: "string", default: "export" } }, USAGE);
  const newsroom = openNewsroom(values.from);
  const stories = await newsroom.stories();
  const media = await newsroom.media();
  const wanted = [
    ...stories.map(({ path, slug }) => ({ path, address: `/api/items/${encodeURIComponent(slug)}` })),
    ...media.map(({ path }) => ({ path, address: `/api/${encodePath(path)}` })),
  ];
  const progress = createProgress(wanted.length);
  for (const { path, address } of wanted) {
    const response = await newsroom.ask("GET", address, undefined, { accept: "text/markdown, */*;q=0.1" });
    if (!response.ok) throw new Complaint(`${path}: ${response.status} ${await response.text()}`);
    const target = within(values.into, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, new Uint8Array(await response.arrayBuffer()));
    progress.step();
  }
  console.log(`${stories.length} stories and ${media.length} media files are in ${values.into}/.`);
  return true;
};

await runCommand(exportAll);
