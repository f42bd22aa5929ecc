import type { VFile } from "vfile";
import { absoluteUrl, hubUrl, normalizePath, PLACEHOLDER_ORIGIN, pathOnSite } from "../model/address.ts";
import { BUILT_IN_HUB, type Channel } from "../model/channel.ts";
import type { Author, Category } from "../model/item.ts";
import type { Image, MediaFile } from "../model/media.ts";
import type { NamedFeed } from "../model/selection.ts";
import { allWords } from "../model/words/all-words.ts";
import type { Words } from "../model/words/words.ts";
import { decode } from "./decode.ts";
import { SITE_FILE } from "./file-kinds.ts";
import { UNREADABLE_MEDIA } from "./media/media.ts";
import { hasErrors, quote, reportError, reportWarning, sortMessages } from "./messages/messages.ts";
import { resolveAccent, resolveLinks } from "./pages/appearance.ts";
import { resolveReference } from "./references/references.ts";
import { idProblems } from "./schema/id-syntax.ts";
import { siteSchema } from "./schema/site-schema.ts";
import { validateMapping } from "./schema/validate.ts";
import type { SiteWords } from "./schema/words.ts";
import { reportUnknownSections, type WrittenSelection } from "./terms.ts";
import { parseYamlMapping, type YamlMapping } from "./yaml/yaml.ts";

/** A compiled site.yaml: `channel` and `url` are present unless `file` carries an error. */
export interface CompiledSite {
  readonly file: VFile;
  /** Its URLs are on PLACEHOLDER_ORIGIN: the publication's address is only known for certain where it is served. */
  readonly channel?: Channel;
  /** `url` of site.yaml. */
  readonly url?: string;
  /** What stories may name, as far as it could be read: stories are checked against a broken site.yaml too. */
  readonly known: {
    readonly authors?: readonly Author[];
    readonly sections?: readonly Category[];
    readonly feeds?: readonly NamedFeed[];
  };
  /** The selections of its feeds. */
  readonly selections: readonly WrittenSelection[];
}

/** Stands in for a broken site.yaml, so that the stories' own problems are found in the same pass. */
export const EMPTY_CHANNEL: Channel = {
  id: "tag:feedwright.invalid,2026:none",
  url: PLACEHOLDER_ORIGIN,
  title: "",
  description: "",
  language: "en",
  timeZone: "UTC",
  authors: [],
  sections: [],
  feeds: [],
  hubs: [],
  signature: "sha256",
  redirects: {},
  feedLength: 1,
  deltas: true,
  feedPages: true,
  noticeDays: 0,
  freshness: { maxAge: 0, staleWhileRevalidate: 0, staleIfError: 0 },
  words: allWords({}),
  media: [],
};

type Media = Readonly<Record<string, MediaFile>>;

/** A picture that site.yaml names. Its dimensions must be known, so it must be a local file. */
const resolvePicture = (
  file: VFile,
  yaml: YamlMapping,
  key: "icon" | "image" | "logo",
  source: string | undefined,
  media: Media,
): { readonly path: string; readonly image?: Omit<Image, "alt"> } | undefined => {
  if (source === undefined) return undefined;
  const place = yaml.placeOf([key]);
  const context = { channel: EMPTY_CHANNEL, media, slugs: {}, path: SITE_FILE, slug: "" };
  const reference = resolveReference(source, context, "media");
  if (typeof reference === "string") {
    reportError(file, "media", reference, place);
    return undefined;
  }
  if (reference.media === undefined) {
    const reason = `${quote(source)} is on another site. Put the picture into content/media: its size must be known.`;
    reportError(file, "media", reason, place);
    return undefined;
  }
  const { path, file: mediaFile } = reference.media;
  // That has an error of its own. It is named here all the same, so no draft makes a warning of it.
  if (mediaFile === UNREADABLE_MEDIA) return { path };
  if (!mediaFile.type.startsWith("image/")) {
    const reason = `${quote(`content/${path}`)} is ${mediaFile.type}, not a picture. Name another file.`;
    reportError(file, "media", reason, place);
    return undefined;
  }
  return { path, image: { url: reference.url, ...mediaFile } };
};

/** Reports an `image` that RSS 2.0 does not allow in a channel. */
const reportImageSize = (
  file: VFile,
  yaml: YamlMapping,
  { type = "", width = 0, height = 0 }: Partial<Image>,
): void => {
  if (["image/png", "image/jpeg", "image/gif"].includes(type) && width <= 144 && height <= 400) return;
  const reason = `\`image\` must be a PNG, JPEG or GIF of at most 144 × 400 pixels (RSS); this is ${type}, ${width} × ${height}. Use \`icon\` for a larger one.`;
  reportError(file, "media", reason, yaml.placeOf(["image"]));
};

const warnOfOblongIcon = (file: VFile, yaml: YamlMapping, { width, height }: Partial<Image>): void => {
  if (width === height) return;
  const reason = `\`icon\` should be square (JSON Feed); this is ${width} × ${height}. Readers may crop it.`;
  reportWarning(file, "media", reason, yaml.placeOf(["icon"]));
};

const isInLoop = (path: string, redirects: ReadonlyMap<string, string>): boolean => {
  let target = redirects.get(path);
  for (let steps = 0; target !== undefined && target !== path && steps < redirects.size; steps++) {
    target = redirects.get(target);
  }
  return target === path;
};

/** Reports redirects that lead back to where they began. `site` is the address of site.yaml. */
const reportRedirectLoops = (
  file: VFile,
  yaml: YamlMapping,
  redirects: readonly (readonly [from: string, to: string])[] = [],
  site = PLACEHOLDER_ORIGIN,
): void => {
  // By the spelling that the router tries last, and without scheme and host: `/old/` and `http://this.site/old` are `/old`.
  const normalizeTarget = (target: string): string => {
    const path = pathOnSite(target, site);
    return path === undefined ? absoluteUrl(target, site) : normalizePath(path);
  };
  const targets = new Map(redirects.map(([from, to]) => [normalizeTarget(from), normalizeTarget(to)]));
  for (const [from] of redirects) {
    if (!isInLoop(normalizeTarget(from), targets)) continue;
    const reason = "This path leads back to itself. Name another one.";
    reportError(file, "redirect", reason, yaml.placeOf(["redirects", from]));
  }
};

/** The words by language. Those without a language are for that of the site, unless it has the same ones again. */
const wordsByLanguage = (words: SiteWords, siteLanguage: string): Channel["words"] => {
  const merged: Record<string, Partial<Words>> = {};
  for (const [language = siteLanguage, ofLanguage] of words) {
    merged[language] = { ...merged[language], ...ofLanguage };
  }
  return allWords(merged);
};

/**
 * Turns content/site.yaml into the Channel, or into messages with line and column. `media` is by path below content/; `pages` are the
 * names of the publisher's own pages, if they are known here.
 */
export const compileSite = (source: Uint8Array | string, media: Media, pages?: readonly string[]): CompiledSite => {
  const file = decode(SITE_FILE, source);
  const isUnreadable = hasErrors(file) && String(file) === "";
  const yaml = isUnreadable ? undefined : parseYamlMapping(file, String(file), 0);
  if (yaml === undefined) {
    sortMessages(file);
    return { file, known: {}, selections: [] };
  }
  const { partial, complete } = validateMapping(file, yaml, siteSchema);
  const authors = partial.authors?.map(([key, author]) => ({ key, ...author }));
  const sections = partial.sections?.map(([key, name]) => ({ key, name }));
  const feeds = partial.feeds?.map(([key, { title, include, exclude }]) => ({
    ...{ key, title },
    selection: { include, exclude },
  }));
  const known = { ...(authors && { authors }), ...(sections && { sections }), ...(feeds && { feeds }) };
  const selections = (feeds ?? []).map(
    ({ key, selection }): WrittenSelection => ({
      selection,
      placeOf: (...path) => yaml.placeOf(["feeds", key, ...path]),
    }),
  );
  for (const written of selections) if (sections !== undefined) reportUnknownSections(file, written, sections);
  const image = resolvePicture(file, yaml, "image", partial.image, media);
  const icon = resolvePicture(file, yaml, "icon", partial.icon, media);
  const logo = resolvePicture(file, yaml, "logo", partial.logo, media);
  const accent = partial.accent && resolveAccent(file, yaml, partial.accent);
  const targets = { pages, sections: sections ?? [] };
  const menu = partial.menu && resolveLinks(file, yaml, "menu", partial.menu, targets);
  const footer = partial.footer && resolveLinks(file, yaml, "footer", partial.footer, targets);
  if (image?.image !== undefined) reportImageSize(file, yaml, image.image);
  if (icon?.image !== undefined) warnOfOblongIcon(file, yaml, icon.image);
  for (const problem of idProblems(partial.id ?? "")) reportWarning(file, "id", problem, yaml.placeOf(["id"]));
  reportRedirectLoops(file, yaml, partial.redirects, partial.url);
  sortMessages(file);
  if (complete === undefined || hasErrors(file)) return { file, known, selections };
  const { image: _i, icon: _c, logo: _l, accent: _a, menu: _m, footer: _f, redirects, words, url, ...rest } = complete;
  const alt = complete.title;
  const channel: Channel = {
    ...rest,
    url: PLACEHOLDER_ORIGIN,
    hubs: [...new Set(complete.hubs.map((hub) => (hub === BUILT_IN_HUB ? hubUrl(PLACEHOLDER_ORIGIN) : hub)))],
    authors: authors ?? [],
    sections: sections ?? [],
    feeds: feeds ?? [],
    redirects: Object.fromEntries(redirects),
    words: wordsByLanguage(words, complete.language),
    ...(image?.image && { image: { alt, ...image.image } }),
    ...(icon?.image && { icon: { alt, ...icon.image } }),
    ...(logo?.image && { logo: { alt, ...logo.image } }),
    ...(accent && { accent }),
    ...(menu && { menu }),
    ...(footer && { footer }),
    media: [image, icon, logo].flatMap((picture) => picture?.path ?? []),
  };
  return { file, channel, url, known, selections };
};
