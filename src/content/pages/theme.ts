import type { VFile } from "vfile";
import { location } from "vfile-location";
import type { MediaFile } from "../../model/media.ts";
import { decode } from "../decode.ts";
import { THEME_FILE } from "../file-kinds.ts";
import { hasErrors, quote, reportError, reportWarning, sortMessages } from "../messages/messages.ts";
import { suggest } from "../messages/suggest.ts";
import { resolveReference } from "../references/references.ts";
import { EMPTY_CHANNEL } from "../site.ts";
import { readCss } from "./read-css.ts";

/** The publisher's own rules, with the media files they name: absent if the file carries an error. */
export interface CompiledTheme {
  readonly file: VFile;
  readonly css?: string;
  readonly media: readonly string[];
}

const notAFile = (url: string, media: Readonly<Record<string, MediaFile>>): string =>
  `${quote(url)} is no file of content/media, and a page loads nothing else.${suggest(`media/${url}`, Object.keys(media)) || " Put it there, and name it as media/…."}`;

/**
 * Checks content/theme.css, whose rules stand behind those of Feedwright: it may load nothing but pictures of content/media. What browsers
 * would pass over without a word is a warning.
 * `media` is by path below content/.
 */
export const compileTheme = (
  source: Uint8Array | string,
  media: Readonly<Record<string, MediaFile>>,
): CompiledTheme => {
  const file = decode(THEME_FILE, source);
  const css = String(file);
  const places = location(file);
  const { addresses, imports, faults } = readCss(css);
  const report = (reason: string, offset: number): void => reportError(file, "theme", reason, places.toPoint(offset));
  for (const offset of imports) {
    report("`@import` loads another style sheet, which no page may. Copy its rules into this file.", offset);
  }
  for (const { reason, offset } of faults) reportWarning(file, "theme", reason, places.toPoint(offset));
  const context = { channel: EMPTY_CHANNEL, media, slugs: {}, path: THEME_FILE, slug: "" };
  const used = addresses.flatMap(({ url, offset }) => {
    if (url.startsWith("#")) return [];
    const [, start, rest = ""] = /^(\/(?!\/)|(?:\.{0,2}\/)*\.\.\/)(.*)/s.exec(url) ?? [];
    if (start !== undefined) {
      const excess = start === "/" ? "the slash" : quote(start);
      report(`Write ${quote(rest)}, without ${excess}: the site may lie below a path.`, offset);
      return [];
    }
    const reference = resolveReference(url, context, "media");
    if (typeof reference !== "string" && reference.media !== undefined) return [reference.media.path];
    report(typeof reference === "string" && /^(?:\.\/)*media\//.test(url) ? reference : notAFile(url, media), offset);
    return [];
  });
  sortMessages(file);
  return hasErrors(file) ? { file, media: used } : { file, css, media: used };
};
