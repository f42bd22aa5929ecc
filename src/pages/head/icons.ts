import type { Channel } from "../../model/channel.ts";
import { isCommonPicture, pixelsOf } from "../../model/media.ts";
import { type Html, html } from "../html.ts";

/** Renders links to the publication's icon, for tabs and for home screens. Nothing if it has none. */
export const renderIcons = ({ icon }: Pick<Channel, "icon">): Html | undefined => {
  if (icon === undefined) return undefined;
  const { url, type } = icon;
  const { width, height } = pixelsOf(icon);
  const isForHomeScreens = type !== undefined && isCommonPicture(type);
  const sizes = type === "image/svg+xml" ? "any" : width && height && `${width}x${height}`;
  const details = html`${type && html` type="${type}"`}${sizes && html` sizes="${sizes}"`}`;
  return html`<link rel="icon" href="${url}"${details}>\n${isForHomeScreens && html`<link rel="apple-touch-icon" href="${url}">\n`}`;
};
