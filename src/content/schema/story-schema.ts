import * as v from "valibot";
import { isRecord } from "../../lib/is-record.ts";
import { type MappingSchema, mapping } from "./mapping.ts";
import { usage } from "./usage.ts";
import {
  expected,
  flag,
  id,
  instant,
  key,
  language,
  list,
  mediaType,
  text,
  textOrEmpty,
  url,
  wholeNumber,
  yesOrNo,
} from "./values.ts";

const image = mapping(
  {
    src: text,
    alt: textOrEmpty,
    credit: v.exactOptional(text),
    type: v.exactOptional(mediaType),
    width: v.exactOptional(wholeNumber(1, 100_000)),
    height: v.exactOptional(wholeNumber(1, 100_000)),
    distributable: v.exactOptional(flag),
  },
  {
    src: "Name a file such as media/x.jpg, or an https URL.",
    alt: 'Say what the picture shows, or write alt: "" if it is decoration.',
  },
);

const YEAR_SECONDS = 31_536_000;

const DURATION_MESSAGE = "must be a number of seconds, such as 61, of a year at most.";
const duration = v.pipe(
  v.number(expected(DURATION_MESSAGE)),
  v.minValue(0, DURATION_MESSAGE),
  v.maxValue(YEAR_SECONDS, DURATION_MESSAGE),
);

const attachment = mapping(
  {
    src: text,
    type: v.exactOptional(mediaType),
    length: v.exactOptional(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
    duration: v.exactOptional(duration),
    title: v.exactOptional(text),
    distributable: v.exactOptional(flag),
  },
  { src: "Name a file such as media/x.mp3, or an https URL." },
);

/** What is said of a picture in the text. */
const picture = mapping(
  { src: text, distributable: flag },
  {
    src: "Name the picture as the text does, such as media/x.jpg.",
    distributable: "Write false if the picture must not leave the site.",
  },
);

/** An author, as site.yaml and front matter write it. */
export const author = mapping(
  {
    name: text,
    url: v.exactOptional(url),
    email: v.exactOptional(v.pipe(text, v.email("must be an e-mail address, such as desk@example.org."))),
    type: v.exactOptional(v.picklist(["person", "organization"], expected("must be person or organization."))),
  },
  { name: "Write it as readers should see it." },
);

const FEEDS_MESSAGE = "must be false (no feed has the story), or a list of feeds of site.yaml, such as [culture].";

/** The only feeds that have a story: of `false`, none. */
const feeds = v.pipe(
  v.lazy((input) => (Array.isArray(input) ? list(key) : v.literal(false, expected(FEEDS_MESSAGE)))),
  v.check((value) => value === false || value.length > 0, FEEDS_MESSAGE),
  v.transform((value) => (value === false ? [] : value)),
);

/** The schema of a story's front matter, which docs/writing.md describes for writers. */
export const storySchema = {
  entries: {
    id,
    title: v.exactOptional(textOrEmpty),
    published: instant,
    updated: v.exactOptional(instant),
    slug: v.exactOptional(key),
    authors: v.exactOptional(list(v.lazy((input) => (isRecord(input) ? author : text)))),
    section: v.exactOptional(text),
    tags: v.exactOptional(list(text)),
    summary: v.exactOptional(text),
    image: v.exactOptional(image),
    attachments: v.exactOptional(list(attachment)),
    pictures: v.exactOptional(list(picture)),
    language: v.exactOptional(language),
    translationOf: v.exactOptional(id),
    aliases: v.exactOptional(list(key)),
    canonical: v.exactOptional(url),
    source: v.exactOptional(
      mapping(
        { title: text, url: v.exactOptional(url), author: v.exactOptional(text) },
        { title: "Name the publication." },
      ),
    ),
    license: v.exactOptional(url),
    usage: v.exactOptional(usage),
    republish: v.exactOptional(yesOrNo),
    feeds: v.exactOptional(feeds),
    draft: v.exactOptional(flag),
    expires: v.exactOptional(instant),
    withdrawn: v.exactOptional(
      mapping({ at: instant, reason: text }, { at: "Say since when.", reason: "Tell readers why, in a sentence." }),
    ),
    corrections: v.exactOptional(
      list(mapping({ at: instant, note: text }, { at: "Say when.", note: "Tell readers what was put right." })),
    ),
  },
  hints: {
    id: "Add a permanent one, such as tag:example.org,2026:my-story; `npm run new` writes one.",
    published: "Write when it appears, such as 2026-11-22T18:00:00Z.",
  },
  // What Hugo, Jekyll, Eleventy, Ghost and Astro call them.
  foreignNames: new Map([
    ["date", "published"],
    ["pubdate", "published"],
    ["publishdate", "published"],
    ["lastmod", "updated"],
    ["modified", "updated"],
    ["author", "authors"],
    ["category", "section"],
    ["categories", "tags"],
    ["keywords", "tags"],
    ["description", "summary"],
    ["excerpt", "summary"],
    ["cover", "image"],
    ["permalink", "slug"],
    ["guid", "id"],
    ["lang", "language"],
    ["redirect_from", "aliases"],
    ["canonical_url", "canonical"],
    ["expirydate", "expires"],
  ]),
} satisfies MappingSchema<v.ObjectEntries>;

const { published: _, ...draftHints } = storySchema.hints;

/** The schema of a draft's front matter: it needs no date yet. */
export const draftSchema = {
  ...storySchema,
  entries: { ...storySchema.entries, published: v.exactOptional(instant) },
  hints: draftHints,
} satisfies MappingSchema<v.ObjectEntries>;

/** Valid front matter, before its references are resolved. Only that of a draft may have no date. */
export type StoryData = v.InferOutput<v.ObjectSchema<typeof draftSchema.entries, undefined>>;
