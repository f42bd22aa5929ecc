import type { Element, Nodes } from "hast";

// Marks in the text while it is written; `joinMarks` makes spaces and signs of them. No text holds these characters, since
// XML can't.
const LEFT_OUT = "\u{1}";
const PICTURE = "\u{2}";
const BLOCK = "\u{3}";
const CELL = "\u{4}";
const ITEM = "\u{5}";
const BREAK = "\u{6}";

/** What HTML shows only to some readers, or not as text: it is left out with all it holds. */
const UNREAD_ELEMENTS = new Set([
  ..."audio canvas embed head iframe noembed noframes noscript object rp script select style svg".split(" "),
  ..."template textarea title video".split(" "),
]);

const STRUCK_ELEMENTS = new Set(["del", "s", "strike"]);

/** What stands around the text of an element. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ..."address article aside blockquote body center details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5"
    .split(" ")
    .map((name): [string, string] => [name, BLOCK]),
  ..."h6 header hr main nav ol p pre section summary table ul"
    .split(" ")
    .map((name): [string, string] => [name, BLOCK]),
  ..."caption dd li tr".split(" ").map((name): [string, string] => [name, ITEM]),
  ..."td th".split(" ").map((name): [string, string] => [name, CELL]),
]);

/** Outer and inner quotation marks by language, as CLDR has them. */
const QUOTATION_MARKS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "„“‚‘": "bg cs de hsb is lt lv mk sk sl",
    "„”‚’": "hr sr",
    "„”«»": "pl ro",
    "„”»«": "hu",
    "„”": "et ka",
    "“”‘’": "da en pt zh",
    "‘’“”": "nl",
    "«»“”": "ast ca el es eu fr gl hy it",
    "«»„“": "be ru uk",
    "«»‘’": "nb nn no",
    "«»‹›": "fa",
    "””’’": "fi he se sv",
    "”“’‘": "ar ur",
    "「」『』": "ja zh-hant",
  }).flatMap(([marks, languages]) => languages.split(" ").map((language): [string, string] => [language, marks])),
);
const ENGLISH_MARKS = "“”‘’";

const pairs = (plain: string, shifted: string): readonly (readonly [string, string])[] => {
  const counterparts = Array.from(shifted);
  return Array.from(plain, (character, index) => [character, counterparts[index] ?? character]);
};

const SUPERSCRIPTS = new Map(
  pairs(
    "0123456789+-−–=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
  ),
);
const SUBSCRIPTS = new Map(pairs("0123456789+-−–=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"));

/** Characters that are raised or lowered by themselves. */
const SHIFTED = new Set(["ª", "º", ...SUPERSCRIPTS.values(), ...SUBSCRIPTS.values()]);

/** Whether a raised text is what people write without the tags, too: 1st, 2ème. */
const isOrdinal = (before: string, text: string): boolean =>
  /^(?:ère|i?ème)s?$/i.test(text) || (/\d$/.test(before) && /^(?:st|nd|rd|th)$/i.test(text));

/** Text that is raised or lowered: in Unicode's own characters if it has all of them, otherwise behind a sign. */
const shiftText = (text: string, characters: ReadonlyMap<string, string>, sign: "^" | "_"): string => {
  const isShown = (character: string): boolean => SHIFTED.has(character) || !/[\p{L}\p{N}]/u.test(character);
  if (!characters.has(text) && Array.from(text).every(isShown)) return text;
  const shifted = Array.from(text, (character) => characters.get(character));
  if (shifted.every((character) => character !== undefined)) return shifted.join("");
  return Array.from(text).length === 1 ? sign + text : `${sign}(${text})`;
};

/** What `plainText` may be told. */
export interface PlainTextOptions {
  /** BCP 47, for quotation marks; English without it. An attribute `lang` in the tree goes before it. */
  readonly language?: string;
  /** Whether the text of pictures (`alt`) is left out. */
  readonly withoutPictures?: boolean;
}

interface Context {
  readonly language: string;
  readonly withoutPictures: boolean;
  /** How many quotations are open. */
  readonly quoteDepth: number;
}

const childrenOf = (node: Nodes): readonly Nodes[] => ("children" in node ? node.children : []);

/** Whether a node has text, and all of it stands in elements that pass the test; what only separates them may stand between. */
const isAllInside = (node: Nodes, test: (element: Element) => boolean): boolean => {
  let isFound = false;
  const isInside = (one: Nodes): boolean => {
    if (one.type === "text") return /^[\s[\](),;–-]*$/.test(one.value);
    if (one.type !== "element" || !test(one)) return childrenOf(one).every(isInside);
    isFound = true;
    return true;
  };
  return isInside(node) && isFound;
};

/** Whether an element is a link to a place in a page, such as `<a href="#note">`. */
const isLinkToPlace = ({ tagName, properties }: Element): boolean =>
  tagName === "a" && String(properties.href ?? "").includes("#");

/** Whether a raised text is the number of a footnote: a link to a note, or a number in brackets. */
const isFootnoteReference = (sup: Element, text: string): boolean =>
  /^\[[^\]]*\]$/.test(text) || isAllInside(sup, isLinkToPlace);

/** Whether a link is the number of a footnote, of which all is raised. */
const isFootnoteLink = (element: Element): boolean =>
  isLinkToPlace(element) && isAllInside(element, ({ tagName }) => tagName === "sup");

const writeRaised = (sup: Element, before: string, context: Context): string => {
  const text = joinMarks(writeChildren(sup, context));
  if (isFootnoteReference(sup, text)) return LEFT_OUT;
  if (/^(?:TM|SM)$/i.test(text)) return text.toUpperCase() === "TM" ? "™" : "℠";
  if (isOrdinal(before, text)) return text;
  return shiftText(text, SUPERSCRIPTS, "^");
};

const quotationMarksOf = (language: string): readonly string[] => {
  const tag = language.toLowerCase();
  const [primary = ""] = tag.split("-", 1);
  const key = /^zh-(?:hant|hk|mo|tw)(?:-|$)/.test(tag) ? "zh-hant" : primary;
  return Array.from(QUOTATION_MARKS.get(key) ?? ENGLISH_MARKS);
};

const writeQuotation = (element: Element, context: Context): string => {
  const marks = quotationMarksOf(context.language);
  const inner = marks.length < 4 || context.quoteDepth % 2 === 0 ? 0 : 2;
  const text = writeChildren(element, { ...context, quoteDepth: context.quoteDepth + 1 });
  return `${marks[inner]}${text}${marks[inner + 1]}`;
};

const ofName = (element: Element, name: string): Element | undefined => {
  for (const child of element.children) {
    if (child.type !== "element") continue;
    const found = child.tagName.toLowerCase() === name ? child : ofName(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A formula of MathML: its own alternative text, its TeX, or its parts with signs for what stands above and below. */
const writeFormula = (element: Element, context: Context): string => {
  const { alttext, altText = alttext } = element.properties;
  if (typeof altText === "string" && altText !== "") return altText;
  const annotation = ofName(element, "annotation");
  return annotation === undefined ? writeFormulaPart(element, context) : writeChildren(annotation, context);
};

const writeFormulaPart = (node: Nodes, context: Context): string => {
  if (node.type !== "element") return node.type === "text" ? node.value.trim() : "";
  const parts = node.children.map((child) => writeFormulaPart(child, context)).filter((part) => part !== "");
  const [first = "", second = "", third = ""] = parts;
  const grouped = (part: string): string => (/^[\p{L}\p{N}.,]*$/u.test(part) ? part : `(${part})`);
  switch (node.tagName) {
    case "msup":
      return first + shiftText(second, SUPERSCRIPTS, "^");
    case "msub":
      return first + shiftText(second, SUBSCRIPTS, "_");
    case "msubsup":
      return first + shiftText(second, SUBSCRIPTS, "_") + shiftText(third, SUPERSCRIPTS, "^");
    case "mfrac":
      return `${grouped(first)}/${grouped(second)}`;
    case "msqrt":
      return `√(${parts.join("")})`;
    default:
      return parts.join("");
  }
};

const writePicture = ({ properties }: Element, { withoutPictures }: Context): string =>
  withoutPictures || typeof properties.alt !== "string" ? LEFT_OUT : PICTURE + properties.alt + PICTURE;

const isClosedFold = ({ tagName, properties }: Element): boolean =>
  tagName === "details" && (properties.open === undefined || properties.open === false);

const isSummary = (node: Nodes): boolean => node.type === "element" && node.tagName === "summary";

const writeElement = (element: Element, before: string, outer: Context): string => {
  const { tagName, properties } = element;
  const context = typeof properties.lang === "string" ? { ...outer, language: properties.lang } : outer;
  if (STRUCK_ELEMENTS.has(tagName) || UNREAD_ELEMENTS.has(tagName)) return LEFT_OUT;
  if (properties.hidden || properties.dataFootnoteBackref !== undefined || isFootnoteLink(element)) return LEFT_OUT;
  switch (tagName) {
    case "br":
      return BREAK;
    case "img":
      return writePicture(element, context);
    case "input":
      return properties.type === "checkbox" ? (properties.checked ? "☑ " : "☐ ") : LEFT_OUT;
    case "math":
      return writeFormula(element, context);
    case "q":
      return writeQuotation(element, context);
    case "rt":
      return `(${joinMarks(writeChildren(element, context))})`;
    case "sub":
      return shiftText(joinMarks(writeChildren(element, context)), SUBSCRIPTS, "_");
    case "sup":
      return writeRaised(element, before, context);
    case "dt":
      return `${ITEM}${joinMarks(writeChildren(element, context))}: `;
  }
  const mark = MARKS.get(tagName) ?? "";
  const shown = isClosedFold(element) ? { ...element, children: element.children.filter(isSummary) } : element;
  return mark + writeChildren(shown, context) + mark;
};

const isKey = (node: Nodes | undefined): boolean => node?.type === "element" && node.tagName === "kbd";

const writeNode = (node: Nodes, before: string, context: Context): string => {
  if (node.type === "text") return node.value;
  return node.type === "element" ? writeElement(node, before, context) : writeChildren(node, context);
};

const writeChildren = (parent: Nodes, context: Context): string => {
  let text = "";
  let previous: Nodes | undefined;
  for (const child of childrenOf(parent)) {
    if (isKey(previous) && isKey(child)) text += " ";
    text += writeNode(child, text, context);
    previous = child;
  }
  return text;
};

const SENTENCE_END = /[.!?…:;,。！？：；，、،؛؟۔।]["'”’“‘»«」』）)\]]*$/u;
const CLOSING = /^[.,;:!?%)\]}…”’»」』】）。，、；：！？،؛؟]/u;
const OPENING = /[([{“‘«„‚「『【（]$/u;

const RUN = new RegExp(`([\t\n\f\r\u{85}\u{2028}\u{2029} ${LEFT_OUT}${PICTURE}${BLOCK}${CELL}${ITEM}${BREAK}]+)`);

/** Scripts that put no spaces between words, with their punctuation: a line of them may end anywhere. */
const WITHOUT_SPACES = "[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Bopo}\\u{3001}-\\u{303F}\\u{FF01}-\\u{FF60}]";
const ENDS_WITHOUT_SPACES = new RegExp(`${WITHOUT_SPACES}$`, "u");
const BEGINS_WITHOUT_SPACES = new RegExp(`^${WITHOUT_SPACES}`, "u");

/** Whether white space is the end of a line in the source that readers don't see (CSS Text 3 §4.1.3). */
const isSourceBreak = (run: string, before: string, after: string): boolean =>
  /^[\t ]*\n[\t ]*$/.test(run) && ENDS_WITHOUT_SPACES.test(before) && BEGINS_WITHOUT_SPACES.test(after);

/** What stands for a run of white space and marks. */
const joinRun = (run: string, before: string, after: string): string => {
  if (before === "" || after === "" || isSourceBreak(run, before, after)) return "";
  if (run.includes(CELL) && !run.includes(ITEM)) return " | ";
  if (run.includes(ITEM)) return SENTENCE_END.test(before) ? " " : " · ";
  if (run.includes(BLOCK)) return " ";
  if (run.includes(PICTURE)) return CLOSING.test(after) || OPENING.test(before) ? "" : " ";
  if (!run.includes(LEFT_OUT)) return " ";
  return run.replaceAll(LEFT_OUT, "") !== "" && !CLOSING.test(after) && !OPENING.test(before) ? " " : "";
};

/** So many UTF-16 units before a run decide what stands for it. */
const LOOKBEHIND_LENGTH = 8;

/** Makes one line of a text with marks. */
const joinMarks = (marked: string): string => {
  const pieces = marked.split(RUN);
  const written = [pieces[0] ?? ""];
  // Of the whole text, the end would be copied out anew for each run.
  let before = written[0]?.slice(-LOOKBEHIND_LENGTH) ?? "";
  for (let index = 1; index < pieces.length; index += 2) {
    const after = pieces[index + 1] ?? "";
    const piece = joinRun(pieces[index] ?? "", before, after) + after;
    written.push(piece);
    before = (before + piece).slice(-LOOKBEHIND_LENGTH);
  }
  return written.join("");
};

/**
 * The text of HTML on one line, with the sense that its elements give it: 10<sup>6</sup> is 10⁶ (or ^(…) where Unicode has no
 * such characters), what is struck out and the numbers of footnotes are left out, quotations have their marks, pictures stand
 * as their `alt`, cells are separated by |, items and rows by ·. Of a closed `<details>` only its summary is text. Takes time
 * in proportion to the tree; the tree need not be sanitised. Throws a RangeError if it is deeper than the stack.
 */
export const plainText = (node: Nodes, { language = "en", withoutPictures = false }: PlainTextOptions = {}): string =>
  joinMarks(writeNode(node, "", { language, withoutPictures, quoteDepth: 0 })).trim();
