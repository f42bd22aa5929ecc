import { raw } from "hast-util-raw";
import { writeHtmlBody } from "../content/story/html-body.ts";
import { plainText } from "../lib/plain-text.ts";
import { toYamlValue } from "../lib/yaml-value.ts";

// Writes stories from other systems as sources of a content folder. Nothing is checked here: `compile` does that, which is the
// only way into the model. It sanitises the HTML and reports with file and line what a publication can't contain.

const hasContent = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);

/** Copies a mapping without the keys whose value is undefined, null, empty text or an empty list. */
export const omitEmpty = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => hasContent(value)));

/** Writes a YAML mapping, one key a line, without the keys that `omitEmpty` leaves out. */
export const writeYaml = (data: Readonly<Record<string, unknown>>): string =>
  Object.entries(omitEmpty(data))
    .map(([key, value]) => `${key}: ${toYamlValue(value)}\n`)
    .join("");

/** Writes a story's source whose body is HTML. */
export const writeStory = (frontMatter: Readonly<Record<string, unknown>>, html: string): string =>
  `---\n${writeYaml(frontMatter)}---\n\n${writeHtmlBody(html)}\n`;

/** The text of HTML on one line; undefined if it is nested too deep to be parsed. */
export const textOfHtml = (html: string): string | undefined => {
  try {
    return plainText(raw({ type: "root", children: [{ type: "raw", value: html }] }));
  } catch (error) {
    // Nested deeper than the stack allows. `compile` reports that for the body.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const decodeSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const slugFrom = (text: string): string => {
  const slug = text
    .normalize("NFC")
    .replace(/\.(html?|php|aspx?)$/i, "")
    .replace(/[^\p{L}\p{M}\p{N}._~-]+/gu, "-")
    .replace(/^[^\p{L}\p{N}]+|-+$/gu, "");
  return [...slug].slice(0, 100).join("");
};

/** Returns a slug: made of the last segment of the link's path, otherwise of the title, with a number if it is taken. */
export const slugFor = (link: string, title: string, isTaken: (slug: string) => boolean): string => {
  const path = URL.canParse(link) ? new URL(link).pathname : "";
  const segment = decodeSegment(path.split("/").findLast((part) => part !== "") ?? "");
  const slug = slugFrom(segment) || slugFrom(title) || "story";
  let unique = slug;
  for (let count = 2; isTaken(unique); count++) unique = `${slug}-${count}`;
  return unique;
};
