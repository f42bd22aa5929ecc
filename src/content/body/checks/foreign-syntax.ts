import type { Nodes, Root } from "mdast";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { location } from "vfile-location";
import { quote, reportWarning } from "../../messages/messages.ts";
import { ALERT_MARKER } from "../alerts.ts";

/** Syntax of another system, or Markdown that came to nothing, which readers would see as it stands. */
interface Syntax {
  /** What it looks like. Takes time in proportion to the text: no part of it can match what begins another match. */
  readonly pattern: RegExp;
  /** What it is and what to do instead; behind the words themselves. */
  readonly reason: string | ((match: RegExpExecArray) => string | undefined);
  /** Whether it is looked for in raw HTML, too. */
  readonly isInHtml?: boolean;
  /** Whether it is looked for in the Markdown source, with its marks, instead of the text that readers see. */
  readonly isInSource?: boolean;
}

const AS_IT_STANDS = "is published as it stands";
const OR_CODE = "If you mean these words themselves, put them into backquotes.";

const instead = (what: string, advice: string): string => `is ${what}, and ${AS_IT_STANDS}. ${advice} ${OR_CODE}`;

/** Signs that prose does not have between two dollar signs. */
const FORMULA = /[\\^_{}=]|^\p{L}$|[\p{L}\p{N})]\s*[*+/<>]\s*[\p{L}\p{N}\\(]/u;

const explainFailedLink = ([words, text = "", address = ""]: RegExpExecArray): string | undefined => {
  const isPicture = words.startsWith("!");
  const size = /^(\S+)\s+=\s*\d*x\d*%?$/i.exec(address)?.[1];
  const noLink = `became no ${isPicture ? "picture" : "link"}`;
  if (size !== undefined) return `${noLink}: Markdown has no sizes. Write ${quote(`![${text}](${size})`)}.`;
  if (/^\S+(?:[ \t]+\S+)+$/.test(address.trim()) && !/["'“”]/.test(address)) {
    return `${noLink}: its address has spaces. Put it into angle brackets: ${quote(`(<${address.trim()}>)`)}.`;
  }
  return `${noLink}. Write ${isPicture ? "![text](media/x.jpg)" : "[text](address)"}; a title behind the address stands in straight quotation marks.`;
};

/** Whether two pairs of brackets are a link by reference, and no index or number of a source: `a[i][j]`, `[1][2]`. */
const isReference = ({ 0: words, 1: text = "", 2: label = "", index, input }: RegExpExecArray): boolean =>
  (words.startsWith("!") || !/[\p{L}\p{N}\])]/u.test(input[index - 1] ?? "")) &&
  (/[^\d\s,–-]/.test(text) || /[^\d\s,–-]/.test(label));

/** Markdown that stands in HTML, where it is text: an HTML block ends at the first blank line, and Markdown begins there. */
const MARKDOWN_IN_HTML: readonly Syntax[] = [
  {
    pattern: /!?\[[^[\]]{1,400}\]\([^()\s]{1,400}\)/g,
    reason: ([words]) =>
      `is no ${words.startsWith("!") ? "picture" : "link"} in HTML. Put a blank line between the tag and the text, or write <${words.startsWith("!") ? "img" : "a"}>.`,
  },
  {
    pattern: /(?<!\*)\*\*(?![\s*])[^*\n]{1,400}(?<!\s)\*\*(?!\*)/g,
    reason: "is no bold text in HTML. Put a blank line between the tag and the text, or write <b>.",
  },
];

const FORMULAS =
  "is no formula here: readers see the signs, and what Markdown makes of them. Write it as text with <sup>, <sub> and <i>, or add a picture of it. If you mean these words themselves, put them into backquotes.";

const SYNTAXES: readonly Syntax[] = [
  {
    pattern: /\{\{[<%][^{}]{0,400}[>%]\}\}/g,
    reason: instead("a shortcode of another system", "Write HTML or a link instead."),
    isInHtml: true,
  },
  {
    pattern: /\{%[^{}]{0,400}%\}|<%[^<>]{0,400}%>/g,
    reason: instead("a template tag of another system", "Write what it stands for."),
    isInHtml: true,
  },
  {
    pattern: /\$?\{\{[^{}]{0,400}\}\}/g,
    reason: instead("a template of another system", "Write what it stands for."),
    isInHtml: true,
  },
  {
    pattern: /\[\[[_ ]?toc[_ ]?\]\]|\$\{toc\}|@?\[toc\]|\{:toc\}/gi,
    reason: instead("a table of contents of another system", "Delete it, or write the list: headings have ids."),
  },
  {
    pattern: /!?\[\[[^[\]]{1,400}\]\]/g,
    reason: instead("a wiki link", "Write [text](page.md), or ![text](media/x.jpg) for a picture."),
  },
  {
    pattern: /!?\[([^[\]]{0,400})\]\(([^()[\]]{0,400}(?:\([^()]{0,100}\)[^()[\]]{0,100})?)\)/g,
    reason: explainFailedLink,
  },
  {
    pattern: /!?\[[^[\]]{1,400}\]\(\s*(?:https?:|media\/|\/)[^()\s]{0,400}(?=\s|$)/g,
    reason: "has no end. Put a ) behind the address.",
  },
  {
    pattern: /\[[^[\]]{1,400}\][ \t]\(\s*(?:https?:|media\/)[^()\s]{0,400}\)/g,
    reason: "became no link: a space stands between ] and (. Delete it.",
  },
  {
    pattern: /\([^()[\]]{1,400}\)\[https?:[^[\]\s]{0,400}\]/g,
    reason: "became no link: its brackets are the wrong way round. Write [text](address).",
  },
  {
    pattern: /\[\^([^[\]\s]{1,100})\]/g,
    reason: ([, label = ""]) =>
      `is a footnote that stands nowhere. Write ${quote(`[^${label}]: The note.`)} in a paragraph of its own, or delete it.`,
  },
  {
    pattern: /!?\[([^[\]]{1,400})\]\[([^[\]]{0,400})\]/g,
    reason: (match) =>
      isReference(match)
        ? `leads nowhere: there is no ${quote(`[${match[2] || match[1]}]: address`)} in this story. Add one, or write [text](address).`
        : undefined,
  },
  {
    pattern: /(?<![\p{L}\p{N}])!\[[^[\]]{1,400}\]/gu,
    reason: "shows no picture: there is no address. Write ![text](media/x.jpg).",
  },
  {
    pattern:
      /\[\/(?:[biu]|[a-z][\w-]{1,40})\]|\[[a-z][\w-]{1,40}(?:\s+[\w-]+=[^[\]]{0,400})\/?\]|\[(?:gallery|playlist|url=[^[\]]{0,400})\]/gi,
    reason: instead("a shortcode or a tag of another system", "Write Markdown or HTML instead."),
    isInHtml: true,
  },
  {
    pattern:
      /^[ \t]*:{3,}[ \t]*\S?[^\n]*|^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+(?:abstract|attention|bug|caution|danger|error|example|failure|hint|important|info|note|question|quote|success|tip|todo|warning)\b[^\n]*/gm,
    reason: instead("a directive of another system", "Write > [!NOTE] for a note, or HTML."),
  },
  {
    pattern: /^[ \t]*\[!(?:[\w-]{1,40})\][+-]?[^\n]*/gm,
    reason: instead(
      "a mark of another system",
      "GitHub's alerts are [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] and [!CAUTION], alone in the first line of a quotation.",
    ),
  },
  {
    pattern: /(?<=[^\s{]|^)[ \t]*\{:?[#.][a-z][^{}\n]{0,200}\}|^[ \t]*\{:[^{}\n]{0,200}\}/gim,
    reason: instead(
      "an attribute list of another system",
      'Write HTML instead, such as <a id="part"></a>; headings have ids.',
    ),
  },
  {
    pattern: /(?<![=\w])==(?![=\s])[^=\n]{1,400}(?<!\s)==(?![=\w])/g,
    reason: instead("no mark in Markdown", "Write <mark>…</mark>."),
  },
  {
    pattern: /(?<!\d)%%[^%]{1,400}%%/g,
    reason: `is no comment in Markdown, and ${AS_IT_STANDS}. Write <!-- … -->, or delete it.`,
  },
  {
    pattern: /(?<!\$)\$\$(?!\$)([^$]{1,1000})\$\$(?!\$)/g,
    reason: ([, formula = ""]) =>
      FORMULA.test(formula) || /^\S*[\p{L}\p{N}]\S*$/u.test(formula.trim()) ? FORMULAS : undefined,
    isInSource: true,
  },
  {
    pattern: /(?<![\\$\p{L}\p{N}])\$(?![\s$])([^$\n]{1,400})(?<![\s\\])\$(?![$\p{L}\p{N}])/gu,
    reason: ([, formula = ""]) => (FORMULA.test(formula) ? FORMULAS : undefined),
    isInSource: true,
  },
  {
    pattern:
      /(?<![\w:\\/])\\(?:begin|end|newpage|pagebreak|clearpage|newline|[a-z]{2,20}(?=\{))(?![a-z])(?:\{[^{}\n]{0,100}\})?/g,
    reason: instead("a command of TeX", "Delete it, or write what it stands for."),
  },
  {
    pattern: /(?<![\w~])~(?![~\s])[^~\n]{0,400}(?<!\s)~(?![\w~])/g,
    reason: `is not struck out: a single ~ is a sign as any other. Write ~~…~~ if it should be. ${OR_CODE}`,
  },
  {
    pattern: /(?<![\p{L}\p{N}_:/]):(?:[a-z][a-z\d_+-]{1,40}[a-z\d]|[+-]1):(?![\w:/])/gu,
    reason: instead("no emoji here", "Write the emoji itself."),
  },
  {
    pattern:
      /^[ \t]*(?:import\s+(?:[^"'\n]{1,200}\sfrom\s+)?["'][^"'\n]{1,200}["'];?|export\s+(?:const|default|function)\s[^\n]{1,200})$/gm,
    reason: instead("a line of MDX", "Delete it."),
  },
  {
    pattern: /^[ \t]*\+{3}[ \t]*$/gm,
    reason:
      "begins or ends front matter in TOML, which is not read here. Write the keys as YAML between the lines ---.",
  },
  {
    pattern: /(?<![\p{L}\p{N}*])\*\*[ \t]*[^\s*](?:[^*\n.!?]{0,400}[^\s*])?[ \t]*\*\*(?![\p{L}\p{N}*])/gu,
    reason: `became no bold text, and ${AS_IT_STANDS}. Leave no space inside of the **, and one outside.`,
  },
];

/** Messages of one kind for a story: a text of another system can have thousands. */
const MAX_REPORTS = 20;

const blank = (text: string): string => text.replace(/[^\n]/g, " ");

type Range = readonly [start: number, end: number];

/** A part of the source in which some ranges are blank. */
const withoutRanges = (source: string, [start, end]: Range, hidden: readonly Range[]): string => {
  const pieces: string[] = [];
  let offset = start;
  for (const [from, to] of hidden.toSorted(([a], [b]) => a - b)) {
    if (from < offset) continue;
    pieces.push(source.slice(offset, from), blank(source.slice(from, to)));
    offset = to;
  }
  return pieces.join("") + source.slice(offset, end);
};

const rangeOf = ({ position }: Nodes): Range | undefined =>
  position?.start.offset === undefined || position.end.offset === undefined
    ? undefined
    : [position.start.offset, position.end.offset];

/** Code and tags in a paragraph: nothing in them is syntax of another system. */
const CODE = new Set<Nodes["type"]>(["html", "inlineCode"]);

/** What Markdown has read in a paragraph, and readers don't see as text. */
const READ = new Set<Nodes["type"]>(["footnoteReference", "html", "image", "imageReference", "inlineCode"]);

/** What Markdown has read around the text of emphasis and of links. */
const marksOf = (node: Nodes): readonly Range[] => {
  const range = rangeOf(node);
  if (range === undefined || !("children" in node)) return [];
  const [start, end] = range;
  switch (node.type) {
    case "strong":
    case "delete":
      return [
        [start, start + 2],
        [end - 2, end],
      ];
    case "emphasis":
      return [
        [start, start + 1],
        [end - 1, end],
      ];
    case "link":
    case "linkReference": {
      const textStart = node.children[0]?.position?.start.offset ?? end;
      return [
        [start, textStart],
        [node.children.at(-1)?.position?.end.offset ?? end, end],
      ];
    }
    default:
      return [];
  }
};

const rangesIn = (paragraph: Nodes, rangesOf: (node: Nodes) => readonly Range[]): readonly Range[] => {
  const ranges: Range[] = [];
  visit(paragraph, (node) => {
    ranges.push(...rangesOf(node));
  });
  return ranges;
};

const wholeIf =
  (types: ReadonlySet<Nodes["type"]>) =>
  (node: Nodes): readonly Range[] => {
    const range = types.has(node.type) ? rangeOf(node) : undefined;
    return range === undefined ? [] : [range];
  };

const IN_HTML = [...SYNTAXES.filter(({ isInHtml }) => isInHtml), ...MARKDOWN_IN_HTML];
const IN_SOURCE = SYNTAXES.filter(({ isInSource }) => isInSource);
const IN_TEXT = SYNTAXES.filter(({ isInSource }) => !isInSource);

/** A backslash that takes its meaning from a sign (CommonMark 0.31.2 §2.4). */
const ESCAPE = /\\[!-/:-@[-`{-~]/g;

const PARAGRAPHS = new Set(["heading", "paragraph", "tableCell"]);

const CODE_ELEMENTS = new Set(["code", "kbd", "pre", "samp", "script", "style", "textarea"]);

/** Raw HTML in which tags, comments and code are blank. */
const textOfHtml = (html: string): string => {
  let text = "";
  let offset = 0;
  let closer: string | undefined;
  for (const { 0: mark, 1: slash, 2: name = "", index } of html.matchAll(/<!--|-->|<(\/?)([a-z][a-z\d]*)[^<>]*>/gi)) {
    const between = html.slice(offset, index);
    text += (closer === undefined ? between : blank(between)) + blank(mark);
    offset = index + mark.length;
    const tag = name.toLowerCase();
    if (closer === undefined)
      closer = mark === "<!--" ? "-->" : slash === "" && CODE_ELEMENTS.has(tag) ? tag : undefined;
    else if (closer === mark || (slash === "/" && closer === tag)) closer = undefined;
  }
  return text + (closer === undefined ? html.slice(offset) : "");
};

/** What begins the lines of a paragraph that stands in a quotation or a list. */
const LINE_START = /^[ \t>]+/gm;

/** Whether a paragraph is nothing but syntax of another system, and so says nothing to readers. */
export const isForeignSyntax = (text: string): boolean => {
  let rest = text;
  for (const { pattern } of SYNTAXES) rest = rest.replace(pattern, "");
  return rest !== text && !/[\p{L}\p{N}]/u.test(rest);
};

/**
 * Warns of what looks like syntax of another system, or like Markdown that came to nothing, at its place in the file. Code is
 * left alone, and so is what a backslash takes its meaning from.
 */
export const reportForeignSyntax = (file: VFile, tree: Root): void => {
  const source = String(file);
  const places = location(file);
  const counts = new Map<Syntax, number>();
  const report = (syntax: Syntax, match: RegExpExecArray, start: number): boolean => {
    const reason = typeof syntax.reason === "string" ? syntax.reason : syntax.reason(match);
    if (reason === undefined) return false;
    counts.set(syntax, (counts.get(syntax) ?? 0) + 1);
    const indent = match[0].length - match[0].trimStart().length;
    const offset = start + match.index + indent;
    const written = source.slice(offset, offset + match[0].trim().length);
    reportWarning(file, "syntax", `${quote(written)} ${reason}`, places.toPoint(offset));
    return true;
  };
  const search = (text: string, start: number, syntaxes: readonly Syntax[]): string => {
    let rest = text;
    for (const syntax of syntaxes) {
      for (const match of rest.matchAll(syntax.pattern)) {
        if ((counts.get(syntax) ?? 0) >= MAX_REPORTS) break;
        if (!report(syntax, match, start)) continue;
        rest = rest.slice(0, match.index) + blank(match[0]) + rest.slice(match.index + match[0].length);
      }
    }
    return rest;
  };
  visit(tree, (node, index, parent) => {
    const range = rangeOf(node);
    if (range === undefined) return undefined;
    if (node.type === "html") {
      search(textOfHtml(source.slice(...range)), range[0], IN_HTML);
      return undefined;
    }
    if (!PARAGRAPHS.has(node.type)) return undefined;
    search(withoutRanges(source, range, rangesIn(node, wholeIf(CODE))), range[0], IN_SOURCE);
    const read = [...rangesIn(node, wholeIf(READ)), ...rangesIn(node, marksOf)];
    const text = withoutRanges(source, range, read).replace(ESCAPE, blank).replace(LINE_START, blank);
    const isInAlert = parent?.type === "blockquote" && index === 0;
    search(isInAlert ? text.replace(ALERT_MARKER, blank) : text, range[0], IN_TEXT);
    return SKIP;
  });
};
