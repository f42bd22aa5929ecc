import * as v from "valibot";
import { isBasePath, siteAddress } from "../../model/address.ts";
import { BUILT_IN_HUB } from "../../model/channel.ts";
import { SIGNATURE_METHODS } from "../../model/signature-method.ts";
import { suggest } from "../messages/suggest.ts";
import { accent, fonts, links } from "./appearance.ts";
import { type MappingSchema, mapping, table } from "./mapping.ts";
import { author } from "./story-schema.ts";
import { terms } from "./terms.ts";
import { usage } from "./usage.ts";
import {
  expected,
  flag,
  id,
  key,
  language,
  list,
  text,
  timeZone,
  url,
  webUrl,
  wholeNumber,
  yesOrNo,
} from "./values.ts";
import { words } from "./words.ts";

const externalHub = webUrl("must be built-in, or the absolute http or https URL of a hub elsewhere.");

/** A WebSub hub: the site's own, or the URL of another. */
const hub = v.lazy((value) => (value === BUILT_IN_HUB ? v.literal(BUILT_IN_HUB) : externalHub));

/** How the built-in hub signs. `SHA-256` and `hmac-sha256` are close enough to be suggested. */
const signature = v.picklist(SIGNATURE_METHODS, ({ received, input }) =>
  received === "null"
    ? expected("")({ received })
    : `must be ${SIGNATURE_METHODS.slice(0, -1).join(", ")} or ${SIGNATURE_METHODS.at(-1)}.${suggest(String(input).replace(/^hmac\W*|\W/gi, ""), SIGNATURE_METHODS)}`,
);

const YEAR_SECONDS = 31_536_000;

const siteUrl = v.pipe(
  url,
  v.check((value) => {
    const { pathname, search, hash } = new URL(value);
    return isBasePath(pathname) && search === "" && hash === "";
  }, "must be the site's address only, such as https://example.org or https://example.org/news."),
  v.transform((value) => siteAddress(new URL(value))),
);

const path = v.pipe(
  v.string(expected("must be a path, such as /feed.xml.")),
  v.regex(/^\/(?!\/)[^?#\s\\]*$/, "must be a path that begins with one /, without ? and #."),
);

const TARGET_MESSAGE = "must be a path such as /rss.xml, or an absolute http or https URL.";

/** A path of this site or an absolute URL. */
const target = v.pipe(
  v.string(expected(TARGET_MESSAGE)),
  v.check((value) => v.is(path, value) || v.is(url, value), TARGET_MESSAGE),
  v.transform((value) => (value.startsWith("/") ? value : new URL(value).href)),
);

/** A feed with a name: which stories it holds. */
const namedFeed = mapping(
  { title: text, include: v.optional(terms, {}), exclude: v.optional(terms, {}) },
  { title: "Name it for readers." },
);

/** The schema of site.yaml, which docs/writing.md describes for publishers. */
export const siteSchema = {
  entries: {
    id: v.pipe(
      id,
      v.regex(/^(tag|https?):/, "must be a tag: URI or an http(s) URL: the ids of all feeds are built on it."),
    ),
    url: siteUrl,
    title: text,
    description: text,
    language,
    timeZone: v.optional(timeZone, "UTC"),
    authors: v.optional(table(key, author, "must be keys with authors, such as { news-desk: { name: … } }."), {}),
    sections: v.optional(table(key, text, "must be keys with titles, such as { world: World }."), {}),
    feeds: v.optional(table(key, namedFeed, "must be keys with feeds, such as { culture: { title: Culture } }."), {}),
    rights: v.exactOptional(text),
    license: v.exactOptional(url),
    usage: v.exactOptional(usage),
    republish: v.exactOptional(yesOrNo),
    image: v.exactOptional(text),
    icon: v.exactOptional(text),
    logo: v.exactOptional(text),
    accent: v.exactOptional(accent),
    fonts: v.exactOptional(fonts),
    menu: v.exactOptional(links(target)),
    footer: v.exactOptional(links(target)),
    markdown: v.exactOptional(flag),
    hubs: v.optional(list(hub), []),
    signature: v.optional(signature, "sha256"),
    redirects: v.optional(table(path, target, "must be old paths with new ones, such as { /old.xml: /rss.xml }."), {}),
    feedLength: v.optional(wholeNumber(1, 1000), 20),
    deltas: v.optional(flag, true),
    feedPages: v.optional(flag, true),
    noticeDays: v.optional(wholeNumber(0, 366), 14),
    freshness: v.optional(
      mapping({
        maxAge: v.optional(wholeNumber(0, YEAR_SECONDS), 300),
        staleWhileRevalidate: v.optional(wholeNumber(0, YEAR_SECONDS), 60),
        staleIfError: v.optional(wholeNumber(0, YEAR_SECONDS), 86_400),
      }),
      {},
    ),
    words: v.optional(words, {}),
  },
  hints: {
    id: "Add a permanent one, such as tag:example.org,2026:feeds.",
    url: "Write the site's address, such as https://example.org.",
    title: "Name the publication.",
    description: "Say in a sentence what readers find here (RSS requires it).",
    language: 'Write the language of the stories, such as "en".',
  },
} satisfies MappingSchema<v.ObjectEntries>;
