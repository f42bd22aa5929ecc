import { type Item, linkOf } from "../model/item.ts";
import { rfc3339 } from "./dates.ts";

/** The media type of Markdown (RFC 7763). */
export const MARKDOWN_TYPE = "text/markdown";

/** Escapes plain text of one line: a backslash before a sign makes it a sign, wherever it stands (CommonMark §2.4). */
const escapeMarkdown = (text: string): string => text.replace(/[\\`*_[\]<>&#|~]/g, "\\$&");

/**
 * Renders a story as Markdown: title, authors, date and address, the picture, and the text. Undefined if its text is not there as
 * Markdown.
 */
export const renderMarkdownStory = (item: Item): string | undefined => {
  const { title, authors, published, image, markdown } = item;
  if (markdown === undefined) return undefined;
  const names = authors.map(({ name }) => escapeMarkdown(name)).join(", ");
  const parts = [
    title === "" ? "" : `# ${escapeMarkdown(title)}`,
    [names, rfc3339(published), `<${linkOf(item)}>`].filter((part) => part !== "").join(" · "),
    image === undefined ? "" : `![${escapeMarkdown(image.alt)}](<${image.url}>)`,
    markdown,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
};
