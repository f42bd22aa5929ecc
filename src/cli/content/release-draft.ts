import { decode } from "../../content/decode.ts";
import { hasErrors, type Place } from "../../content/messages/messages.ts";
import { parseStory } from "../../content/story/story.ts";

/** A part of a text, in UTF-16 units, and what comes in its place. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Range = Omit<Edit, "text">;

const rangeOf = (place: Place): Range =>
  "start" in place
    ? { start: place.start.offset ?? 0, end: place.end.offset ?? 0 }
    : { start: place.offset ?? 0, end: place.offset ?? 0 };

/** What takes the key `draft` away: its whole line; only itself before a comment; in a mapping on one line, its value. */
const removeDraft = (text: string, key: Range, value: Range): Edit => {
  const lineStart = text.lastIndexOf("\n", key.start - 1) + 1;
  const lineEnd = text.indexOf("\n", value.end);
  const rest = text.slice(value.end, lineEnd);
  if (key.start !== lineStart || !/^[ \t]*(?:#.*)?$/.test(rest)) return { ...value, text: "false" };
  const comment = rest.indexOf("#");
  return { start: lineStart, end: comment === -1 ? lineEnd + 1 : value.end + comment, text: "" };
};

/** The edits that release a story; offsets are those of its text as the compiler reads it. */
const editsOf = (path: string, source: Uint8Array, date: string): readonly Edit[] => {
  const { yaml, file } = parseStory(path, source);
  if (yaml === undefined) return [];
  const text = String(file);
  const line = `published: ${date}`;
  const has = (key: string): boolean => Object.hasOwn(yaml.data, key);
  const key = rangeOf(yaml.placeOfKey(["draft"]));
  const value = rangeOf(yaml.placeOf(["draft"]));
  if (has("published")) {
    const former = rangeOf(yaml.placeOf(["published"]));
    return [{ ...former, text: date }, ...(has("draft") ? [removeDraft(text, key, value)] : [])];
  }
  if (has("draft")) return [{ start: key.start, end: value.end, text: line }];
  const start = text.indexOf("\n") + 1;
  return [{ start, end: start, text: `${line}\n` }];
};

/**
 * A story's file without `draft` and with this date as `published`; everything else stays as it is, to the byte. `path` is
 * below content/. A file that is no text, or whose front matter can't be parsed, stays as it is.
 */
export const releaseDraft = (path: string, source: Uint8Array, date: string): Uint8Array => {
  if (hasErrors(decode(path, source))) return source;
  const original = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(source);
  const lineEnd = /\r\n?|\n/.exec(original)?.[0] ?? "\n";
  const isMarked = original.startsWith("\uFEFF");
  // The compiler reads the text without a byte order mark, and CRLF as one line feed.
  const toOriginal = (offset: number): number => {
    let at = isMarked ? 1 : 0;
    for (let count = 0; count < offset; count++) at += original.startsWith("\r\n", at) ? 2 : 1;
    return at;
  };
  const released = editsOf(path, source, date)
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, edit) =>
        text.slice(0, toOriginal(edit.start)) + edit.text.replace("\n", lineEnd) + text.slice(toOriginal(edit.end)),
      original,
    );
  return new TextEncoder().encode(released);
};
