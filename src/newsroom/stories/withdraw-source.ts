import { parseStory } from "../../content/story/story.ts";
import { isRecord } from "../../lib/is-record.ts";
import type { Instant } from "../../model/instant.ts";
import { frontMatterLines } from "./front-matter-lines.ts";

const LINE = /([^\r\n]*)(\r\n|\r|\n|$)/g;

/** Where the second line `---` begins, whatever ends the lines. */
const endOfFrontMatter = (text: string): number | undefined => {
  let marks = 0;
  for (const { 0: whole, 1: line = "", index } of text.matchAll(LINE)) {
    if (/^\uFEFF?---[ \t]*$/.test(line) && ++marks === 2) return index;
    if (whole === "") return undefined;
  }
  return undefined;
};

const isoOf = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/**
 * A story's source with `withdrawn` among its keys, and everything else as it was. Front matter that is one value, such as
 * `{ … }`, is written anew, a key a line.
 */
export const withdrawSource = (path: string, source: Uint8Array, at: Instant, reason: string): Uint8Array => {
  const text = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(source);
  const end = endOfFrontMatter(text) ?? text.length;
  const line = `withdrawn: { at: ${isoOf(at)}, reason: ${JSON.stringify(reason)} }\n`;
  const longer = new TextEncoder().encode(text.slice(0, end) + line + text.slice(end));
  if (parseStory(path, longer).completeData?.withdrawn !== undefined) return longer;
  const { yaml } = parseStory(path, source);
  const keys: Readonly<Record<string, unknown>> = isRecord(yaml?.data) ? yaml.data : {};
  const lines = frontMatterLines({ ...keys, withdrawn: { at: isoOf(at), reason } });
  return new TextEncoder().encode(`---\n${lines}${text.slice(end)}`);
};
