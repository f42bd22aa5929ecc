import { MARKDOWN_TYPE } from "../../formats/markdown.ts";
import { markdownPath } from "../../model/address.ts";
import type { Channel } from "../../model/channel.ts";
import type { Item } from "../../model/item.ts";
import { type Html, html } from "../html.ts";

/** Renders the link to a story as Markdown, if it is there as that. */
export const renderMarkdownLink = ({ slug, markdown }: Item, { url }: Pick<Channel, "url">): Html | undefined =>
  markdown === undefined
    ? undefined
    : html`<link rel="alternate" type="${MARKDOWN_TYPE}" href="${url}${markdownPath(slug)}">\n`;
