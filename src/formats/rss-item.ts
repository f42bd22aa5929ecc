// What the public RSS and the dialects of partners that are RSS have in common.

import type { Attachment, Image } from "../model/media.ts";
import { cdata, emptyElement, escapeAttribute, escapeText } from "./xml.ts";

/** RDF Site Summary 1.0 Modules: Content (https://web.resource.org/rss/1.0/modules/content/). Prefix `content`. */
export const CONTENT_NAMESPACE = "http://purl.org/rss/1.0/modules/content/";

/** DCMI Metadata Terms (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/). Prefix `dcterms`. */
export const DCTERMS_NAMESPACE = "http://purl.org/dc/terms/";

/** The end of a document. */
export const RSS_FOOT = "</channel>\n</rss>\n";

/** Renders the id of an item. Whether it is an address must be said of any but the item's link (RSS 2.0, guid). */
export const renderGuid = (id: string, link: string): string =>
  `<guid${id === link ? "" : ' isPermaLink="false"'}>${escapeText(id)}</guid>\n`;

/** Renders a file as the enclosure of an item; nothing without a type, which an enclosure must state. */
export const renderEnclosure = ({ url, type, length }: Partial<Attachment | Image> = {}): string =>
  url === undefined || type === undefined
    ? ""
    : `<enclosure url="${escapeAttribute(url)}" length="${length ?? 0}" type="${escapeAttribute(type)}"/>\n`;

/** Renders a licence of the channel or of an item as a link of Atom (RFC 4946): RSS has no element for it. */
export const renderLicense = (href: string | undefined): string =>
  href === undefined ? "" : emptyElement("atom:link", { rel: "license", href });

/** The pieces of an item: what stands before its text, the text (HTML) unless the item has none, and what stands after it. */
export const joinItem = (before: string, text: string | undefined, after: string): readonly string[] => {
  if (text === undefined) return [before + after];
  const [start, html, end] = cdata(text);
  return [`${before}<content:encoded>${start}`, html, `${end}</content:encoded>\n${after}`];
};
