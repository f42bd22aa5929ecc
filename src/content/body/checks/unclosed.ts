import type { Root } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { reportError } from "../../messages/messages.ts";
import { quote } from "../../messages/quote.ts";
import { COMMENTS } from "../comments.ts";

// What stands in these is no HTML: without an end tag they swallow the story.
const SWALLOWING = /<(\/?)(iframe|noembed|noframes|plaintext|script|style|textarea|title|xmp)(?=[\s/>])/gi;

/** What in a piece of raw HTML has no end, so that it would swallow what follows; and what would end it. */
const unclosed = (html: string): readonly [opener: string, closer: string] | undefined => {
  const comment = COMMENTS.find(([opener]) => html.startsWith(opener));
  if (comment !== undefined) return html.includes(comment[1], comment[0].length) ? undefined : comment;
  const open: string[] = [];
  for (const [, slash, name = ""] of html.matchAll(SWALLOWING)) {
    if (slash === "") open.push(name.toLowerCase());
    else if (open.at(-1) === name.toLowerCase()) open.pop();
  }
  return open[0] === undefined ? undefined : [`<${open[0]}>`, `</${open[0]}>`];
};

/** Notes raw HTML that has no end: the parser would take all that follows for a part of it. */
export const reportUnclosed = (file: VFile, tree: Root): void =>
  visit(tree, (parent) => {
    if (!("children" in parent)) return;
    const pieces = parent.children.flatMap((child) => (child.type === "html" ? [child] : []));
    // In a line of text every tag is a piece of its own; a block is one piece.
    const isText = parent.children.some(({ type }) => type === "text");
    const runs = isText ? [pieces] : pieces.map((piece) => [piece]);
    for (const run of runs) {
      const [opener, closer] = unclosed(run.map(({ value }) => value).join("")) ?? [];
      if (opener === undefined) continue;
      const reason = `${quote(opener)} has no end: it would swallow what follows. Put ${quote(closer ?? "")} behind it, or delete it.`;
      reportError(file, "unclosed", reason, run[0]?.position);
    }
  });
