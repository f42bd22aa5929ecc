import type { Channel } from "../../model/channel.ts";
import type { Image } from "../../model/media.ts";
import { pixelsOf } from "../../model/media.ts";
import { type Html, trusted } from "../html.ts";

/**
 * Renders data as JSON-LD (https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents). `<` is escaped, so that no text can
 * end the script element.
 */
export const renderJsonLd = (data: object): Html =>
  trusted(`<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>\n`);

/** A picture as schema.org describes one. Its lengths are texts there (https://schema.org/Distance). */
export const imageObject = (image: Image) => {
  const { url, alt, credit } = image;
  const { width, height } = pixelsOf(image);
  return {
    "@type": "ImageObject" as const,
    url,
    ...(width !== undefined && { width: String(width) }),
    ...(height !== undefined && { height: String(height) }),
    ...(alt !== "" && { caption: alt }),
    ...(credit !== undefined && { creditText: credit }),
  };
};

/** The publication as schema.org describes one. */
export const organizationOf = ({ title, url, icon }: Channel) => ({
  "@type": "NewsMediaOrganization" as const,
  name: title,
  url: `${url}/`,
  ...(icon !== undefined && { logo: imageObject(icon) }),
});
