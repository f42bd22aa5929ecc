import { VFile } from "vfile";
import { location } from "vfile-location";
import { findDamagedText } from "./damaged-text.ts";
import { findIllegalCharacters } from "./illegal-characters.ts";
import { hasErrors, reportError, reportWarning } from "./messages/messages.ts";

/** Bytes: no text file of content/ is longer. */
export const MAX_TEXT_LENGTH = 1_048_576;

// ignoreBOM: the mark is removed from the text below, so that places count from behind it.
const STRICT = { fatal: true, ignoreBOM: true };
const LENIENT = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });

/** Without a byte order mark, and with line feeds only. */
const normalizeLines = (text: string): string => text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");

const fileOf = (path: string, value: string): VFile => new VFile({ path, value });

/** Whether bytes are UTF-8; with `stream`, their last character may be cut off. */
export const isUtf8 = (bytes: Uint8Array, stream = false): boolean => {
  try {
    new TextDecoder("utf-8", STRICT).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
};

/** The number of bytes before the first that is not UTF-8, found by halving. */
const validLength = (bytes: Uint8Array): number => {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isUtf8(bytes.subarray(0, middle), true)) low = middle;
    else high = middle - 1;
  }
  // A streaming decoder does not object to a character that is cut off at the end: its first byte is the bad one.
  while (low > 0 && !isUtf8(bytes.subarray(0, low))) low--;
  return low;
};

const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

const lastPoint = (text: string) => {
  const lines = text.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
};

/** Decodes as much as can be read of bytes that are not UTF-8, so that the file's other problems are found as well. */
const decodeInvalid = (path: string, bytes: Uint8Array): VFile => {
  const length = validLength(bytes);
  const text = normalizeLines(LENIENT.decode(bytes));
  const isText = !isUtf16(bytes) && !text.includes("\0");
  const file = fileOf(path, isText ? text : "");
  const hex = bytes[length]?.toString(16).toUpperCase();
  const reason = isUtf16(bytes)
    ? "The file is UTF-16. Save it as UTF-8."
    : isText
      ? `The byte 0x${hex} is not UTF-8. Save the file as UTF-8.`
      : "The file is not text. Save it as text in UTF-8, or put it into content/media.";
  const before = isText ? normalizeLines(LENIENT.decode(bytes.subarray(0, length))) : "";
  reportError(file, "not-utf-8", reason, lastPoint(before));
  return file;
};

/** Reports each kind of illegal character once, at its first place: a binary file would have thousands. */
const reportIllegalCharacters = (file: VFile): void => {
  const places = location(file);
  const seen = new Set<string>();
  for (const { name, offset } of findIllegalCharacters(String(file))) {
    if (seen.has(name)) continue;
    seen.add(name);
    reportError(file, "illegal-character", `${name} can't stand in a feed. Delete it.`, places.toPoint(offset));
  }
};

/** Warns of text that was damaged before it came here. What is no UTF-8 has an error already, and stands as U+FFFD. */
const reportDamagedText = (file: VFile): void => {
  if (hasErrors(file)) return;
  const places = location(file);
  for (const { reason, offset } of findDamagedText(String(file))) {
    reportWarning(file, "damaged-text", reason, places.toPoint(offset));
  }
};

/**
 * Decodes a text file into a VFile whose value has line feeds only and no byte order mark. `path` is below content/.
 * Reports a file that is too large or not text (its value is empty then), the first byte that is not UTF-8, and every
 * kind of character that XML 1.0 can't hold; warns of text that was read in the wrong encoding before.
 */
export const decode = (path: string, source: Uint8Array | string): VFile => {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  if (bytes.length > MAX_TEXT_LENGTH) {
    const file = fileOf(path, "");
    const reason = `The file has ${bytes.length} bytes; ${MAX_TEXT_LENGTH} (1 MiB) are the most. Split it.`;
    reportError(file, "too-large", reason);
    return file;
  }
  const file =
    typeof source === "string"
      ? fileOf(path, normalizeLines(source))
      : isUtf8(source)
        ? fileOf(path, normalizeLines(LENIENT.decode(source)))
        : decodeInvalid(path, source);
  reportIllegalCharacters(file);
  reportDamagedText(file);
  return file;
};
