import type { MessagePoint } from "../result.ts";

/** What a body that is HTML begins with. */
export const HTML_BODY = "<body>\n";

const LINE_FEED = "&#10;";

/**
 * HTML as the body of a story's source. `<body>` makes Markdown leave what follows alone up to the first blank line; HTML parsers and
 * the sanitiser ignore the tag. Blank lines become references to a line feed, which are the same text.
 */
export const writeHtmlBody = (html: string): string =>
  HTML_BODY + html.replace(/\r\n?/g, "\n").replace(/^([ \t]*)\n/gm, `$1${LINE_FEED}`);

/** The point of the HTML that a point in `writeHtmlBody` of it stands for. */
export const pointInHtml = (html: string, { line, column }: MessagePoint): MessagePoint => {
  const lines = html.split(/\r\n?|\n/);
  // The lines of the body: those of the HTML, with the blank ones before them.
  let bodyLine = 2;
  let offset = 0;
  for (const [index, text] of lines.entries()) {
    const isJoined = /^[ \t]*$/.test(text) && index < lines.length - 1;
    const length = text.length + (isJoined ? LINE_FEED.length : 0);
    if (bodyLine === line && (!isJoined || column <= offset + length)) {
      return { line: index + 1, column: Math.min(Math.max(1, column - offset), text.length + 1) };
    }
    offset = isJoined ? offset + length : 0;
    if (!isJoined) bodyLine++;
  }
  return line < 2 ? { line: 1, column: 1 } : { line: lines.length, column: 1 };
};
