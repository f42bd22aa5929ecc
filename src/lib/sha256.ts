import { hash } from "node:crypto";

/** SHA-256 in hexadecimal: the form in which the database holds digests of sources, media files and tokens. */
export const sha256 = (content: string | Uint8Array): string => hash("sha256", content, "hex");
