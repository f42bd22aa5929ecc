import { oembedPath } from "../../formats/oembed.ts";
import type { Channel } from "../../model/channel.ts";
import { headlineOf, type Item } from "../../model/item.ts";
import { type Html, html } from "../html.ts";

/** Renders the link by which others find what oEmbed says of a story (https://oembed.com/#section4). */
export const renderOembedLink = (item: Item, { url }: Pick<Channel, "url">): Html =>
  html`<link rel="alternate" type="application/json+oembed" title="${headlineOf(item)}" href="${url}${oembedPath(item.url, "json")}">\n`;
