import type { Item } from "../../model/item.ts";
import type { Attachment, Image } from "../../model/media.ts";
import { element, emptyElement, textElement } from "../xml.ts";

/** Media RSS 1.5.1 (https://www.rssboard.org/media-rss). Prefix `media`. */
export const MEDIA_NAMESPACE = "http://search.yahoo.com/mrss/";

const mediumOf = (type: string): string | undefined => {
  const medium = type.split("/")[0];
  return medium === "image" || medium === "audio" || medium === "video" ? medium : undefined;
};

/** `fileSize` is a positive number of bytes, so an empty file has none, as one of unknown length. */
const fileSizeOf = (length: number | undefined): number | undefined => (length === 0 ? undefined : length);

/** Whole seconds: readers parse an integer. */
const durationOf = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.round(seconds);

const PLAIN = { type: "plain" };

const renderImage = ({ url, type, length, width, height, alt, credit }: Image): string =>
  element(
    "media:content",
    { url, type, medium: "image", fileSize: fileSizeOf(length), width, height },
    textElement("media:description", alt === "" ? undefined : alt, PLAIN) + textElement("media:credit", credit),
  ) + emptyElement("media:thumbnail", { url, width, height });

const renderAttachment = ({ url, type, length, duration, title }: Attachment): string =>
  element(
    "media:content",
    { url, type, medium: mediumOf(type), fileSize: fileSizeOf(length), duration: durationOf(duration) },
    textElement("media:title", title, PLAIN),
  );

/** Renders the picture of a story, as `media:content` and `media:thumbnail`, and its attachments. */
export const renderMedia = ({ image, attachments }: Item): string => {
  let written = image === undefined ? "" : renderImage(image);
  for (const attachment of attachments) written += renderAttachment(attachment);
  return written;
};
