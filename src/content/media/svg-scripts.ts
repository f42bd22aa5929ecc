const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  colon: ":",
  tab: "\t",
};

const characterOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : "");

/** The text with its character references decoded, so that none hides a letter. */
const decodeReferences = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,9})|#x([\da-f]{1,8})|([a-z]{2,5}));?/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return characterOf(Number(decimal));
      if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
      return NAMED[name?.toLowerCase() ?? ""] ?? whole;
    },
  );

// Declarations of entities and of attributes can put a script anywhere. Drawing programs declare entities for addresses only.
const DECLARATION = /<!(?:ATTLIST|ELEMENT|ENTITY)\b(?!\s+[\w.-]+\s+(?:"https?:[^"<>]*"|'https?:[^'<>]*')\s*>)/i;

const STYLE_SHEET = /<\?xml-stylesheet\b[^<>]*(?:xsl|javascript:)/i;

const ACTIVE_ELEMENT = /<(?:[\w.-]+:)?(?:script|handler|listener|iframe|frame|object|embed|applet)(?![\w.-])/i;

// `onload="…"`, also without white space before it, and what sets such an attribute later.
const EVENT_ATTRIBUTE = /[\s"'/](?:[\w.-]+:)?on[a-z]+\s*=\s*["']/i;
const ANIMATED_EVENT = /\battributeName\s*=\s*["']\s*(?:[\w.-]+:)?on/i;

// Browsers ignore tabs and line breaks in an address. An animation has several, each after a semicolon.
const SCRIPT_ADDRESS =
  /(?:=\s*["']|;)\s*(?:(?:java|vb|live)script:|data:\s*(?:text\/html|application\/(?:xhtml\+xml|xml)|text\/xml))/i;

/** Whether an SVG holds a script, or what can become one: rather one too many than one too few. */
export const hasScript = (svg: string): boolean => {
  const text = decodeReferences(svg);
  return (
    [DECLARATION, STYLE_SHEET, ACTIVE_ELEMENT, EVENT_ATTRIBUTE, ANIMATED_EVENT].some((pattern) => pattern.test(text)) ||
    SCRIPT_ADDRESS.test(text.replaceAll(/[\t\n\r]/g, ""))
  );
};
