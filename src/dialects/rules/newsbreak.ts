import type { DialectRules } from "./rule.ts";
import { hasPicture, ofKey, partnerImage, unless } from "./story-parts.ts";

const FAQ = "https://support.newsbreak.com/publisher-faq";
const READ_ON = "2026-11-26";

/** What NewsBreak asks of articles, as far as its FAQ says: only its partners get the specification. */
export const newsbreakRules: DialectRules = {
  name: "newsbreak",
  rules: [
    {
      name: "newsbreak/picture",
      level: "must",
      source: FAQ,
      readOn: READ_ON,
      findBreaches: (item) =>
        unless(
          hasPicture(item),
          ofKey("image", "NewsBreak pauses feeds that have articles without pictures. Add an `image`."),
        ),
    },
    {
      name: "newsbreak/language",
      level: "must",
      source: FAQ,
      readOn: READ_ON,
      findBreaches: ({ language }, channel) => {
        const tag = language ?? channel.language;
        const message = `NewsBreak takes articles in English only, and this one is in \`${tag}\`. Mend \`language\` if it is wrong.`;
        return unless(tag === "en" || tag.startsWith("en-"), ofKey("language", message));
      },
    },
    {
      name: "newsbreak/author",
      level: "should",
      source: FAQ,
      readOn: READ_ON,
      findBreaches: ({ authors }) =>
        unless(authors.length > 0, ofKey("authors", "NewsBreak wants bylines. Add `authors`.")),
    },
    {
      name: "newsbreak/picture-credit",
      level: "should",
      source: FAQ,
      readOn: READ_ON,
      findBreaches: (item) => {
        const image = partnerImage(item);
        const message = "NewsBreak wants to know whose picture it is. Add `credit` to `image`.";
        return unless(image === undefined || image.credit !== undefined, ofKey("image", message));
      },
    },
  ],
};
