import type { Nodes } from "hast";
import { toHtml } from "hast-util-to-html";

/**
 * Writes a tree as HTML, the only way in which a story's HTML is written. It never holds `]]>`, which would end a CDATA section:
 * there are readers that lose the rest of a text in two sections. Nor a carriage return, of which whoever parses HTML makes a
 * line feed (WHATWG HTML §13.2.3.5). Attributes are in quotes, so that `]]>` stands only where a character reference is one.
 */
export const writeHtml = (tree: Nodes): string => toHtml(tree).replaceAll("]]>", "]]&#x3E;").replace(/\r\n?/g, "\n");
