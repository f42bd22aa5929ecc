import { isRecord } from "../content/is-record.ts";
import { refuse } from "./answer.ts";

// JSON is YAML, but JavaScript lets U+2028 and U+2029 stand in it as they are.
const yamlOf = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u2028\u2029]/g, (end) => (end === "\u2028" ? "\\u2028" : "\\u2029"));

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
  const keys = Object.entries(frontMatter).map(([key, one]) => `${yamlOf(key)}: ${yamlOf(one)}\n`);
  return new TextEncoder().encode(`---\n${keys.join("")}---\n\n${text}\n`);
};
