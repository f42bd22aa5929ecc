/** Bytes that the name of a file or folder may have, wherever it is exported to. */
const MAX_NAME_BYTES = 255;

/** Whether each part of a path may be the name of a file or folder: not empty, and not too long. */
export const hasFileNames = (path: string): boolean =>
  path.split("/").every((part) => part !== "" && new TextEncoder().encode(part).byteLength <= MAX_NAME_BYTES);
