import { createHash } from "node:crypto";

/** SHA-256 in hex, by which the newsroom knows a story's source and a media file. */
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
