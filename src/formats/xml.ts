// Escaping and the few shapes that RSS and Atom share. The model holds no character that XML 1.0
// can't carry (content/ refuses them), so escaping is all that is left to do.

/** Text content. RSS Advisory Board's profile asks for hexadecimal references (§3.1). */
export const escapeText = (text: string): string =>
  /[&<>]/.test(text) ? text.replaceAll("&", "&#x26;").replaceAll("<", "&#x3C;").replaceAll(">", "&#x3E;") : text;

/** An attribute's value, between double quotes; white space that XML would turn into blanks is kept. */
export const escapeAttribute = (text: string): string =>
  /["&<>\t\n\r]/.test(text)
    ? escapeText(text)
        .replaceAll('"', "&#x22;")
        .replace(/[\t\n\r]/g, (space) => `&#x${space.charCodeAt(0).toString(16)};`)
    : text;

/** HTML as one CDATA section, or several where it holds `]]>`: shorter and faster than escaping. */
export const cdata = (html: string): string =>
  `<![CDATA[${html.includes("]]>") ? html.replaceAll("]]>", "]]]]><![CDATA[>") : html}]]>`;

/** Attributes as they stand in a tag, those without a value left out. */
export const attributes = (values: Readonly<Record<string, string | number | undefined>>): string => {
  let written = "";
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) written += ` ${name}="${escapeAttribute(String(value))}"`;
  }
  return written;
};

/** An element with text in it; nothing where the text is absent. */
export const textElement = (
  name: string,
  text: string | undefined,
  values: Readonly<Record<string, string | number | undefined>> = {},
): string => (text === undefined ? "" : `<${name}${attributes(values)}>${escapeText(text)}</${name}>\n`);

/** An element with attributes only. */
export const emptyElement = (name: string, values: Readonly<Record<string, string | number | undefined>>): string =>
  `<${name}${attributes(values)}/>\n`;

/** What every XML feed begins with. Browsers show it by the style sheet; readers ignore that line. */
export const xmlHead = (siteUrl: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet type="text/css" href="${escapeAttribute(siteUrl)}/style.css"?>\n`;
