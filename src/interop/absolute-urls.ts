import { type Token, Tokenizer, TokenizerMode } from "parse5";
import { parseSrcset, serializeSrcset } from "../content/body/srcset.ts";
import type { PackageEnclosure, PackageItem } from "./package-feed.ts";

/**
 * Makes a reference absolute that is relative to `base`. Leaves what has a scheme or a host, places in the text itself (`#note`), and
 * what is no URL.
 */
export const absoluteFrom = (reference: string, base: string | undefined): string => {
  const isRelative = !/^\s*(?:[a-z][a-z\d+.-]*:|[\\/]{2}|#|$)/i.test(reference);
  return isRelative && base !== undefined && URL.canParse(reference, base) ? new URL(reference, base).href : reference;
};

/** The attributes that hold one URL, with those that scripts put in the place of `src`. */
const URL_ATTRIBUTE = /^(?:href|src|poster|cite|longdesc|data-(?:lazy-)?src|data-original)$/;

/** The attributes that hold a list of them. */
const LIST_ATTRIBUTE = /^(?:data-(?:lazy-)?)?srcset$/;

/** Whether HTML may have such an attribute whose value is not absolute: most has none, and need not be tokenized. */
const MAY_BE_RELATIVE =
  /srcset\s*=|(?:href|src|poster|cite|longdesc|data-original)\s*=(?!\s*["']?\s*(?:https?:|mailto:|tel:|#))/i;

const absoluteValue = ({ name, value }: Token.Attribute, base: string): string => {
  if (URL_ATTRIBUTE.test(name)) return absoluteFrom(value, base);
  if (!LIST_ATTRIBUTE.test(name)) return value;
  const candidates = parseSrcset(value);
  const absolute = candidates.map(({ url, descriptor }) => ({ url: absoluteFrom(url, base), descriptor }));
  return absolute.some(({ url }, index) => url !== candidates[index]?.url) ? serializeSrcset(absolute) : value;
};

/** How what is in an element is tokenized, where it has no tags (HTML §13.2.6.4). */
const MODES: Readonly<Record<string, Tokenizer["state"]>> = {
  ...{ title: TokenizerMode.RCDATA, textarea: TokenizerMode.RCDATA },
  ...{ iframe: TokenizerMode.RAWTEXT, noembed: TokenizerMode.RAWTEXT, noframes: TokenizerMode.RAWTEXT },
  ...{ style: TokenizerMode.RAWTEXT, xmp: TokenizerMode.RAWTEXT },
  script: TokenizerMode.SCRIPT_DATA,
  plaintext: TokenizerMode.PLAINTEXT,
};

const escapeAttribute = (value: string): string => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** Makes the URLs in HTML absolute that are relative to `base`. All else stays as it is, to the letter. */
export const absoluteHtml = (html: string, base: string): string => {
  if (!MAY_BE_RELATIVE.test(html)) return html;
  const parts: string[] = [];
  let end = 0;
  const ignore = (): void => {};
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag({ tagName, attrs, location }) {
        tokenizer.state = MODES[tagName] ?? tokenizer.state;
        for (const attribute of attrs) {
          const value = absoluteValue(attribute, base);
          const place = location?.attrs?.[attribute.name];
          if (value === attribute.value || place === undefined) continue;
          parts.push(html.slice(end, place.startOffset), `${attribute.name}="${escapeAttribute(value)}"`);
          end = place.endOffset;
        }
      },
      ...{ onEndTag: ignore, onComment: ignore, onDoctype: ignore, onEof: ignore },
      ...{ onCharacter: ignore, onNullCharacter: ignore, onWhitespaceCharacter: ignore },
    },
  );
  tokenizer.write(html, true);
  return parts.join("") + html.slice(end);
};

type File = string | PackageEnclosure;

const absoluteFile = (file: File, base: string): File =>
  typeof file === "object" ? { ...file, url: absoluteFrom(file.url, base) } : absoluteFrom(file, base);

/** What an item's own references are relative to: its page; where that is none, the feed's. */
const baseOf = (link: string | undefined, feedUrl: string): string => {
  const page = absoluteFrom(link || feedUrl, feedUrl);
  return /^https?:/i.test(page) && URL.canParse(page) ? page : feedUrl;
};

/**
 * An item whose link is absolute, as a reader takes it that has the feed from `feedUrl`, and whose text, picture and files lead to where
 * they lead on the item's own page.
 */
export const withAbsoluteUrls = (item: PackageItem, feedUrl: string | undefined): PackageItem => {
  if (feedUrl === undefined) return item;
  const { link, content, description, author, image, audio, video, enclosure } = item;
  const base = baseOf(link, feedUrl);
  return {
    ...item,
    ...(link && { link: absoluteFrom(link, feedUrl) }),
    ...(content
      ? { content: absoluteHtml(content, base) }
      : description && { description: absoluteHtml(description, base) }),
    ...(author && {
      author: author.map((one) => ({ ...one, ...(one.link && { link: absoluteFrom(one.link, feedUrl) }) })),
    }),
    ...(image && { image: absoluteFile(image, base) }),
    ...(audio && { audio: absoluteFile(audio, base) }),
    ...(video && { video: absoluteFile(video, base) }),
    ...(enclosure && { enclosure: { ...enclosure, url: absoluteFrom(enclosure.url, base) } }),
  };
};
