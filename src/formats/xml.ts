// Writes XML 1.0. The model holds no character that XML can't carry (content/ refuses them), so escaping is all that is left
// to do. Renderers write out elements that every document has, since that reads like the document and takes fewer
// concatenations; the functions here are for the others.

// The RSS Best Practices Profile asks for hexadecimal references (§3.1). A carriage return needs one, since a parser would make
// a line feed of it (XML 1.0 §2.11).
const referenceFor = (code: number): string => {
  if (code === 0x26) return "&#x26;";
  if (code === 0x3c) return "&#x3C;";
  if (code === 0x3e) return "&#x3E;";
  return code === 0x0d ? "&#xD;" : "";
};

/** Escapes text content, in one pass from the first character that needs it: four times as fast as a replacement for each. */
export const escapeText = (text: string): string => {
  const first = text.search(/[&<>\r]/);
  if (first < 0) return text;
  let written = "";
  let rest = 0;
  for (let index = first; index < text.length; index++) {
    const reference = referenceFor(text.charCodeAt(index));
    if (reference === "") continue;
    written += text.slice(rest, index) + reference;
    rest = index + 1;
  }
  return written + text.slice(rest);
};

/**
 * Escapes plain text for an element that readers take for HTML, such as a description: first as HTML, then as XML, for which
 * `&` is all that is left to escape.
 */
export const plainAsHtml = (text: string): string => escapeText(text).replaceAll("&", "&#x26;");

/** Escapes the value of an attribute in double quotes, white space included that a parser would turn into spaces. */
export const escapeAttribute = (text: string): string =>
  /["&<>\t\n\r]/.test(text)
    ? escapeText(text).replaceAll('"', "&#x22;").replaceAll("\t", "&#x9;").replaceAll("\n", "&#xA;")
    : text;

/**
 * Writes HTML as one CDATA section: shorter and faster than escaping. Never as several, since there are readers that lose what
 * follows the first. What can't stand in a section, which only stories stored by older versions hold, becomes a reference of
 * HTML. Returns three pieces, so that a long text need not be copied.
 */
export const cdata = (html: string): readonly [start: string, html: string, end: string] => {
  const text = html.includes("]]>") ? html.replaceAll("]]>", "]]&#x3E;") : html;
  return ["<![CDATA[", text.includes("\r") ? text.replaceAll("\r", "&#xD;") : text, "]]>"];
};

/** Attributes by name; those that are undefined are left out. */
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Writes attributes as they stand in a tag, each after a space. */
export const attributes = (values: Attributes): string => {
  let written = "";
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) written += ` ${name}="${escapeAttribute(String(value))}"`;
  }
  return written;
};

/** Writes an element that holds text, and nothing if the text is undefined. */
export const textElement = (name: string, text: string | undefined, values: Attributes = {}): string =>
  text === undefined ? "" : `<${name}${attributes(values)}>${escapeText(text)}</${name}>\n`;

/** Writes an element that has attributes only. */
export const emptyElement = (name: string, values: Attributes): string => `<${name}${attributes(values)}/>\n`;

/** Writes an element that holds elements, which are written already and end with a line feed each. */
export const element = (name: string, values: Attributes, inner: string): string =>
  inner === "" ? emptyElement(name, values) : `<${name}${attributes(values)}>\n${inner}</${name}>\n`;

/** With what every document begins. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';

/** Writes what every XML feed begins with: the XML declaration, and a style sheet by which browsers show it. */
export const xmlHead = (siteUrl: string): string =>
  `${XML_DECLARATION}<?xml-stylesheet type="text/css" href="${escapeAttribute(siteUrl)}/style.css"?>\n`;
