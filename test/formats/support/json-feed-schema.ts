import * as v from "valibot";
import { absoluteHtml, isAbsolute, type Violations } from "./rules.ts";

// JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), strict: a key the standard does not know is an
// error, unless it is an extension.

const text = v.pipe(v.string(), v.nonEmpty());
const url = v.pipe(v.string(), v.check(isAbsolute, "must be an absolute URL"));
const date = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, "must be RFC 3339 in UTC"));
const number = v.pipe(v.number(), v.finite(), v.minValue(0));
const wholeNumber = v.pipe(number, v.safeInteger());
const language = v.pipe(
  v.string(),
  v.check((value) => Intl.getCanonicalLocales(value)[0] === value, "must be BCP 47"),
);
const list = <const Entry extends v.GenericSchema>(entry: Entry) =>
  v.exactOptional(v.pipe(v.array(entry), v.nonEmpty()));

const author = v.strictObject({ name: v.exactOptional(text), url: v.exactOptional(url), avatar: v.exactOptional(url) });

const attachment = v.strictObject({
  url,
  mime_type: text,
  title: v.exactOptional(text),
  size_in_bytes: v.exactOptional(wholeNumber),
  duration_in_seconds: v.exactOptional(wholeNumber),
});

const item = v.pipe(
  v.strictObject({
    id: text,
    url: v.exactOptional(url),
    external_url: v.exactOptional(url),
    title: v.exactOptional(text),
    content_html: v.exactOptional(
      v.pipe(
        text,
        v.check((html) => absoluteHtml(html).length === 0, "must hold no relative URL"),
      ),
    ),
    content_text: v.exactOptional(text),
    summary: v.exactOptional(text),
    image: v.exactOptional(url),
    banner_image: v.exactOptional(url),
    date_published: v.exactOptional(date),
    date_modified: v.exactOptional(date),
    authors: list(author),
    tags: list(text),
    language: v.exactOptional(language),
    attachments: list(attachment),
  }),
  v.check(
    ({ content_html, content_text }) => content_html !== undefined || content_text !== undefined,
    "needs content_html or content_text",
  ),
  v.check(({ tags = [] }) => new Set(tags).size === tags.length, "repeats a tag"),
);

/** A JSON Feed 1.1 document without its extensions. */
const jsonFeedSchema = v.strictObject({
  version: v.literal("https://jsonfeed.org/version/1.1"),
  title: text,
  home_page_url: v.exactOptional(url),
  feed_url: v.exactOptional(url),
  description: v.exactOptional(text),
  user_comment: v.exactOptional(text),
  next_url: v.exactOptional(url),
  icon: v.exactOptional(url),
  favicon: v.exactOptional(url),
  authors: list(author),
  language: v.exactOptional(language),
  expired: v.exactOptional(v.boolean()),
  hubs: list(v.strictObject({ type: text, url })),
  items: v.pipe(
    v.array(item),
    v.check((items) => new Set(items.map(({ id }) => id)).size === items.length, "two items have the same id"),
  ),
});

/** A document that the schema has parsed. */
export type JsonFeedDocument = v.InferOutput<typeof jsonFeedSchema>;

/** Extensions: an underscore and a letter, and no full stop in any key. */
const isExtension = (key: string): boolean => /^_[a-z]/i.test(key) && !key.includes(".");

const withoutExtensions = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutExtensions);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !isExtension(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutExtensions(inner)]));
};

const keysOf = (value: unknown): readonly string[] =>
  typeof value !== "object" || value === null
    ? []
    : [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(keysOf)];

/** Everything in a JSON Feed that version 1.1 forbids, in words. */
export const violationsOfJsonFeed = (document: string): Violations => {
  const value: unknown = JSON.parse(document);
  const result = v.safeParse(jsonFeedSchema, withoutExtensions(value));
  const dotted = keysOf(value).filter((key) => key.includes("."));
  return [
    ...(result.issues ?? []).map((issue) => `${v.getDotPath(issue)}: ${issue.message}`),
    ...dotted.map((key) => `the key ${key} has a full stop`),
  ];
};

/** Parses a JSON Feed, without its extensions; throws if it is not valid. */
export const readJsonFeed = (document: string): JsonFeedDocument =>
  v.parse(jsonFeedSchema, withoutExtensions(JSON.parse(document)));
