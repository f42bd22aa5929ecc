import { relative, sep } from "node:path";
import { isStory } from "../../content/file-kinds.ts";
import { CommandError } from "../command.ts";
import { CONTENT } from "./compile-folder.ts";

/** The path below content/ of a story that is named on the command line. Throws CommandError with the usage if it is none. */
export const storyPath = (file: string, usage: string): string => {
  const path = relative(CONTENT, file).split(sep).join("/");
  if (path.startsWith("..") || !isStory(path)) throw new CommandError(`${file} is no story of ${CONTENT}/.\n${usage}`);
  return path;
};
