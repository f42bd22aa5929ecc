/** An address in a style sheet, as its author means it: without escapes. */
interface CssAddress {
  readonly url: string;
  readonly offset: number;
}

/** What is broken in a style sheet, as a sentence with advice: browsers pass over rules without a word. */
interface CssFault {
  readonly reason: string;
  readonly offset: number;
}

/** What a style sheet loads, and what is broken in it. Offsets are in UTF-16 units. */
export interface Css {
  readonly addresses: readonly CssAddress[];
  /** The places of `@import`. */
  readonly imports: readonly number[];
  readonly faults: readonly CssFault[];
}

// Comments, strings, names (with the parenthesis of a function), all else. None looks further than what it takes, so that
// the time is linear.
const TOKEN =
  /\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|@?(?:[\w-]|[^\0-\x7f]|\\(?:[\da-f]{1,6}\s?|[^\n]))+\(?|[\s\S]/giy;

/** What stands behind `url(`: its address up to the parenthesis, unless that begins with a quotation mark. */
const BARE_ADDRESS = /\s*(?:(?=["'])|((?:\\[\s\S]|[^)\\])*)(\)?))/y;

const unescapeCss = (text: string): string =>
  text
    .replace(/\\\n/g, "")
    .replace(/\\([\da-f]{1,6})\s?/gi, (_, hex: string) => {
      const code = Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\u{FFFD}";
    })
    .replace(/\\([\s\S])/g, "$1");

/** Functions whose strings are addresses. */
const OF_ADDRESSES = new Set([
  "url",
  "src",
  "image",
  "image-set",
  "-webkit-image-set",
  "cross-fade",
  "-webkit-cross-fade",
]);

const CLOSERS: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };

/** Something that is open until its closing sign. */
interface Block {
  readonly sign: string;
  readonly offset: number;
  /** Whether strings in it are addresses. */
  readonly hasAddresses: boolean;
}

/** Reads what a style sheet loads, as CSS Syntax 3 tells its tokens apart, and where its brackets, comments and texts do not end. */
export const readCss = (css: string): Css => {
  const addresses: CssAddress[] = [];
  const imports: number[] = [];
  const faults: CssFault[] = [];
  const open: Block[] = [];
  // What is wrong with brackets further down follows from the first that is.
  let isBalanced = true;
  let isNamespace = false;

  const reportUnclosed = ({ sign, offset }: Block): void => {
    if (!isBalanced) return;
    isBalanced = false;
    const reason = `This \`${sign}\` is not closed, so that browsers do not read what is behind it as you mean it. Add \`${CLOSERS[sign]}\`.`;
    faults.push({ reason, offset });
  };

  const close = (closer: string, offset: number): void => {
    const last = open.at(-1);
    if (last !== undefined && CLOSERS[last.sign] === closer) open.pop();
    else if (last !== undefined) reportUnclosed(last);
    else if (isBalanced) {
      isBalanced = false;
      const reason = `This \`${closer}\` closes nothing, and browsers leave out the rule behind it. Delete it.`;
      faults.push({ reason, offset });
    }
  };

  const readString = (token: string, offset: number): void => {
    const [mark = ""] = token;
    const isClosed = token.length > 1 && token.endsWith(mark);
    if (!isClosed) faults.push({ reason: `This text has no end. Add \`${mark}\` on the same line.`, offset });
    if (open.at(-1)?.hasAddresses === true && !isNamespace)
      addresses.push({ url: unescapeCss(token.slice(1, isClosed ? -1 : undefined)), offset });
  };

  /** `url(` has its address without quotation marks, or is a function like others. */
  const readUrl = (offset: number): boolean => {
    BARE_ADDRESS.lastIndex = TOKEN.lastIndex;
    const [whole = "", address, end] = BARE_ADDRESS.exec(css) ?? [];
    if (address === undefined) return false;
    TOKEN.lastIndex += whole.length;
    const written = address.trim();
    if (end === "") reportUnclosed({ sign: "(", offset, hasAddresses: true });
    else if (/[\s"'(]/.test(written.replace(/\\(?:[\da-f]{1,6}\s?|[\s\S])/gi, ""))) {
      faults.push({ reason: "Browsers do not read this address. Put it into quotation marks.", offset });
    }
    if (!isNamespace) addresses.push({ url: unescapeCss(written), offset });
    return true;
  };

  const openFunction = (name: string, offset: number): void => {
    if (name === "url" && readUrl(offset)) return;
    const isWithinAddresses = open.at(-1)?.hasAddresses === true && name !== "type";
    open.push({ sign: "(", offset, hasAddresses: OF_ADDRESSES.has(name) || isWithinAddresses });
  };

  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(css); match !== null; match = TOKEN.exec(css)) {
    const [token] = match;
    const offset = match.index;
    if (token.startsWith("/*")) {
      if (token.length < 4 || !token.endsWith("*/"))
        faults.push({ reason: "This comment has no end. Add `*/`.", offset });
    } else if (token.startsWith('"') || token.startsWith("'")) readString(token, offset);
    else if (Object.hasOwn(CLOSERS, token)) {
      open.push({ sign: token, offset, hasAddresses: token === "(" && open.at(-1)?.hasAddresses === true });
      isNamespace = false;
    } else if (token === "}" || token === ")" || token === "]") close(token, offset);
    else if (token === ";") isNamespace = false;
    else if (token.endsWith("(")) openFunction(unescapeCss(token.slice(0, -1)).toLowerCase(), offset);
    else if (token.startsWith("@")) {
      const name = unescapeCss(token).toLowerCase();
      if (name === "@import") imports.push(offset);
      isNamespace = name === "@namespace";
    }
  }
  for (const block of open.slice(-1)) reportUnclosed(block);
  return { addresses, imports, faults };
};
