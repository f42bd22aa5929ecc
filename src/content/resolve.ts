import { articlePath } from "../model/address.ts";
import type { MediaFile } from "../model/media.ts";
import type { Context } from "./context.ts";

/** Where a reference leads, made absolute. `media` is set where it is one of our own files. */
export interface Reference {
  readonly url: string;
  readonly media?: { readonly path: string; readonly file: MediaFile };
}

/** What references in one story are resolved against. */
export interface Base extends Context {
  /** The story's own path below content/. */
  readonly path: string;
  readonly slug: string;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** Put before every id in a story, so that stories shown on one page can't clash. */
export const idPrefix = (slug: string): string => `${slug}-`;

const own = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const decodePath = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

/** The path below content/ that a relative reference means; `media/…` means the one media folder from everywhere. */
const contentPath = (reference: string, from: string): string | undefined => {
  const path = reference.replace(/[?#].*$/s, "");
  const isRooted = path.startsWith("/") || path.startsWith("media/");
  const base = new URL(isRooted ? "" : from.split("/").map(encodeURIComponent).join("/"), "https://content.invalid/");
  return URL.canParse(path, base) ? decodePath(new URL(path, base).pathname.slice(1)) : undefined;
};

const mediaUrl = (path: string, { channel }: Context): string =>
  `${channel.url}/${path.split("/").map(encodeURIComponent).join("/")}`;

/**
 * Makes a reference in a story's text or front matter absolute: a media file, another story's file
 * (`other.md`), a place in this story (`#note`) or any URL. Gives a sentence where it can't be one.
 */
export const resolve = (reference: string, base: Base, protocols: readonly string[]): Reference | string => {
  const trimmed = reference.trim();
  const fragment = /#(.*)$/s.exec(trimmed)?.[1] ?? "";
  const anchor = (slug: string) => (fragment === "" ? "" : `#${encodeURI(idPrefix(slug) + fragment)}`);
  const pageOf = (slug: string) => `${base.channel.url}${articlePath(slug)}`;
  if (trimmed.startsWith("#")) return { url: pageOf(base.slug) + anchor(base.slug) };
  if (!SCHEME.test(trimmed) && !trimmed.startsWith("//")) {
    const path = contentPath(trimmed, base.path);
    if (path?.startsWith("media/")) {
      const file = own(base.media, path);
      if (file === undefined) return `There is no file content/${path}. Add it, or mend the name.`;
      return { url: mediaUrl(path, base), media: { path, file } };
    }
    if (path !== undefined && /\.md$/i.test(path)) {
      const slug = own(base.slugs, path);
      return slug === undefined
        ? `There is no story content/${path}. Mend the link.`
        : { url: pageOf(slug) + anchor(slug) };
    }
  }
  if (!URL.canParse(trimmed, pageOf(base.slug))) return `\`${trimmed}\` is not a URL. Mend it.`;
  const url = new URL(trimmed, pageOf(base.slug));
  const protocol = url.protocol.slice(0, -1);
  return protocols.includes(protocol)
    ? { url: url.href }
    : `\`${protocol}:\` can't be used here. Use ${protocols.join(", ")} or a file in content/media.`;
};
