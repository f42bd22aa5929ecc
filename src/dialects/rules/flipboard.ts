import { type Image, pixelsOf } from "../../model/media.ts";
import { MIN_DESCRIPTION_LENGTH } from "../flipboard.ts";
import type { DialectRules } from "./rule.ts";
import { ofKey, partnerImage, textLengthOf, unless } from "./story-parts.ts";

const GUIDELINES = "https://about.flipboard.com/rss-spec";
const READ_ON = "2026-11-26";

/** Pixels of the smaller side. */
const MIN_PICTURE_PIXELS = 500;

const isSmall = (image: Image): boolean => {
  const { width = MIN_PICTURE_PIXELS, height = MIN_PICTURE_PIXELS } = pixelsOf(image);
  return Math.min(width, height) < MIN_PICTURE_PIXELS;
};

/** What Flipboard asks of articles. */
export const flipboardRules: DialectRules = {
  name: "flipboard",
  rules: [
    {
      name: "flipboard/title",
      level: "must",
      source: GUIDELINES,
      readOn: READ_ON,
      findBreaches: ({ title }) => unless(title !== "", ofKey("title", "Flipboard needs a title. Add a `title`.")),
    },
    {
      name: "flipboard/description",
      level: "should",
      source: GUIDELINES,
      readOn: READ_ON,
      // A shorter summary goes on with the text.
      findBreaches: (item) =>
        unless(
          Math.max(item.summary.length, textLengthOf(item)) >= MIN_DESCRIPTION_LENGTH,
          ofKey(
            "summary",
            `Neither the summary nor the text has ${MIN_DESCRIPTION_LENGTH} characters, which Flipboard wants of a description. Write more.`,
          ),
        ),
    },
    {
      name: "flipboard/author",
      level: "should",
      source: GUIDELINES,
      readOn: READ_ON,
      findBreaches: ({ authors }) =>
        unless(authors.length > 0, ofKey("authors", "Flipboard wants to know who wrote an article. Add `authors`.")),
    },
    {
      name: "flipboard/link-host",
      level: "should",
      source: GUIDELINES,
      readOn: READ_ON,
      findBreaches: ({ canonical }, channel, siteUrl) =>
        unless(
          canonical === undefined ||
            canonical.startsWith(`${channel.url}/`) ||
            new URL(canonical).host === new URL(siteUrl).host,
          ofKey(
            "canonical",
            "Flipboard prefers links to the host of the feed. Remove `canonical` if the story may be shown here.",
          ),
        ),
    },
    {
      name: "flipboard/picture",
      level: "should",
      source: GUIDELINES,
      readOn: READ_ON,
      findBreaches: (item) =>
        unless(
          partnerImage(item)?.type !== undefined,
          ofKey("image", "Flipboard wants a picture to show with the article. Add an `image`, with its `type`."),
        ),
    },
    {
      name: "flipboard/picture-size",
      level: "should",
      source: GUIDELINES,
      readOn: READ_ON,
      findBreaches: (item) => {
        const image = partnerImage(item);
        const message = `The smaller side of the picture has fewer than ${MIN_PICTURE_PIXELS} pixels. Use a larger one.`;
        return unless(image === undefined || !isSmall(image), ofKey("image", message));
      },
    },
  ],
};
