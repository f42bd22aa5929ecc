import { quote } from "../../messages/messages.ts";
import { UNSPACED_LETTER } from "../cjk-markdown.ts";

/** Syntax of another system, or Markdown that came to nothing, which readers would see as it stands. */
export interface Syntax {
  /** What it looks like. Takes time in proportion to the text: no part of it can match what begins another match. */
  readonly pattern: RegExp;
  /** What it is and what to do instead; behind the words themselves. */
  readonly reason: string | ((match: RegExpExecArray, written: string) => string | undefined);
  /** Whether it is looked for in raw HTML, too. */
  readonly isInHtml?: boolean;
  /** Whether it holds words of the story, which are only not marked as they should be. */
  readonly isText?: boolean;
  /** Whether it is looked for in the Markdown source, with its marks, instead of the text that readers see. */
  readonly isInSource?: boolean;
}

const AS_IT_STANDS = "is published as it stands";
const OR_CODE = "If you mean these words themselves, put them into backquotes.";

/** Stands for each character of what Markdown has read, and readers don't see as text: no syntax goes across it. */
export const READ_MARKDOWN = "\u{FFFC}";

const instead = (what: string, advice: string): string => `is ${what}, and ${AS_IT_STANDS}. ${advice} ${OR_CODE}`;

/** Signs that prose does not have between two dollar signs. */
const FORMULA = /[\\^_{}=]|^\p{L}$|[\p{L}\p{N})]\s*[*+/<>]\s*[\p{L}\p{N}\\(]/u;

/** What in brackets behind `]` became no address: what stands before a title, and the title with the signs around it. */
const FAILED_ADDRESS = /^\s*<?(.*?)>?(?:\s+(["'“”„»«‘’‚‹›「『(].*?["'“”»«‘’‹›」』)]))?\s*$/su;

const explainFailedLink = (_match: RegExpExecArray, written: string): string => {
  const isPicture = written.startsWith("!");
  const noLink = `became no ${isPicture ? "picture" : "link"}`;
  const textEnd = written.lastIndexOf("](");
  const text = written.slice(0, textEnd + 1);
  const inside = written.slice(textEnd + 2, -1);
  const size = /^\s*(\S+)\s+=\s*\d*x\d*%?\s*$/i.exec(inside)?.[1];
  if (size !== undefined) return `${noLink}: Markdown has no sizes. Write ${quote(`${text}(${size})`)}.`;
  const [, address = "", title] = FAILED_ADDRESS.exec(inside) ?? [];
  const behind = title === undefined ? "" : ` "${title.slice(1, -1)}"`;
  if (/\s/.test(address.trim()) && !/["'“”]/.test(address)) {
    const isTitle = /^https?:\/\/\S+\s/.test(address)
      ? " If what follows the space is a title, put that into straight quotation marks instead."
      : "";
    return `${noLink}: its address has spaces. Put it into angle brackets: ${quote(`(<${address.trim()}>${behind})`)}.${isTitle}`;
  }
  const example = title === undefined ? "" : ` Here: ${quote(`(${address}${behind})`)}.`;
  return `${noLink}. Write ${isPicture ? "![text](media/x.jpg)" : "[text](address)"}; a title behind the address stands in straight quotation marks.${example}`;
};

/** Whether two pairs of brackets are a link by reference, and no index or number of a source: `a[i][j]`, `[1][2]`. */
const isReference = ({ 0: words, 1: text = "", 2: label = "", index, input }: RegExpExecArray): boolean =>
  (words.startsWith("!") || !/[\p{L}\p{N}\])]/u.test(input[index - 1] ?? "")) &&
  (/[^\d\s,–-]/.test(text) || /[^\d\s,–-]/.test(label));

/** What a bracket begins with that holds an address. */
const ADDRESS = String.raw`(?:https?:|media\/|\.{0,2}\/|[\w%/-]{1,100}\.md\b)`;

/** Markdown that stands in HTML, where it is text: an HTML block ends at the first blank line, and Markdown begins there. */
export const MARKDOWN_IN_HTML: readonly Syntax[] = [
  {
    pattern: /!?\[[^[\]]{1,400}\]\([^()\s]{1,400}\)/g,
    reason: ([words]) =>
      `is no ${words.startsWith("!") ? "picture" : "link"} in HTML. Put a blank line between the tag and the text, or write <${words.startsWith("!") ? "img" : "a"}>.`,
  },
  {
    pattern: /(?<!\*)\*\*(?![\s*])[^*\n]{1,400}(?<!\s)\*\*(?!\*)/g,
    reason: "is no bold text in HTML. Put a blank line between the tag and the text, or write <b>.",
  },
  {
    pattern: /^[ \t]*#{1,6}[ \t]+[^\n]{1,200}$/gm,
    reason: "is no heading in HTML. Put a blank line between the tag and the text, or write <h2>.",
  },
  {
    pattern: /^[ \t]*[*+-][ \t]+[^\n]{1,200}(?:\n[ \t]*[*+-][ \t][^\n]{1,200}){1,100}$/gm,
    reason: "is no list in HTML. Put a blank line between the tag and the text, or write <ul> and <li>.",
  },
  {
    pattern: /(?<![`\p{L}])`[^`\n]{1,200}`(?![`\p{L}])/gu,
    reason: "is no code in HTML. Put a blank line between the tag and the text, or write <code>.",
  },
  {
    pattern: /\[\^[^[\]\s]{1,100}\]/g,
    reason: "is no footnote in HTML. Put a blank line between the tag and the text, or write <sup>.",
  },
];

const FORMULAS =
  "is no formula here: readers see the signs, and what Markdown makes of them. Write it as text with <sup>, <sub> and <i>, or add a picture of it. If you mean these words themselves, put them into backquotes.";

const NO_BOLD = `became no bold text, and ${AS_IT_STANDS}. Leave no space inside of the **, and one outside; or write <b>…</b>.`;

export const SYNTAXES: readonly Syntax[] = [
  {
    pattern: /\{\{[<%][^{}]{0,400}[>%]\}\}/g,
    reason: instead("a shortcode of another system", "Write HTML or a link instead."),
    isInHtml: true,
  },
  {
    pattern: /\{%[^{}]{0,400}%\}|<%[^<>]{0,400}%>|\[%[^[\]]{0,400}%\]|\{#[^{}]{0,400}#\}/g,
    reason: instead("a template tag of another system", "Write what it stands for."),
    isInHtml: true,
  },
  {
    pattern:
      /\$?\{\{[^{}]{0,400}\}\}|[$#]\{[a-z_][\w.]{0,100}\}|\{[a-z_]\w{0,100}(?:\.[a-z_]\w{0,100}){1,10}\}|\{\/\*[^{}]{0,400}\*\/\}/gi,
    reason: instead("a template of another system", "Write what it stands for."),
    isInHtml: true,
  },
  {
    pattern: /\[\[[_ \u{FFFC}]?toc[_ \u{FFFC}]?\]\]|\$\{toc\}|@?\[toc\]|\{:toc\}/giu,
    reason: instead("a table of contents of another system", "Delete it, or write the list: headings have ids."),
  },
  {
    pattern: /!?\[\[[^[\]]{1,400}\](?:\[[^[\]]{1,400}\])?\]/g,
    reason: instead("a wiki link", "Write [text](page.md), or ![text](media/x.jpg) for a picture."),
  },
  {
    pattern: /\[https?:\/\/[^[\]\s,;]{1,400}[ \t][^[\]\n]{1,400}\]/g,
    reason: instead("a link of another system", "Write [text](address)."),
  },
  {
    pattern:
      /\[\/(?:[biu]|[a-z][\w-]{1,40})\]|\[[a-z][\w-]{1,40}(?:\s+[\w-]+=[^[\]]{0,400})\/?\]|\[(?:gallery|playlist|url=[^[\]]{0,400})\]|\[(?:youtube|vimeo|embed|video|audio|tweet|twitter|instagram|soundcloud|spotify|gist)\s+https?:[^[\]]{0,400}\]/gi,
    reason: instead("a shortcode or a tag of another system", "Write Markdown or HTML instead."),
    isInHtml: true,
  },
  {
    pattern: /!?\[([^[\]]{0,400})\]\(([^()[\]\u{FFFC}]{0,400}(?:\([^()\u{FFFC}]{0,100}\)[^()[\]\u{FFFC}]{0,100})?)\)/gu,
    reason: explainFailedLink,
  },
  {
    pattern: /!?\[[^[\]]{1,400}\]\([^()\s\u{FFFC}]{1,400}\([^()\s\u{FFFC}]{0,400}\)/gu,
    reason: "became no link: a ( in its address has no ). Put the address into angle brackets: [text](<address>).",
  },
  {
    pattern: new RegExp(String.raw`!?\[[^[\]]{1,400}\]\(\s*<?${ADDRESS}[^()\s]{0,400}(?=\s|$)`, "g"),
    reason: "has no end. Put a ) behind the address.",
  },
  {
    pattern: new RegExp(String.raw`(?<=^|[\s([!])[^\s[\]()\u{FFFC}]{1,100}\]\(${ADDRESS}[^()\s]{0,400}\)`, "gu"),
    reason: "became no link: there is no [ before its text. Write [text](address).",
  },
  {
    pattern: new RegExp(
      String.raw`!?\[[^[\]()\u{FFFC}]{1,200}\(${ADDRESS}[^()\s\u{FFFC}]{0,400}\)(?![^[]{0,200}\])`,
      "gu",
    ),
    reason: "became no link: there is no ] behind its text. Write [text](address).",
  },
  {
    pattern: new RegExp(
      String.raw`!?\[(?=[^[\]]{0,400}\p{L}{2})[^[\]]{1,400}\](?:[ \t]+|[ \t]*\n[ \t]*)\(\s*${ADDRESS}[^()\s]{0,400}\)`,
      "gu",
    ),
    reason: (_match, written) =>
      `became no ${written.startsWith("!") ? "picture" : "link"}: a ${written.includes("\n") ? "line break" : "space"} stands between ] and (. Delete it.`,
  },
  {
    pattern: /\([^()[\]]{1,400}\)\[https?:[^[\]\s]{0,400}\]/g,
    reason: "became no link: its brackets are the wrong way round. Write [text](address).",
  },
  {
    pattern: /<(?:https?:\/\/|www\.)[^<>\n]{1,400}>/g,
    reason: (_match, written) =>
      /\s/.test(written)
        ? "became no link: an address in angle brackets has no spaces. Write %20 for each."
        : "became no link: an address in angle brackets begins with https://. Write that before it.",
  },
  {
    pattern: new RegExp(String.raw`^[ \t>]*\[[^[\]]{1,200}\]:[ \t]*<?${ADDRESS}[^\n]{0,400}`, "gm"),
    reason:
      "gives no name to an address, and is published as it stands. It begins a paragraph of its own, and behind the address stands nothing but a title in quotation marks.",
  },
  {
    pattern: /\[\^([^[\]\s]{1,100})\]/g,
    reason: ([, label = ""]) =>
      `is a footnote that stands nowhere. Write ${quote(`[^${label}]: The note.`)} in a paragraph of its own, or delete it.`,
  },
  {
    pattern: /\^\[[^[\]]{1,1000}\]|\[\^[^[\]\n]{1,100}\]/g,
    reason: "is no footnote here. Write [^1], and [^1]: The note. in a paragraph of its own.",
  },
  {
    pattern: /!?\[([^[\]]{1,400})\]\[([^[\]]{0,400})\]/g,
    reason: (match) =>
      isReference(match)
        ? `leads nowhere: there is no ${quote(`[${match[2] || match[1]}]: address`)} in this story. Add one, or write [text](address).`
        : undefined,
  },
  {
    pattern: /(?<![\p{L}\p{N}])!\[(?=[^[\]]{0,400}\p{L})[^[\]]{1,400}\]/gu,
    reason: "shows no picture: there is no address. Write ![text](media/x.jpg).",
  },
  {
    pattern:
      /^[ \t]*:{3,}[ \t]*\S?[^\n]*|^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+(?:abstract|attention|bug|caution|danger|error|example|failure|hint|important|info|note|question|quote|success|tip|todo|warning)\b[^\n]*|^[ \t]*::[a-z][\w-]{1,40}[[{][^\n]*|(?<![\w:]):[a-z][\w-]{1,40}\[[^[\]\n]{1,400}\](?:\{[^{}\n]{0,200}\})?|^[ \t]*\.\.[ \t]+[a-z][\w-]{1,40}::[^\n]*|^[ \t]*[a-z]{2,20}::[^\s[\]]{0,400}\[[^[\]\n]{0,400}\]|^[ \t]*#\+[a-z_]{2,40}:?[^\n]*/gim,
    reason: instead("a directive of another system", "Write > [!NOTE] for a note, or HTML."),
  },
  {
    pattern: /\{(?:code|color|excerpt|info|noformat|note|panel|quote|tip|warning)(?::[^{}\n]{0,200})?\}/g,
    reason: instead("a macro of another system", "Write Markdown or HTML instead."),
  },
  {
    pattern: /^[ \t]*\u{FFFC}{0,2}\[![^[\]\n]{1,40}\][+-]?[^\n]*|^[ \t]*［[!！][^［］\n]{1,40}］[^\n]*/gmu,
    reason: instead(
      "a mark of another system",
      "GitHub's alerts are [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] and [!CAUTION], alone in the first line of a quotation.",
    ),
  },
  {
    pattern:
      /(?<=[^\s{]|^)[ \t]*\{:?[#.][a-z][^{}\n]{0,200}\}|^[ \t]*\{:[^{}\n]{0,200}\}|(?<=[\u{FFFC}\])])\{:?[ \t]*[\w-]{1,40}=[^{}\n]{0,200}\}/gimu,
    reason: instead(
      "an attribute list of another system",
      'Write HTML instead, such as <a id="part"></a>; headings have ids.',
    ),
  },
  {
    pattern: /^[ \t]*#{2,6}(?![#\s])[^\n]{1,200}/gm,
    reason: "became no heading: there is no space behind the #. Add one.",
    isText: true,
  },
  {
    pattern: /^[ \t]*(?:#{1,6}[\u{A0}\u{2000}-\u{200B}\u{202F}\u{3000}]|＃{1,6}\s)[^\n]{1,200}/gmu,
    reason: "became no heading: an ordinary # and an ordinary space must stand before it.",
    isText: true,
  },
  {
    pattern: /^[ \t]*(?:[*+-]|\d{1,9}[.)])[\u{2000}-\u{200B}\u{3000}][^\n]{1,200}/gmu,
    reason: "became no entry of a list: an ordinary space must stand behind its mark.",
    isText: true,
  },
  {
    pattern: /^[ \t]*={2,6}[ \t][^=\n]{1,200}[ \t]={2,6}[ \t]*$|^[ \t]*(?:h[1-6]|bq|bc)\.[ \t][^\n]{1,200}/gm,
    reason: instead("no heading or quotation in Markdown", "Write ## Heading, or > Quotation."),
    isText: true,
  },
  {
    pattern: /(?<![=\w])==(?![=\s])[^=\n]{1,400}(?<!\s)==(?![=\w])/g,
    reason: instead("no mark in Markdown", "Write <mark>…</mark>."),
    isText: true,
  },
  {
    pattern: /(?<![+\w])\+\+(?![+\s])[^+\n]{1,400}(?<!\s)\+\+(?![+\w])/g,
    reason: instead("no mark in Markdown", "Write <ins>…</ins>."),
    isText: true,
  },
  {
    pattern: /\^[\p{L}\p{N}+−-][^\s^]{0,40}\^/gu,
    reason: instead("no superscript in Markdown", "Write <sup>…</sup>."),
    isText: true,
  },
  {
    pattern: /(?<=[A-Za-z)])~[A-Za-z\d+−-]{1,6}~(?!~)/g,
    reason: instead("no subscript in Markdown", "Write <sub>…</sub>."),
    isText: true,
  },
  {
    pattern: /'''[^'\n]{1,400}'''|(?<!')''[^'\n]{1,400}''(?!')/g,
    reason: instead("no mark in Markdown", "Write **bold** or *italic*."),
    isText: true,
  },
  {
    pattern: /(?<![|\w])\|\|(?![|\s])[^|\n]{1,400}(?<!\s)\|\|(?![|\w])|!(?![!\s])[^!<\n]{1,400}!</g,
    reason: `hides nothing here, and ${AS_IT_STANDS}. Put it into <details>. ${OR_CODE}`,
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
      /\\\([^()\n]{0,400}?(?:[\^{}=]|\\[a-z]{2,20}|_\{)[^\n]{0,400}?\\\)|\\\[[^[\]]{0,400}?(?:[\^{}=]|\\[a-z]{2,20}|_\{)[^[\]]{0,400}?\\\]/g,
    reason: FORMULAS,
    isInSource: true,
  },
  {
    pattern: /\$\u{FFFC}{2,400}\$/gu,
    reason: FORMULAS,
  },
  {
    pattern:
      /(?<![\w:\\/])\\(?:begin|end|newpage|pagebreak|clearpage|newline|[a-z]{2,20}(?=\{))(?![a-z])(?:\{[^{}\n]{0,100}\})?/g,
    reason: instead("a command of TeX", "Delete it, or write what it stands for."),
  },
  {
    pattern: /(?<![\w~])~(?![~\s])[^~\n]{0,400}(?<!\s)~(?![\w~])/g,
    reason: `is not struck out: a single ~ is a sign as any other. Write ~~…~~ if it should be. ${OR_CODE}`,
    isText: true,
  },
  {
    pattern: /(?<![~\p{L}\p{N}])~~(?=[\p{L}\p{N}"'“„«$€£])[^~\n]{0,400}(?:~~)?/gu,
    reason: `is not struck out: there is no ~~ at its end, or a space before that. ${OR_CODE}`,
    isText: true,
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
    pattern: /^[ \t]*(?:\+{3}|;{3})[ \t]*$/gm,
    reason: (_match, written) =>
      `begins or ends front matter in ${written.startsWith("+") ? "TOML" : "JSON"}, which is not read here. Write the keys as YAML between the lines ---.`,
  },
  {
    pattern: /^[ \t]*(?:'{3}|‘{3}|’{3}|´{3})\w{0,20}[ \t]*$/gm,
    reason: "begins or ends no code. Write a line of ``` before and behind it.",
  },
  {
    pattern: /^[ \t]*<{7}[ \t][^\n]{0,200}/gm,
    reason: "is what git leaves where two versions meet. Choose one, and delete the other and the lines around them.",
  },
  {
    pattern: /\*\*(?=[^\s*])[^*]{1,400}(?<=[^\s*])\*\*/g,
    reason: NO_BOLD,
    isText: true,
  },
  {
    pattern: /(?<![\p{L}\p{N}*])\*\*[ \t]*[^\s*](?:[^*\n.!?]{0,400}[^\s*])?[ \t]*\*\*(?![\p{L}\p{N}*])/gu,
    reason: NO_BOLD,
    isText: true,
  },
  {
    pattern: /(?<![\w_])__(?=[^\s_])[^_\n]{1,400}(?<=[^\s_])__(?!_)/g,
    reason: `became no bold text, and ${AS_IT_STANDS}. Write **…**: those may stand beside letters. ${OR_CODE}`,
    isText: true,
  },
  {
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}_])_(?=[^\s_])[^_\n]{1,400}(?<=[^\s_])_(?=${UNSPACED_LETTER.source})`,
      "gu",
    ),
    reason: `became no emphasis, and ${AS_IT_STANDS}. Write *…*: those may stand beside letters. ${OR_CODE}`,
    isText: true,
  },
  {
    pattern: /(?<![\p{L}\p{N}*_])(?:\*\*|__)(?=[\p{L}\p{N}"“„«])[^*_\n]{0,60}/gu,
    reason: (_match, written) =>
      `has no end: nothing here is bold. Put ${written.slice(0, 2)} behind the words, in the same paragraph and without a space before it. ${OR_CODE}`,
    isText: true,
  },
  {
    pattern: /(?<![\p{L}\p{N}*])\*(?=\p{L})[^*\n.!?]{1,100}[ \t]\*(?=[\s.,;:!?)]|$)/gu,
    reason: `became no emphasis, and ${AS_IT_STANDS}. Leave no space inside of the *.`,
    isText: true,
  },
  {
    pattern: /(?<![\p{L}`])`{1,3}(?=[^\s`])[^`\n]{0,40}|[^\s`]{1,20}`{1,3}(?![\p{L}`])/gu,
    reason: "begins or ends no code: its backquote stands alone. Write the other one, or ’ if it is an apostrophe.",
    isText: true,
  },
  {
    pattern: /^[ \t]*\+[-=+]{3,1000}\+[ \t]*$/gm,
    reason: "is no table in Markdown. Write | a | b |, and |---|---| below the head.",
    isText: true,
  },
];
