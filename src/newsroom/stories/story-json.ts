import { refuse } from "../../http/api-response.ts";
import { isRecord } from "../../lib/is-record.ts";
import { frontMatterLines } from "./front-matter-lines.ts";

/**
 * A story that was sent as JSON, as its file would be: the keys of front matter, and `text` with the Markdown. Places in
 * messages are those of that file. Gives the refusal where it is no such JSON.
 */
export const stringifyStory = (bytes: Uint8Array): Uint8Array | Response => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch (error) {
    return refuse(400, `This is not JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(value))
    return refuse(400, "Send an object with the keys of front matter, and `text` with the Markdown.");
  const { text = "", ...frontMatter } = value;
  if (typeof text !== "string") return refuse(400, "`text` must be a string: the story in Markdown.");
  return new TextEncoder().encode(`---\n${frontMatterLines(frontMatter)}---\n\n${text}\n`);
};
