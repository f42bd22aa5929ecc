import type { Root } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { quote, reportError } from "../../messages/messages.ts";
import { COMMENT_DELIMITERS } from "../comment-delimiters.ts";

// What these elements contain is not parsed as HTML: without an end tag they swallow the rest of the story.
const RAW_TEXT_TAG = /<(\/?)(iframe|noembed|noframes|plaintext|script|style|textarea|title|xmp)(?=[\s/>])/gi;

/** What in a piece of raw HTML has no end, with what would end it; undefined if everything has. */
const findUnclosed = (html: string): readonly [opener: string, closer: string] | undefined => {
  const comment = COMMENT_DELIMITERS.find(([opener]) => html.startsWith(opener));
  if (comment !== undefined) return html.includes(comment[1], comment[0].length) ? undefined : comment;
  const open: string[] = [];
  for (const [, slash, name = ""] of html.matchAll(RAW_TEXT_TAG)) {
    if (slash === "") open.push(name.toLowerCase());
    else if (open.at(-1) === name.toLowerCase()) open.pop();
  }
  return open[0] === undefined ? undefined : [`<${open[0]}>`, `</${open[0]}>`];
};

/** Nodes whose children are blocks. */
const BLOCK_PARENTS: ReadonlySet<string> = new Set(["blockquote", "footnoteDefinition", "listItem", "root"]);

/** Reports raw HTML in Markdown that has no end: the HTML parser would take all that follows for a part of it. */
export const reportUnclosedHtml = (file: VFile, tree: Root): void =>
  visit(tree, (parent) => {
    if (!("children" in parent)) return;
    const pieces = parent.children.flatMap((child) => (child.type === "html" ? [child] : []));
    // In a paragraph every tag is a piece of its own; an HTML block is one piece.
    const runs = BLOCK_PARENTS.has(parent.type) ? pieces.map((piece) => [piece]) : [pieces];
    for (const run of runs) {
      const unclosed = findUnclosed(run.map(({ value }) => value).join(""));
      if (unclosed === undefined) continue;
      const [opener, closer] = unclosed;
      const reason = `${quote(opener)} has no end: it would swallow what follows. Put ${quote(closer)} behind it, or delete it.`;
      reportError(file, "unclosed", reason, run[0]?.position);
    }
  });
