import type { VFile } from "vfile";
import { location } from "vfile-location";
import type { MediaFile } from "../../model/media.ts";
import { decode } from "../decode.ts";
import { THEME_FILE } from "../file-kinds.ts";
import { hasErrors, quote, reportError, sortMessages } from "../messages/messages.ts";
import { resolveReference } from "../references/references.ts";
import { EMPTY_CHANNEL } from "../site.ts";

/** The publisher's own rules, with the media files they name: absent if the file carries an error. */
export interface CompiledTheme {
  readonly file: VFile;
  readonly css?: string;
  readonly media: readonly string[];
}

// Comments, strings, `url(` up to its end where the address has no quotes, names (with the parenthesis of a function), all else.
const TOKEN =
  /\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|@?(?:[\w-]|[^\0-\x7f]|\\(?:[\da-f]{1,6}\s?|[^\n]))+\(?|[\s\S]/giy;

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

interface Address {
  readonly url: string;
  readonly offset: number;
}

/** What a style sheet loads: addresses, and the places of `@import`. */
const readCss = (css: string): { readonly addresses: readonly Address[]; readonly imports: readonly number[] } => {
  const addresses: Address[] = [];
  const imports: number[] = [];
  const open: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(css); match !== null; match = TOKEN.exec(css)) {
    const [token] = match;
    const offset = match.index;
    if (token.startsWith("/*")) continue;
    if (token.startsWith('"') || token.startsWith("'")) {
      const isAddress = open.some((name) => OF_ADDRESSES.has(name));
      if (isAddress) addresses.push({ url: unescapeCss(token.slice(1).replace(/["']$/, "")), offset });
      continue;
    }
    if (token === "(") open.push("");
    else if (token === ")") open.pop();
    else if (token.endsWith("(")) {
      const name = unescapeCss(token.slice(0, -1)).toLowerCase();
      const bare = name === "url" ? /^\s*([^"'\s)][^)]*?)\s*\)/.exec(css.slice(TOKEN.lastIndex)) : null;
      if (bare === null) open.push(name);
      else {
        addresses.push({ url: unescapeCss(bare[1] ?? ""), offset });
        TOKEN.lastIndex += bare[0].length;
      }
    } else if (unescapeCss(token).toLowerCase() === "@import") imports.push(offset);
  }
  return { addresses, imports };
};

/**
 * Checks content/theme.css, whose rules stand behind those of Feedwright: it may load nothing but pictures of content/media.
 * `media` is by path below content/.
 */
export const compileTheme = (
  source: Uint8Array | string,
  media: Readonly<Record<string, MediaFile>>,
): CompiledTheme => {
  const file = decode(THEME_FILE, source);
  const css = String(file);
  const places = location(file);
  const { addresses, imports } = readCss(css);
  const report = (reason: string, offset: number): void => reportError(file, "theme", reason, places.toPoint(offset));
  for (const offset of imports) {
    report("`@import` loads another style sheet, which no page may. Copy its rules into this file.", offset);
  }
  const context = { channel: EMPTY_CHANNEL, media, slugs: {}, path: THEME_FILE, slug: "" };
  const used = addresses.flatMap(({ url, offset }) => {
    if (url.startsWith("#")) return [];
    if (url.startsWith("/") && !url.startsWith("//")) {
      report(`Write ${quote(url.replace(/^\/+/, ""))}, without the slash: the site may lie below a path.`, offset);
      return [];
    }
    const reference = resolveReference(url, context, "media");
    if (typeof reference === "string") report(reference, offset);
    else if (reference.media !== undefined) return [reference.media.path];
    else report(`${quote(url)} is on another site. Put the file into content/media, and name it as media/….`, offset);
    return [];
  });
  sortMessages(file);
  return hasErrors(file) ? { file, media: used } : { file, css, media: used };
};
