import type { Channel } from "../../model/channel.ts";
import type { Item } from "../../model/item.ts";
import { textElement } from "../xml.ts";

/** The Source namespace (http://source.scripting.com/). Prefix `source`. */
export const SOURCE_NAMESPACE = "http://source.scripting.com/";

/** Renders the text of a story as Markdown, if site.yaml wants that: a newsroom may have it from before. */
export const renderMarkdown = (item: Pick<Item, "markdown">, channel: Pick<Channel, "markdown">): string =>
  textElement("source:markdown", channel.markdown === true ? item.markdown : undefined);
