import type { Item } from "../model/item.ts";
import { attributes, emptyElement, textElement } from "./xml.ts";

export const MEDIA_NAMESPACE = "http://search.yahoo.com/mrss/";

const mediumOf = (type: string | undefined): string | undefined => {
  const kind = type?.split("/")[0];
  return kind === "image" || kind === "audio" || kind === "video" ? kind : undefined;
};

/** The picture and the attachments of a story as Media RSS 1.5.1, in RSS and Atom alike. */
export const renderMedia = ({ image, attachments }: Item): string => {
  let written = "";
  if (image !== undefined) {
    const { url, type, length, width, height, alt, credit } = image;
    written += `<media:content${attributes({ url, type, medium: "image", fileSize: length, width, height })}>
${textElement("media:description", alt === "" ? undefined : alt, { type: "plain" })}${textElement("media:credit", credit)}</media:content>
${emptyElement("media:thumbnail", { url, width, height })}`;
  }
  for (const { url, type, length, duration, title } of attachments) {
    const values = attributes({ url, type, medium: mediumOf(type), fileSize: length, duration });
    written += `<media:content${values}>${textElement("media:title", title, { type: "plain" })}</media:content>\n`;
  }
  return written;
};
