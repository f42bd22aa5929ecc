import { createHash } from "node:crypto";

/** SHA-256 in hex: the form in which the database knows sources, media files and tokens. */
export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
