import type { Item } from "../model/item.ts";
import { attributes, emptyElement, textElement } from "./xml.ts";

export const MEDIA_NAMESPACE = "http://search.yahoo.com/mrss/";

const mediumOf = (type: string | undefined): string | undefined => {
  const kind = type?.split("/")[0];
  return kind === "image" || kind === "audio" || kind === "video" ? kind : undefined;
};

/** Bytes: a positive number, so an unknown or empty file has none. */
const sizeOf = (length: number | undefined): number | undefined => (length === 0 ? undefined : length);

/** Whole seconds: readers parse an integer here. */
const secondsOf = (duration: number | undefined): number | undefined =>
  duration === undefined ? undefined : Math.round(duration);

/** The picture and the attachments of a story as Media RSS 1.5.1, in RSS and Atom alike. */
export const renderMedia = ({ image, attachments }: Item): string => {
  let written = "";
  if (image !== undefined) {
    const { url, type, length, width, height, alt, credit } = image;
    const values = attributes({ url, type, medium: "image", fileSize: sizeOf(length), width, height });
    written += `<media:content${values}>
${textElement("media:description", alt === "" ? undefined : alt, { type: "plain" })}${textElement("media:credit", credit)}</media:content>
${emptyElement("media:thumbnail", { url, width, height })}`;
  }
  for (const { url, type, length, duration, title } of attachments) {
    const values = attributes({
      url,
      type,
      medium: mediumOf(type),
      fileSize: sizeOf(length),
      duration: secondsOf(duration),
    });
    written += `<media:content${values}>${textElement("media:title", title, { type: "plain" })}</media:content>\n`;
  }
  return written;
};
