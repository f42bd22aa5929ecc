import type { Channel } from "../../model/channel.ts";
import type { Item } from "../../model/item.ts";
import { type Attachment, type Image, mediumOf, pixelsOf, soundFirst, wholeSeconds } from "../../model/media.ts";
import { licenseOf, rightsOf } from "../../model/rights.ts";
import { element, emptyElement, textElement } from "../xml.ts";

/** Media RSS 1.5.1 (https://www.rssboard.org/media-rss). Prefix `media`. */
export const MEDIA_NAMESPACE = "http://search.yahoo.com/mrss/";

/** `fileSize` is a positive number of bytes, so an empty file has none, as one of unknown length. */
const fileSizeOf = (length: number | undefined): number | undefined => (length === 0 ? undefined : length);

const PLAIN = { type: "plain" };

/** Renders a picture as `media:content` and `media:thumbnail`. */
export const renderImage = (image: Image): string => {
  const { url, type, length, alt, credit } = image;
  const { width, height } = pixelsOf(image);
  return (
    element(
      "media:content",
      { url, type, medium: "image", fileSize: fileSizeOf(length), width, height },
      textElement("media:description", alt === "" ? undefined : alt, PLAIN) + textElement("media:credit", credit),
    ) + emptyElement("media:thumbnail", { url, width, height })
  );
};

const renderAttachment = (attachment: Attachment): string => {
  const { url, type, length, title } = attachment;
  return element(
    "media:content",
    { url, type, medium: mediumOf(type), fileSize: fileSizeOf(length), duration: wholeSeconds(attachment) },
    textElement("media:title", title, PLAIN),
  );
};

/** The licence, where machines are told what they may do: that of the text holds for what belongs to it. */
const renderMediaLicense = (item: Item, channel: Pick<Channel, "license" | "usage">): string => {
  const href = rightsOf(channel, item) === undefined ? undefined : licenseOf(channel, item);
  return textElement("media:license", href, { href });
};

/**
 * Renders the attachments of a story and then its picture, as `media:content` and `media:thumbnail`: there are readers that take
 * the first `media:content` for the enclosure. Then the licence, if `usage` is stated.
 */
export const renderMedia = (item: Item, channel: Pick<Channel, "license" | "usage"> = {}): string => {
  const { image, attachments } = item;
  let written = "";
  for (const attachment of soundFirst(attachments)) written += renderAttachment(attachment);
  if (image !== undefined) written += renderImage(image);
  return written + renderMediaLicense(item, channel);
};
