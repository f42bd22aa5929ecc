// file-type reads the names in files with these. The package brings tables and decoders of its own.

type Encoding = "ascii" | "latin1" | "utf-8";

/** Decodes text as the package does. */
export const textDecode = (bytes: Uint8Array, encoding: Encoding = "utf-8"): string =>
  encoding === "utf-8" ? new TextDecoder().decode(bytes) : Buffer.from(bytes).toString(encoding);

/** Encodes text as the package does; in `ascii`, text of ASCII only. */
export const textEncode = (text = "", encoding: Encoding = "utf-8"): Uint8Array =>
  new Uint8Array(Buffer.from(text, encoding));
