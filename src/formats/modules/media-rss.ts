import type { Item } from "../../model/item.ts";
import type { Attachment, Image } from "../../model/media.ts";
import { element, emptyElement, textElement } from "../xml.ts";

export const MEDIA_NAMESPACE = "http://search.yahoo.com/mrss/";

const mediumOf = (type: string): string | undefined => {
  const kind = type.split("/")[0];
  return kind === "image" || kind === "audio" || kind === "video" ? kind : undefined;
};

/** Bytes: a positive number, so an unknown or empty file has none. */
const sizeOf = (length: number | undefined): number | undefined => (length === 0 ? undefined : length);

/** Whole seconds: readers parse an integer here. */
const secondsOf = (duration: number | undefined): number | undefined =>
  duration === undefined ? undefined : Math.round(duration);

const PLAIN = { type: "plain" };

const renderImage = ({ url, type, length, width, height, alt, credit }: Image): string =>
  element(
    "media:content",
    { url, type, medium: "image", fileSize: sizeOf(length), width, height },
    textElement("media:description", alt === "" ? undefined : alt, PLAIN) + textElement("media:credit", credit),
  ) + emptyElement("media:thumbnail", { url, width, height });

const renderAttachment = ({ url, type, length, duration, title }: Attachment): string =>
  element(
    "media:content",
    { url, type, medium: mediumOf(type), fileSize: sizeOf(length), duration: secondsOf(duration) },
    textElement("media:title", title, PLAIN),
  );

/** The picture and the attachments of a story as Media RSS 1.5.1, in RSS and Atom alike. */
export const renderMedia = ({ image, attachments }: Item): string => {
  let written = image === undefined ? "" : renderImage(image);
  for (const attachment of attachments) written += renderAttachment(attachment);
  return written;
};
