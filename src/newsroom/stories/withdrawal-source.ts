import { splitSource, writeFrontMatter } from "../../content/story/edit-front-matter.ts";
import { parseStory } from "../../content/story/story.ts";
import type { Instant } from "../../model/instant.ts";
import { toIsoSeconds } from "./iso-seconds.ts";

/**
 * Adds the key `withdrawn` to a story's source and leaves everything else as it is. Front matter to which no line can
 * be added, such as `{ … }`, is written anew, one key on each line. `path` is the story's path below content/.
 */
export const addWithdrawal = (path: string, source: Uint8Array, at: Instant, reason: string): Uint8Array => {
  const { keys, rest } = splitSource(source);
  const line = `withdrawn: { at: ${toIsoSeconds(at)}, reason: ${JSON.stringify(reason)} }\n`;
  const withLine = new TextEncoder().encode([...keys, line, ...rest].join(""));
  if (parseStory(path, withLine).completeData?.withdrawn !== undefined) return withLine;
  const data = parseStory(path, source).yaml?.data ?? {};
  const lines = writeFrontMatter({ ...data, withdrawn: { at: toIsoSeconds(at), reason } });
  return new TextEncoder().encode(`---\n${lines}${rest.join("")}`);
};
