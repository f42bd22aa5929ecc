import { OEMBED_TYPES, oembedPath } from "../../formats/oembed.ts";
import type { Channel } from "../../model/channel.ts";
import { headlineOf, type Item } from "../../model/item.ts";
import { type Html, html } from "../html.ts";

/** Renders links by which others find what oEmbed says of a story (https://oembed.com/#section4). */
export const renderOembedLinks = (item: Item, { url }: Pick<Channel, "url">): Html =>
  html`${(["json", "xml"] as const).map((format) => html`<link rel="alternate" type="${OEMBED_TYPES[format].split("/")[0]}/${format}+oembed" title="${headlineOf(item)}" href="${url}${oembedPath(item.url, format)}">\n`)}`;
