import type { MessagePoint } from "../result.ts";

/** What a body that is HTML begins with. */
export const HTML_BODY = "<body>\n";

const LINE_FEED = "&#10;";

const COMMENT_OR_TAG = /<!--[\s\S]*?(?:-->|$)|<\/?[a-z]/gi;

/** In a tag: a quoted value, a line feed, or the end. */
const PART_OF_TAG = /(?<==\s*)(?:"[^"]*"|'[^']*')|\n|>/g;

/** The match of `pattern` at or behind `offset`. */
const findFrom = (pattern: RegExp, text: string, offset: number): RegExpExecArray | null => {
  pattern.lastIndex = offset;
  return pattern.exec(text);
};

/** The offsets of line feeds that part names and attributes of tags, where a reference to a character would be a part of a name. */
const lineFeedsInTags = (html: string): ReadonlySet<number> => {
  const offsets = new Set<number>();
  for (let offset = 0; ; ) {
    const opening = findFrom(COMMENT_OR_TAG, html, offset);
    if (opening === null) return offsets;
    offset = COMMENT_OR_TAG.lastIndex;
    for (let isInTag = !opening[0].startsWith("<!--"); isInTag; offset = PART_OF_TAG.lastIndex) {
      const part = findFrom(PART_OF_TAG, html, offset);
      if (part === null) return offsets;
      if (part[0] === "\n") offsets.add(part.index);
      isInTag = part[0] !== ">";
    }
  }
};

/** The lines of HTML, each with what ends it in a body: a line feed, or for a blank line what joins it to the next. */
const linesOf = (html: string): readonly { readonly text: string; readonly end: string }[] => {
  const normalized = html.replace(/\r\n?/g, "\n");
  const inTags = lineFeedsInTags(normalized);
  const lines = normalized.split("\n");
  let offset = -1;
  return lines.map((text, index) => {
    offset += text.length + 1;
    if (index === lines.length - 1) return { text, end: "" };
    const joint = inTags.has(offset) ? " " : LINE_FEED;
    return { text, end: /^[ \t]*$/.test(text) ? joint : "\n" };
  });
};

/**
 * HTML as the body of a story's source. `<body>` makes Markdown leave what follows alone up to the first blank line; HTML parsers and
 * the sanitiser ignore the tag. Blank lines become references to a line feed, which are the same text; in tags, spaces.
 */
export const writeHtmlBody = (html: string): string =>
  HTML_BODY +
  linesOf(html)
    .map(({ text, end }) => text + end)
    .join("");

/** The HTML of such a body: that of which it was written, or HTML that means the same. */
export const readHtmlBody = (body: string): string =>
  body.slice(HTML_BODY.length).replace(/^(?:[ \t]*&#10;)+/gm, (joined) => joined.replaceAll(LINE_FEED, "\n"));

/** The point of the HTML that a point in `writeHtmlBody` of it stands for. */
export const pointInHtml = (html: string, { line, column }: MessagePoint): MessagePoint => {
  const lines = linesOf(html);
  // The lines of the body: those of the HTML, with the blank ones before them.
  let bodyLine = 2;
  let offset = 0;
  for (const [index, { text, end }] of lines.entries()) {
    const isJoined = end !== "" && end !== "\n";
    const length = text.length + (isJoined ? end.length : 0);
    if (bodyLine === line && (!isJoined || column <= offset + length)) {
      return { line: index + 1, column: Math.min(Math.max(1, column - offset), text.length + 1) };
    }
    offset = isJoined ? offset + length : 0;
    if (!isJoined) bodyLine++;
  }
  return line < 2 ? { line: 1, column: 1 } : { line: lines.length, column: 1 };
};
