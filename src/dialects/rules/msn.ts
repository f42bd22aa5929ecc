import type { Item } from "../../model/item.ts";
import { type Image, pixelsOf } from "../../model/media.ts";
import { lengthOf, MAX_TITLE_LENGTH } from "../short-title.ts";
import type { Breach, DialectRules } from "./rule.ts";
import {
  findCredentials,
  findInsecureAddresses,
  hasPicture,
  ofKey,
  partnerImage,
  textLengthOf,
  unless,
} from "./story-parts.ts";

const HELP = "https://support.microsoft.com/en-us/msn/partner-hub";
const CONTENT = `${HELP}/feed-content-specifications-in-msn-partner-hub`;
const METADATA = `${HELP}/msn-feed-item-metadata-requirements`;
const HTML = `${HELP}/msn-html-guidelines-and-tag-restrictions`;
const ERRORS =
  "https://support.microsoft.com/en-us/topic/troubleshoot-msn-content-ingestion-and-feed-errors-55651a8b-7594-4a41-9666-5a2fd9906861";
const READ_ON = "2026-11-26";

/** Characters: a title has more. */
const TOO_SHORT_TITLE_LENGTH = 20;

/** Characters: a title that cards show in full has fewer. */
const TOO_LONG_CARD_TITLE_LENGTH = 75;

const MIN_TEXT_LENGTH = 450;
const MAX_TEXT_LENGTH = 500_000;
const MAX_PICTURE_BYTES = 15_000_000;
const MIN_PICTURE_PIXELS = 720;
const MIN_RATIO = 0.5;
const MAX_RATIO = 1.89;

/** Levels of HTML: there are fewer. */
const TOO_DEEP = 10;

const PICTURE_TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

const ofPicture = (item: Item, find: (image: Image) => readonly Breach[]): readonly Breach[] => {
  const image = partnerImage(item);
  return image === undefined ? [] : find(image);
};

/** What MSN asks of articles. */
export const msnRules: DialectRules = {
  name: "msn",
  rules: [
    {
      name: "msn/title-length",
      level: "must",
      source: METADATA,
      readOn: READ_ON,
      findBreaches: ({ title }) => {
        const length = lengthOf(title);
        const message = `The title has ${length} characters; MSN takes titles of more than ${TOO_SHORT_TITLE_LENGTH}. Write a longer one.`;
        return unless(length > TOO_SHORT_TITLE_LENGTH, ofKey("title", message));
      },
    },
    {
      name: "msn/short-title",
      level: "should",
      source: CONTENT,
      readOn: READ_ON,
      findBreaches: ({ title }) => {
        const length = lengthOf(title);
        const message = `The title has ${length} characters; MSN takes more than ${MAX_TITLE_LENGTH} only with a short title, which is made of its first words. Write a shorter one.`;
        return unless(length <= MAX_TITLE_LENGTH, ofKey("title", message));
      },
    },
    {
      name: "msn/title-on-cards",
      level: "should",
      source: CONTENT,
      readOn: READ_ON,
      findBreaches: ({ title }) => {
        const length = lengthOf(title);
        const message = `The title has ${length} characters; MSN's cards cut titles of ${TOO_LONG_CARD_TITLE_LENGTH} and more. Write a shorter one.`;
        return unless(length < TOO_LONG_CARD_TITLE_LENGTH || length > MAX_TITLE_LENGTH, ofKey("title", message));
      },
    },
    {
      name: "msn/address-in-title",
      level: "should",
      source: CONTENT,
      readOn: READ_ON,
      findBreaches: ({ title }) =>
        unless(!/https?:\/\/|\bwww\./i.test(title), ofKey("title", "MSN wants no addresses in titles. Remove it.")),
    },
    {
      name: "msn/text-length",
      level: "must",
      source: ERRORS,
      readOn: READ_ON,
      findBreaches: (item) => {
        const length = textLengthOf(item);
        const short = `The text has ${length} characters; MSN takes articles of ${MIN_TEXT_LENGTH} and more. Write more, or leave the story to other partners.`;
        // Nothing says whether HTML counts: neither count may be over.
        const long = `The text has ${item.html.length} characters as HTML; MSN takes ${MAX_TEXT_LENGTH} at most. Divide the story.`;
        return [
          ...unless(length >= MIN_TEXT_LENGTH, { kind: "story", message: short }),
          ...unless(item.html.length <= MAX_TEXT_LENGTH, { kind: "story", message: long }),
        ];
      },
    },
    {
      name: "msn/https",
      level: "must",
      source: CONTENT,
      readOn: READ_ON,
      findBreaches: (item, channel, siteUrl) => findInsecureAddresses(item, channel, siteUrl, "MSN"),
    },
    {
      name: "msn/credentials",
      level: "must",
      source: CONTENT,
      readOn: READ_ON,
      findBreaches: (item) => findCredentials(item, "MSN"),
    },
    {
      name: "msn/picture",
      level: "should",
      source: CONTENT,
      readOn: READ_ON,
      findBreaches: (item) =>
        unless(
          hasPicture(item),
          ofKey("image", "MSN publishes articles by itself only if they have a picture. Add an `image`."),
        ),
    },
    {
      name: "msn/picture-type",
      level: "must",
      source: CONTENT,
      readOn: READ_ON,
      findBreaches: (item) =>
        ofPicture(item, ({ type }) =>
          unless(
            type === undefined || PICTURE_TYPES.includes(type),
            ofKey("image", `The picture is ${type}; MSN takes PNG, JPEG, GIF and WebP. Save it as one of them.`),
          ),
        ),
    },
    {
      name: "msn/moving-picture",
      level: "should",
      source: CONTENT,
      readOn: READ_ON,
      findBreaches: (item) =>
        ofPicture(item, ({ type }) =>
          unless(
            type !== "image/gif",
            ofKey("image", "MSN does not show GIFs on its cards. Save the picture as PNG, JPEG or WebP."),
          ),
        ),
    },
    {
      name: "msn/picture-bytes",
      level: "must",
      source: CONTENT,
      readOn: READ_ON,
      findBreaches: (item) =>
        ofPicture(item, ({ length = 0 }) =>
          unless(
            length <= MAX_PICTURE_BYTES,
            ofKey("image", `The picture has ${length} bytes; MSN takes 15 MB at most. Save it smaller.`),
          ),
        ),
    },
    {
      name: "msn/picture-size",
      level: "should",
      source: CONTENT,
      readOn: READ_ON,
      findBreaches: (item) =>
        ofPicture(item, (image) => {
          const { width, height } = pixelsOf(image);
          if (width === undefined || height === undefined) return [];
          const message = `The picture has ${width} × ${height} pixels; MSN wants ${MIN_PICTURE_PIXELS} in width or height. Use a larger one.`;
          return unless(Math.max(width, height) >= MIN_PICTURE_PIXELS, ofKey("image", message));
        }),
    },
    {
      name: "msn/picture-ratio",
      level: "should",
      source: CONTENT,
      readOn: READ_ON,
      findBreaches: (item) =>
        ofPicture(item, (image) => {
          const { width, height } = pixelsOf(image);
          if (width === undefined || height === undefined) return [];
          const ratio = width / height;
          const message = `The picture is ${ratio.toFixed(2)} times as wide as high; MSN shows it whole between ${MIN_RATIO} and ${MAX_RATIO}. Crop it.`;
          return unless(ratio >= MIN_RATIO && ratio <= MAX_RATIO, ofKey("image", message));
        }),
    },
    {
      name: "msn/depth",
      level: "should",
      source: HTML,
      readOn: READ_ON,
      findBreaches: ({ blocks }) =>
        blocks.flatMap(({ depth }, block) =>
          unless(depth < TOO_DEEP, {
            kind: "block",
            block,
            message: `Elements are nested ${depth} levels deep; MSN wants fewer than ${TOO_DEEP}. Write it with fewer lists or quotes in one another.`,
          }),
        ),
    },
  ],
  // Stories have no frames, so MSN's list of hosts has nothing to allow. Attributes beyond these are removed by MSN.
  allowedHtml: {
    attributes: {
      ...Object.fromEntries(
        "b i em strong sub sup small h1 h2 h3 h4 h5 table thead tbody tfoot tr caption colgroup ul li p div span br blockquote"
          .split(" ")
          .map((name) => [name, []]),
      ),
      a: ["href"],
      img: ["src", "alt", "width", "height"],
      td: ["colspan", "rowspan"],
      th: ["colspan", "rowspan"],
      col: ["span"],
      ol: ["start"],
    },
    // What is struck out would read as said, how a word is read as a word of its own, and a player as a text that says there is none.
    dropped: ["audio", "del", "input", "rp", "rt", "s", "strike", "video"],
    source: HTML,
    readOn: READ_ON,
  },
};
