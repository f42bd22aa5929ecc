import { OEMBED_PATH } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { headlineOf, type Item } from "../model/item.ts";
import { type Image, pixelsOf } from "../model/media.ts";
import { element, textElement } from "./xml.ts";

/** The formats of oEmbed (https://oembed.com/#section2), by which clients name them. */
export const OEMBED_TYPES = {
  json: "application/json; charset=utf-8",
  xml: "text/xml; charset=utf-8",
} as const;

/** One of the formats of oEmbed. */
export type OembedFormat = keyof typeof OEMBED_TYPES;

/** The largest picture that a consumer takes, in pixels; Infinity if it takes any. */
export interface OembedLimits {
  readonly width: number;
  readonly height: number;
}

/** The path at which what oEmbed says of an absolute URL is served. */
export const oembedPath = (url: string, format: OembedFormat): string =>
  `${OEMBED_PATH}?url=${encodeURIComponent(url)}&format=${format}`;

const thumbnailOf = (image: Image | undefined, limits: OembedLimits) => {
  if (image === undefined) return {};
  const { width, height } = pixelsOf(image);
  const isKnown = width !== undefined && height !== undefined;
  if (!isKnown || width > limits.width || height > limits.height) return {};
  return { thumbnail_url: image.url, thumbnail_width: width, thumbnail_height: height };
};

/** Renders what oEmbed says of a story: a link with a title, authors and a picture, which consumers show in their own way. */
export const renderOembed = (channel: Channel, item: Item, format: OembedFormat, limits: OembedLimits): string => {
  const [author] = item.authors;
  const values: Readonly<Record<string, string | number>> = {
    version: "1.0",
    type: "link",
    title: headlineOf(item),
    ...(author && { author_name: item.authors.map(({ name }) => name).join(", ") }),
    ...(author?.url !== undefined && item.authors.length === 1 && { author_url: author.url }),
    provider_name: channel.title,
    provider_url: `${channel.url}/`,
    ...thumbnailOf(item.image, limits),
  };
  if (format === "json") return JSON.stringify(values);
  const elements = Object.entries(values).map(([name, value]) => textElement(name, String(value)));
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n${element("oembed", {}, elements.join(""))}`;
};
