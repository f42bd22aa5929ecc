import { isStory } from "../content/file-kinds.ts";

/** How many bytes file systems allow the name of a file or folder, wherever content is exported to. */
const MAX_NAME_BYTES = 255;

/** Whether each part of a path can be the name of a file or folder: not empty and not too long. */
export const hasValidFileNames = (path: string): boolean =>
  path.split("/").every((part) => part !== "" && new TextEncoder().encode(part).byteLength <= MAX_NAME_BYTES);

/**
 * A relative path that ends in `.md`: no control characters or surrogates, no ? # \, no part that is empty or begins
 * with a dot.
 */
const PATH_PATTERN = /^(?!\/)(?!.*(?:^|\/)\.)(?!.*\/\/)[^\p{Cc}\p{Cs}\\?#]{1,300}\.md$/iu;

/**
 * Whether a story's file can have this path below content/: not in media/, and in no folder whose name ends in `.md`.
 */
export const isStoryPath = (path: string): boolean =>
  PATH_PATTERN.test(path) && isStory(path) && !/\.md\//i.test(path) && hasValidFileNames(path);
