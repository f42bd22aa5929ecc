import { articlePath, encodePath } from "../../model/address.ts";
import type { MediaFile } from "../../model/media.ts";
import type { CompileContext } from "../compile-context.ts";
import { quote } from "../messages/quote.ts";
import { suggest } from "../messages/suggest.ts";
import { decodePercentEncoding, findByPath, resolveContentPath } from "./content-path.ts";
import { containsPlaceholderOrigin, PLACEHOLDER_ORIGIN_RESERVED } from "./placeholder-origin.ts";

/** Where a reference leads, made absolute. `media` is set where it is one of our own files. */
export interface Reference {
  readonly url: string;
  readonly media?: { readonly path: string; readonly file: MediaFile };
}

/** What references in one story are resolved against. */
export interface ReferenceContext extends CompileContext {
  /** The story's own path below content/. */
  readonly path: string;
  readonly slug: string;
}

/** What a reference is: something to follow, or a picture, sound, film or other file that belongs to the story. */
export type ReferenceKind = "link" | "media";

/** What a link may begin with, and what a picture, sound or film may. */
const PROTOCOLS = { link: ["http", "https", "mailto", "tel"], media: ["http", "https"] } as const;

/** Put before every id in a story, so that stories shown on one page can't clash. */
export const idPrefix = (slug: string): string => `${slug}-`;

/** The address of a story's page, or of the place in it that has the id. */
export const storyUrl = ({ channel }: CompileContext, slug: string, id = ""): string => {
  const fragment = id === "" ? "" : `#${encodeURIComponent((idPrefix(slug) + id).toWellFormed())}`;
  return channel.url + articlePath(slug.toWellFormed()) + fragment;
};

/** A reference as URL parsers read it: without line breaks and tabs, and without controls around it. */
export const trimReference = (reference: string): string => {
  let end = reference.length;
  // A loop, since /[\0-\x20]+$/ takes quadratic time on a long run of spaces before something else.
  while (end > 0 && reference.charCodeAt(end - 1) <= 0x20) end--;
  return reference
    .slice(0, end)
    .replace(/[\t\n\r]/g, "")
    .replace(/^[\0-\x20]+/, "")
    .trim();
};

const resolveMediaPath = (path: string, hash: string, base: ReferenceContext): Reference | string => {
  const [name, file] = findByPath(base.media, path) ?? [];
  if (name === undefined || file === undefined) {
    const missing = quote(`content/${path}`);
    return `There is no file ${missing}.${suggest(path, Object.keys(base.media)) || " Add it, or mend the name."}`;
  }
  if (containsPlaceholderOrigin(hash)) return PLACEHOLDER_ORIGIN_RESERVED;
  return { url: `${base.channel.url}/${encodePath(name)}${hash}`, media: { path: name, file } };
};

const resolveStoryPath = (path: string, hash: string, base: ReferenceContext): Reference | string => {
  const slug = findByPath(base.slugs, path)?.[1];
  return slug === undefined
    ? `There is no story ${quote(`content/${path}`)}.${suggest(path, Object.keys(base.slugs)) || " Mend the link."}`
    : { url: storyUrl(base, slug, decodePercentEncoding(hash.slice(1))) };
};

const checkAbsolute = ({ href, protocol }: URL, kind: ReferenceKind): Reference | string => {
  const name = protocol.slice(0, -1);
  if (!PROTOCOLS[kind].some((allowed) => allowed === name)) {
    const others =
      kind === "link" ? `${PROTOCOLS.link.join(", ")}, or another story's file` : "https, or a file in content/media";
    return `${quote(protocol)} can't be used here. Use ${others}.`;
  }
  return containsPlaceholderOrigin(href) ? PLACEHOLDER_ORIGIN_RESERVED : { url: href };
};

const resolveSitePath = (written: string, base: ReferenceContext): Reference | string => {
  const page = storyUrl(base, base.slug);
  if (!URL.canParse(written, page)) return `${quote(written)} is not a URL. Mend it.`;
  const { href } = new URL(written, page);
  return containsPlaceholderOrigin(href.slice(base.channel.url.length)) ? PLACEHOLDER_ORIGIN_RESERVED : { url: href };
};

/**
 * Makes a reference in a story's text or front matter absolute: a media file, another story's file
 * (`other.md`), a path of this site or any URL. Gives a sentence where it can't be one.
 */
export const resolveReference = (
  reference: string,
  base: ReferenceContext,
  kind: ReferenceKind,
): Reference | string => {
  const written = trimReference(reference);
  if (written === "") return kind === "link" ? "This link is empty. Write where it leads." : EMPTY_MEDIA_REFERENCE;
  if (URL.canParse(written)) return checkAbsolute(new URL(written), kind);
  if (/^[\\/]{2}/.test(written) && URL.canParse(`https:${written}`)) {
    return checkAbsolute(new URL(`https:${written}`), kind);
  }
  if (/^([a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(written)) return `${quote(written)} is not a URL. Mend it.`;
  const { path = "", hash = "" } = resolveContentPath(written, base.path) ?? {};
  if (path.startsWith("media/")) return resolveMediaPath(path, hash, base);
  if (kind === "media") {
    const near = suggest(path, Object.keys(base.media)) || suggest(`media/${path}`, Object.keys(base.media));
    return `${quote(written)} is no media file.${near || " Name one such as media/x.jpg, or an https URL."}`;
  }
  return /\.md$/i.test(path) ? resolveStoryPath(path, hash, base) : resolveSitePath(written, base);
};

const EMPTY_MEDIA_REFERENCE = "This address is empty. Name a file such as media/x.jpg, or an https URL.";
