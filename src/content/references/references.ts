import { articlePath, mediaUrl } from "../../model/address.ts";
import type { MediaFile } from "../../model/media.ts";
import { ownPagePath } from "../../model/pages/own-page.ts";
import type { CompileContext } from "../compile-context.ts";
import { isOwnPage } from "../file-kinds.ts";
import { quote } from "../messages/messages.ts";
import { suggest } from "../messages/suggest.ts";
import { decodePercentEncoding, findByPath, resolveContentPath } from "./content-path.ts";
import { containsPlaceholderOrigin, PLACEHOLDER_ORIGIN_RESERVED } from "./placeholder-origin.ts";

/** A resolved reference. */
export interface Reference {
  /** Absolute. */
  readonly url: string;
  /** Set if the reference leads to a file in content/media; `path` is below content/. */
  readonly media?: { readonly path: string; readonly file: MediaFile };
}

/** What the references in one story are resolved against. */
export interface ReferenceContext extends CompileContext {
  /** The story's own path below content/. */
  readonly path: string;
  /** The story's own slug. */
  readonly slug: string;
  /** Whether it is no story, but a page of the publisher's own: `slug` is its name. */
  readonly isOwnPage?: true;
}

/** What a reference is for: a link to follow, or a picture, sound, film or other file that belongs to the story. */
export type ReferenceKind = "link" | "media";

/** The schemes that a URL of each kind may have. */
const SCHEMES: Readonly<Record<ReferenceKind, readonly string[]>> = {
  link: ["http", "https", "mailto", "tel"],
  media: ["http", "https"],
};

/** Schemes of addresses that run a program or hold a page: an error, for nobody should think that they were published. */
const REFUSED_SCHEMES: Readonly<Record<ReferenceKind, ReadonlySet<string>>> = {
  link: new Set(["data", "javascript", "livescript", "mocha", "vbscript"]),
  media: new Set(["javascript", "livescript", "mocha", "vbscript"]),
};

/** Whether what stands before the colon is no scheme, but a drive, a host before its port, or a slip of the pen. */
const isNoScheme = (name: string): boolean => /^.$|\.|^localhost$|^[htps]{3,7}$/.test(name);

/**
 * The scheme of a reference that loses its address with a warning, where others of its kind stop the story: such as `sms:`, for no
 * feed reader follows it, or the `data:` of a picture that lies in its address. Undefined for every other reference.
 */
export const unusableScheme = (reference: string, kind: ReferenceKind): string | undefined => {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(trimReference(reference))?.[1]?.toLowerCase();
  if (scheme === undefined || SCHEMES[kind].includes(scheme)) return undefined;
  return isNoScheme(scheme) || REFUSED_SCHEMES[kind].has(scheme) ? undefined : scheme;
};

/** Ends of names of hosts, so few of them that no file's name is taken for a host. */
const HOST = /^(?:[a-z\d-]+\.)+(?:com|org|net|edu|gov|info|eu|uk|de|fr|es|at|ch|nl|jp|cn|kr|ru|ca|au|us)(?=[/?#:]|$)/i;

/**
 * The address that somebody means who leaves out its scheme, or miswrites the signs behind that: `www.example.org`,
 * `https//example.org`, `me@example.org`. Undefined for every other reference.
 */
export const withScheme = (reference: string): string | undefined => {
  const trimmed = trimReference(reference);
  const miswritten = /^(https?)(?:[;,.]\/\/?|\/\/)(?=[a-z\d])/i.exec(trimmed);
  if (miswritten !== null) return `${miswritten[1]}://${trimmed.slice(miswritten[0].length)}`;
  if (/^[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i.test(trimmed)) return `mailto:${trimmed}`;
  return /^www\.[^/\s]/i.test(trimmed) || HOST.test(trimmed) ? `https://${trimmed}` : undefined;
};

/** The prefix of every id in a story's HTML, so that stories on one page can't clash. */
export const idPrefix = (slug: string): string => `${slug}-`;

const fragmentOf = (slug: string, id: string): string =>
  id === "" ? "" : `#${encodeURIComponent((idPrefix(slug) + id).toWellFormed())}`;

/** The URL of a story's page, or of the element in it that has the id (without its prefix). */
export const storyUrl = ({ channel }: CompileContext, slug: string, id = ""): string =>
  channel.url + articlePath(slug.toWellFormed()) + fragmentOf(slug, id);

/** The URL of the page that the references stand on, or of the element in it that has the id (without its prefix). */
export const ownUrl = (context: ReferenceContext, id = ""): string =>
  context.isOwnPage
    ? context.channel.url + ownPagePath(context.slug.toWellFormed()) + fragmentOf(context.slug, id)
    : storyUrl(context, context.slug, id);

/** A reference as URL parsers read it (URL Standard §4.4): without tabs, line breaks, and controls and spaces around it. */
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

const resolveMediaPath = (path: string, hash: string, context: ReferenceContext): Reference | string => {
  const [name, file] = findByPath(context.media, path) ?? [];
  if (name === undefined || file === undefined) {
    const missing = quote(`content/${path}`);
    return `There is no file ${missing}.${suggest(path, Object.keys(context.media)) || " Add it, or mend the name."}`;
  }
  if (containsPlaceholderOrigin(hash)) return PLACEHOLDER_ORIGIN_RESERVED;
  return { url: mediaUrl(context.channel, name) + hash, media: { path: name, file } };
};

const resolveStoryPath = (path: string, hash: string, context: ReferenceContext): Reference | string => {
  const slug = findByPath(context.slugs, path)?.[1];
  if (isOwnPage(path)) {
    const paths = context.pages ?? [path];
    if (!paths.some((one) => one.normalize() === path.normalize())) {
      return `There is no page ${quote(`content/${path}`)}.${suggest(path, paths) || " Mend the link."}`;
    }
    const address = path.slice("pages".length).replace(/\.md$/i, "");
    return `${quote(`content/${path}`)} is a page of the site. Link to its address, ${quote(address)}.`;
  }
  return slug === undefined
    ? `There is no story ${quote(`content/${path}`)}.${suggest(path, Object.keys(context.slugs)) || " Mend the link."}`
    : { url: storyUrl(context, slug, decodePercentEncoding(hash.slice(1))) };
};

/** The parser of Markdown percent-encodes the brackets of an IPv6 address, which no host may hold (RFC 3986 §3.2.2). */
const restoreBrackets = (reference: string): string =>
  reference.replace(/^([a-z][a-z\d+.-]*:)?(\/\/(?:[^/?#@]*@)?)%5B([\da-f:.]+)%5D(?=[:/?#]|$)/i, "$1$2[$3]");

const checkAbsoluteUrl = ({ href, protocol }: URL, kind: ReferenceKind): Reference | string => {
  if (!SCHEMES[kind].includes(protocol.slice(0, -1))) {
    const allowed =
      kind === "link" ? `${SCHEMES.link.join(", ")}, or another story's file` : "https, or a file in content/media";
    return `${quote(protocol)} can't be used here. Use ${allowed}.`;
  }
  return containsPlaceholderOrigin(href) ? PLACEHOLDER_ORIGIN_RESERVED : { url: href };
};

const notAUrl = (reference: string): string => {
  const written = reference.replace(/%5B/gi, "[").replace(/%5D/gi, "]");
  const advice = /^[a-z]+:\/\/\[[^\]/]*%/i.test(written)
    ? "An IPv6 address has no zone (%…) in it. Delete that."
    : "Mend it.";
  return `${quote(written)} is not a URL. ${advice}`;
};

const resolveSitePath = (reference: string, context: ReferenceContext): Reference | string => {
  const page = ownUrl(context);
  if (!URL.canParse(reference, page)) return notAUrl(reference);
  const { href } = new URL(reference, page);
  return containsPlaceholderOrigin(href.slice(context.channel.url.length))
    ? PLACEHOLDER_ORIGIN_RESERVED
    : { url: href };
};

const EMPTY: Readonly<Record<ReferenceKind, string>> = {
  link: "This link is empty. Write where it leads.",
  media: "This address is empty. Name a file such as media/x.jpg, or an https URL.",
};

/**
 * Makes a reference in a story's text or front matter absolute: a media file, another story's file (`other.md`), a path
 * of this site or any URL of an allowed scheme. Returns a message if it is none of these.
 */
export const resolveReference = (
  reference: string,
  context: ReferenceContext,
  kind: ReferenceKind,
): Reference | string => {
  const trimmed = restoreBrackets(trimReference(reference));
  if (trimmed === "") return EMPTY[kind];
  if (URL.canParse(trimmed)) return checkAbsoluteUrl(new URL(trimmed), kind);
  if (/^[\\/]{2}/.test(trimmed) && URL.canParse(`https:${trimmed}`)) {
    return checkAbsoluteUrl(new URL(`https:${trimmed}`), kind);
  }
  if (/^([a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(trimmed)) return notAUrl(trimmed);
  const { path = "", hash = "" } = resolveContentPath(trimmed, context.path) ?? {};
  if (path.startsWith("media/")) return resolveMediaPath(path, hash, context);
  if (kind === "media") {
    const paths = Object.keys(context.media);
    const suggestion = suggest(path, paths) || suggest(`media/${path}`, paths);
    return `${quote(trimmed)} is no media file.${suggestion || " Name one such as media/x.jpg, or an https URL."}`;
  }
  return /\.md$/i.test(path) ? resolveStoryPath(path, hash, context) : resolveSitePath(trimmed, context);
};
