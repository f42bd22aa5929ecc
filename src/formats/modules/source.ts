import type { Item } from "../../model/item.ts";
import { textElement } from "../xml.ts";

/** The Source namespace (http://source.scripting.com/). Prefix `source`. */
export const SOURCE_NAMESPACE = "http://source.scripting.com/";

/** Renders the text of a story as Markdown, if it is there as that. */
export const renderMarkdown = ({ markdown }: Pick<Item, "markdown">): string =>
  textElement("source:markdown", markdown);
