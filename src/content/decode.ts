import type { VFile } from "vfile";
import { location } from "vfile-location";
import { nameIllegal } from "./characters.ts";
import { problem, reportOn } from "./report.ts";

/** Bytes: no story, with its front matter, is longer. */
export const MAX_STORY_LENGTH = 1_048_576;

// ignoreBOM: the mark is removed from the text below, so that places count from behind it.
const STRICT = { fatal: true, ignoreBOM: true };

const lastPoint = (text: string) => {
  const lines = text.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
};

/** The longest beginning that is UTF-8, found by halving. */
const validPrefix = (bytes: Uint8Array): string => {
  const decoder = new TextDecoder("utf-8", STRICT);
  const isValid = (length: number): boolean => {
    try {
      decoder.decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    } finally {
      try {
        decoder.decode();
      } catch {
        // Only resets the decoder: a sequence cut off at `length` is no mistake here.
      }
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isValid(middle)) low = middle;
    else high = middle - 1;
  }
  return new TextDecoder().decode(bytes.subarray(0, low));
};

/**
 * Turns the bytes of a text file into a VFile whose value has line feeds only and no byte order mark.
 * Notes a file that is too large, that is not UTF-8, and every kind of character XML 1.0 can't carry.
 */
export const decode = (path: string, source: Uint8Array | string): VFile => {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  if (bytes.length > MAX_STORY_LENGTH) {
    const file = reportOn(path, "");
    problem(
      file,
      "too-large",
      `The file has ${bytes.length} bytes; ${MAX_STORY_LENGTH} (1 MiB) is the most. Split it.`,
    );
    return file;
  }
  if (typeof source !== "string") {
    try {
      new TextDecoder("utf-8", STRICT).decode(source);
    } catch {
      const good = validPrefix(source).replace(/\r\n?/g, "\n");
      const file = reportOn(path, good);
      problem(file, "not-utf-8", "This byte is not UTF-8. Save the file as UTF-8.", lastPoint(good));
      return file;
    }
  }
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  const file = reportOn(path, text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n"));
  reportIllegalCharacters(file);
  return file;
};

/** Notes each kind of illegal character once, at its first place: a binary file would have thousands. */
const reportIllegalCharacters = (file: VFile): void => {
  const places = location(file);
  const seen = new Set<string>();
  for (const { name, offset } of nameIllegal(String(file))) {
    if (seen.has(name)) continue;
    seen.add(name);
    problem(file, "illegal-character", `${name} can't stand in XML. Delete it.`, places.toPoint(offset));
  }
};
