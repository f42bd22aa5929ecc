/** How many bytes file systems allow the name of a file or folder, wherever content is exported to. */
const MAX_NAME_BYTES = 255;

/** Whether each part of a path can be the name of a file or folder: not empty and not too long. */
export const hasValidFileNames = (path: string): boolean =>
  path.split("/").every((part) => part !== "" && new TextEncoder().encode(part).byteLength <= MAX_NAME_BYTES);
