import { type Image, pixelsOf } from "../model/media.ts";
import { type Html, html } from "./html.ts";

/** Renders the width and the height of a picture, if both are known, so that a page does not move while it loads. */
export const renderSize = (image: Image): Html | undefined => {
  const { width, height } = pixelsOf(image);
  return width === undefined || height === undefined ? undefined : html` width="${width}" height="${height}"`;
};

/** Renders a picture. One that is `lazy` is loaded when a reader comes near it. */
export const renderPicture = (image: Image, alt: string, isLazy: boolean): Html =>
  html`<img src="${image.url}" alt="${alt}"${renderSize(image)}${isLazy ? html` loading="lazy"` : html` fetchpriority="high"`} decoding="async">`;
