import { MARKDOWN_TYPE } from "../../formats/markdown.ts";
import { markdownPath } from "../../model/address.ts";
import type { Channel } from "../../model/channel.ts";
import type { Item } from "../../model/item.ts";
import { type Html, html } from "../html.ts";

/** Renders the link to a story as Markdown, if site.yaml wants that and it is there: a newsroom may not have compiled it yet. */
export const renderMarkdownLink = (
  { slug, markdown }: Item,
  channel: Pick<Channel, "markdown" | "url">,
): Html | undefined =>
  channel.markdown !== true || markdown === undefined
    ? undefined
    : html`<link rel="alternate" type="${MARKDOWN_TYPE}" href="${channel.url}${markdownPath(slug)}">\n`;
