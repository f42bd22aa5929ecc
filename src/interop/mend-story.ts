import type { VFile } from "vfile";
import { withoutIllegalCharacters } from "../content/illegal-characters.ts";
import { splitSource, textBelow } from "../content/story/edit-front-matter.ts";
import { readHtmlBody } from "../content/story/html-body.ts";
import { parseStory } from "../content/story/story.ts";
import { pathOfPlace } from "../content/yaml/yaml.ts";
import { isRecord } from "../lib/is-record.ts";
import { mendHtml, toParagraph } from "./mend-html.ts";
import { writeStory } from "./story-source.ts";

/** Keys that a story can do without. */
const OPTIONAL_KEYS = ["attachments", "authors", "canonical", "image", "summary", "tags", "updated"];

/** Rules whose errors are of the text as a whole: nothing in it is left out for them. */
const WHOLE_RULES = ["too-large", "too-tangled"];

const withoutIllegal = (value: unknown): unknown => {
  if (typeof value === "string") return withoutIllegalCharacters(value);
  if (Array.isArray(value)) return value.map(withoutIllegal);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutIllegal(one)]));
};

/**
 * The source of an item's story without what the errors of `file`, which is `source` compiled, are about: keys that it can do without,
 * addresses and files in its HTML, characters that no feed can hold. Undefined if the errors are of another kind.
 */
export const mendStory = (path: string, source: string, file: VFile): string | undefined => {
  const { yaml } = parseStory(path, source);
  const errors = file.messages.filter(({ fatal }) => fatal === true);
  if (yaml === undefined || errors.some(({ ruleId }) => WHOLE_RULES.includes(ruleId ?? ""))) return undefined;
  const wrong = errors.map(({ place }) => pathOfPlace(place)?.[0]);
  const keys = Object.entries(yaml.data)
    .filter(([key]) => !OPTIONAL_KEYS.includes(key) || !wrong.includes(key))
    .map(([key, value]) => [key, withoutIllegal(value)]);
  const body = textBelow(splitSource(new TextEncoder().encode(source)).rest);
  return writeStory(Object.fromEntries(keys), mendHtml(readHtmlBody(body)));
};

/** The source of a story that has its title for a text. */
export const titleAsText = (path: string, source: string): string => {
  const { data = {} } = parseStory(path, source).yaml ?? {};
  return writeStory(data, toParagraph(String(data.title ?? "")));
};
