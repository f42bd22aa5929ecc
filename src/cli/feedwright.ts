import { join } from "node:path";
import { quote } from "../content/messages/messages.ts";
import { suggest } from "../content/messages/suggest.ts";
import { type Command, CommandError } from "./command.ts";
import { requireOneVersion } from "./files/one-version.ts";
import { PACKAGE_FOLDER } from "./files/package-folder.ts";
import { readJson, textOf } from "./files/read-json.ts";

/** Each command: what it is for, and how it is loaded, so that `--help` needs nothing of the others. */
const COMMANDS: Readonly<Record<string, { readonly about: string; readonly load: () => Promise<Command> }>> = {
  init: { about: "make a publication in a new folder", load: async () => (await import("./init.ts")).init },
  start: { about: "serve content/ on this machine", load: async () => (await import("./start.ts")).start },
  check: { about: "say what is wrong in content/", load: async () => (await import("./check.ts")).check },
  build: { about: "compile content/ for the worker", load: async () => (await import("./build.ts")).build },
  deploy: { about: "put the worker on Cloudflare", load: async () => (await import("./deploy.ts")).deploy },
  new: { about: "begin a story", load: async () => (await import("./new.ts")).newStory },
  release: { about: "publish a draft", load: async () => (await import("./release.ts")).release },
  publish: { about: "send stories to a newsroom", load: async () => (await import("./publish.ts")).publish },
  sync: { about: "send all of content/ to a newsroom", load: async () => (await import("./sync.ts")).sync },
  export: {
    about: "write a newsroom's stories to files",
    load: async () => (await import("./export.ts")).exportStories,
  },
  editor: { about: "editors of a newsroom", load: async () => (await import("./editor.ts")).editor },
  hub: { about: "subscribers of the hub", load: async () => (await import("./hub.ts")).hub },
  partner: { about: "contracts with partners", load: async () => (await import("./partner.ts")).partner },
  "start:newsroom": {
    about: "serve the newsroom on this machine",
    load: async () => (await import("./start-newsroom.ts")).startNewsroom,
  },
};

const USAGE = `Usage: feedwright COMMAND [--help]
       feedwright --version
${Object.entries(COMMANDS)
  .map(([name, { about }]) => `  ${name.padEnd(15)} ${about}`)
  .join("\n")}`;

/** Runs the command that the first argument names. */
export const feedwright: Command = async ([name = "--help", ...args]) => {
  if (name === "--help" || name === "-h") {
    console.log(USAGE);
    return true;
  }
  if (name === "--version") {
    console.log(textOf(await readJson(join(PACKAGE_FOLDER, "package.json")), "version"));
    return true;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined)
    throw new CommandError(`There is no command ${quote(name)}.${suggest(name, Object.keys(COMMANDS))}\n${USAGE}`);
  // A folder that is being made has no worker yet.
  if (name !== "init" && !args.includes("--help")) await requireOneVersion(process.cwd());
  return (await command.load())(args);
};
