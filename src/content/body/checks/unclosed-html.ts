import type { Html, Root } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { location } from "vfile-location";
import { quote, reportError, reportWarning } from "../../messages/messages.ts";
import { allowedHtml } from "../allowed-html.ts";
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

/**
 * Reports raw HTML in Markdown that has no end and whose content is no HTML: all that follows would be a part of it. Returns
 * whether there is some.
 */
export const reportUnclosedHtml = (file: VFile, tree: Root): boolean => {
  let isFound = false;
  visit(tree, (parent) => {
    if (!("children" in parent)) return;
    const pieces = parent.children.flatMap((child) => (child.type === "html" ? [child] : []));
    // In a paragraph every tag is a piece of its own; an HTML block is one piece.
    const runs = BLOCK_PARENTS.has(parent.type) ? pieces.map((piece) => [piece]) : [pieces];
    for (const run of runs) {
      const unclosed = findUnclosed(run.map(({ value }) => value).join(""));
      if (unclosed === undefined) continue;
      isFound = true;
      const [opener, closer] = unclosed;
      const reason = `${quote(opener)} has no end: it would swallow what follows. Put ${quote(closer)} behind it, or delete it.`;
      reportError(file, "unclosed", reason, run[0]?.position);
    }
  });
  return isFound;
};

const ALLOWED = new Set(allowedHtml.tagNames);

/** Elements without an end tag, or whose end tag HTML leaves out (HTML, "optional tags"). */
const WITHOUT_END = new Set(
  "br col colgroup dd dt hr img input li p rp rt source tbody td tfoot th thead tr track wbr".split(" "),
);

/** What is parsed by other rules, or is removed with all it holds. */
const SKIPPED = new Set("math noscript picture script select style svg template textarea title".split(" "));

const MARK = /<!--|-->|<(\/?)([a-z][a-z\d]*)(?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*>/gi;

interface Tag {
  readonly name: string;
  readonly offset: number;
  readonly isEnd: boolean;
}

/** The tags of elements that stay, and must have an end tag, in a piece of raw HTML. */
const tagsOf = (source: string, { position }: Html): readonly Tag[] => {
  const start = position?.start.offset ?? 0;
  const tags: Tag[] = [];
  let closer: string | undefined;
  for (const { 0: mark, 1: slash, 2: written = "", index } of source
    .slice(start, position?.end.offset)
    .matchAll(MARK)) {
    const name = written.toLowerCase();
    const isEnd = slash === "/";
    if (closer !== undefined) {
      if (closer === mark || (isEnd && closer === name)) closer = undefined;
    } else if (mark === "<!--") closer = "-->";
    else if (SKIPPED.has(name)) closer = isEnd ? undefined : name;
    else if (ALLOWED.has(name) && !WITHOUT_END.has(name)) tags.push({ name, offset: start + index, isEnd });
  }
  return tags;
};

/** The start tags that have no end tag, or one behind the end of an element around them. */
const findOpen = (tags: readonly Tag[]): readonly Tag[] => {
  const open: Tag[] = [];
  const counts = new Map<string, number>();
  const unclosed: Tag[] = [];
  const count = (name: string, change: number): number => {
    const sum = (counts.get(name) ?? 0) + change;
    counts.set(name, sum);
    return sum;
  };
  for (const tag of tags) {
    if (!tag.isEnd) {
      open.push(tag);
      count(tag.name, 1);
      continue;
    }
    if (count(tag.name, 0) === 0) continue;
    const index = open.findLastIndex(({ name }) => name === tag.name);
    for (const closed of open.splice(index)) {
      count(closed.name, -1);
      if (closed.name !== tag.name) unclosed.push(closed);
    }
  }
  return [...unclosed, ...open];
};

/** Messages of one kind for a story. */
const MAX_REPORTS = 20;

/**
 * Warns of elements of HTML that are not closed, and go on to the end of the story, as a link or in a fold that is shut; and of
 * films and sounds that end in another paragraph than they begin in, where HTML ends them.
 */
export const reportOpenElements = (file: VFile, tree: Root): void => {
  const source = String(file);
  const places = location(file);
  const tags: Tag[] = [];
  visit(tree, "html", (html) => {
    tags.push(...tagsOf(source, html));
  });
  const open = findOpen(tags);
  for (const { name, offset } of open.slice(0, MAX_REPORTS)) {
    const reason = `${quote(`<${name}>`)} has no end, so what follows stands in it. Put ${quote(`</${name}>`)} behind what belongs to it.`;
    reportWarning(file, "unclosed", reason, places.toPoint(offset));
  }
  const reported = new Set(open.map(({ offset }) => offset));
  visit(tree, "paragraph", ({ children }) => {
    const inParagraph = children.flatMap((child) => (child.type === "html" ? tagsOf(source, child) : []));
    for (const { name, offset } of findOpen(inParagraph)) {
      if (!/^(?:audio|video)$/.test(name) || reported.has(offset)) continue;
      const reason = `${quote(`<${name}>`)} ends in another paragraph, so what it shows where it can't play stands in the text. Leave no blank line in it, or put it on a line of its own.`;
      reportWarning(file, "unclosed", reason, places.toPoint(offset));
    }
  });
};
