import { raw } from "hast-util-raw";
import { toString as textOf } from "hast-util-to-string";
import { toYamlValue } from "../lib/yaml-value.ts";

// Writes what comes from elsewhere as the sources of a content folder. Nothing is checked here: `compile` is the
// only door into the model, it sanitises the HTML and says with file and line what a publication can't carry.

const isEmptyValue = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);

/** A copy without the keys that say nothing: absent, empty text or an empty list. */
export const omitEmpty = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => isEmptyValue(value)));

/** A YAML mapping, a key a line. */
export const writeYaml = (data: Readonly<Record<string, unknown>>): string =>
  Object.entries(omitEmpty(data))
    .map(([key, value]) => `${key}: ${toYamlValue(value)}\n`)
    .join("");

/**
 * A story's source with HTML for a body. To Markdown, `<body>` begins a block that it leaves alone up to the
 * first blank line; HTML parsers and the sanitiser pass over the tag. Blank lines become references to a line
 * feed, which are the same text.
 */
export const writeStory = (frontMatter: Readonly<Record<string, unknown>>, html: string): string =>
  `---\n${writeYaml(frontMatter)}---\n\n<body>\n${html.replace(/\r\n?/g, "\n").replace(/^([ \t]*)\n/gm, "$1&#10;")}\n`;

/** What people read of HTML, on one line; nothing where it can't be read. */
export const plainText = (html: string): string | undefined => {
  try {
    const text = textOf(raw({ type: "root", children: [{ type: "raw", value: html }] }));
    return text.replace(/[\t\n\r ]+/g, " ").trim();
  } catch (error) {
    // Nested deeper than the stack is. The body is judged by `compile`, which says so.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const decode = (segment: string): string => {
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

/** A name for URLs and files: the last part of the link's path, else the title, and a number where it is taken. */
export const slugFor = (link: string, title: string, isTaken: (slug: string) => boolean): string => {
  const path = URL.canParse(link) ? new URL(link).pathname : "";
  const last = decode(path.split("/").findLast((segment) => segment !== "") ?? "");
  const slug = slugFrom(last) || slugFrom(title) || "story";
  let unique = slug;
  for (let count = 2; isTaken(unique); count++) unique = `${slug}-${count}`;
  return unique;
};
