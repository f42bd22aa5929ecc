import type { VFile } from "vfile";
import { hubUrl, normalizePath, PLACEHOLDER_ORIGIN } from "../model/address.ts";
import { BUILT_IN_HUB, type Channel, englishWords } from "../model/channel.ts";
import type { Author, Category } from "../model/item.ts";
import type { Image, MediaFile } from "../model/media.ts";
import { decode } from "./decode.ts";
import { UNREADABLE_MEDIA } from "./media/media.ts";
import { hasErrors, reportError, reportWarning, sortMessages } from "./messages/messages.ts";
import { quote } from "./messages/quote.ts";
import { resolveReference } from "./references/references.ts";
import { siteShape } from "./schema/site-schema.ts";
import { validate } from "./schema/validate.ts";
import { readYaml, type Yaml } from "./yaml/yaml.ts";

/** site.yaml as read: `channel` and `url` are there unless `file` carries a problem. */
export interface CompiledSite {
  readonly file: VFile;
  /** Stands on PLACEHOLDER_ORIGIN: the publication's address is only known for certain where it is served. */
  readonly channel?: Channel;
  /** `url` of site.yaml. */
  readonly url?: string;
  /** What a story may name, as far as it could be read: even a broken site.yaml lets stories be judged by it. */
  readonly known: { readonly authors?: readonly Author[]; readonly sections?: readonly Category[] };
}

/** Stands in for a broken site.yaml, so that the stories' own problems are found in the same pass. */
export const NO_CHANNEL: Channel = {
  id: "tag:feedwright.invalid,2026:none",
  url: PLACEHOLDER_ORIGIN,
  title: "",
  description: "",
  language: "en",
  authors: [],
  sections: [],
  hubs: [],
  redirects: {},
  feedLength: 1,
  deltas: true,
  noticeDays: 0,
  freshness: { maxAge: 0, staleWhileRevalidate: 0, staleIfError: 0 },
  words: englishWords,
  media: [],
};

type Media = Readonly<Record<string, MediaFile>>;

/** Reads a picture that site.yaml names: its size must be known, so it must be a file of ours. */
const readPicture = (file: VFile, yaml: Yaml, name: string, source: string | undefined, media: Media) => {
  if (source === undefined) return undefined;
  const place = yaml.placeOf([name]);
  const reference = resolveReference(
    source,
    { channel: NO_CHANNEL, media, slugs: {}, path: "site.yaml", slug: "" },
    "media",
  );
  if (typeof reference === "string") {
    reportError(file, "media", reference, place);
    return undefined;
  }
  if (reference.media === undefined) {
    const reason = `${quote(source)} is on another site. Put the picture into content/media: its size must be known.`;
    reportError(file, "media", reason, place);
    return undefined;
  }
  const { path, file: facts } = reference.media;
  if (facts === UNREADABLE_MEDIA) return undefined;
  if (!facts.type.startsWith("image/")) {
    reportError(
      file,
      "media",
      `${quote(`content/${path}`)} is ${facts.type}, not a picture. Name another file.`,
      place,
    );
    return undefined;
  }
  return { path, image: { url: reference.url, ...facts } };
};

const reportImageSize = (file: VFile, yaml: Yaml, { type = "", width = 0, height = 0 }: Partial<Image>): void => {
  if (["image/png", "image/jpeg", "image/gif"].includes(type) && width <= 144 && height <= 400) return;
  const reason = `\`image\` must be a PNG, JPEG or GIF of at most 144 × 400 pixels (RSS); this is ${type}, ${width} × ${height}. Use \`icon\` for a larger one.`;
  reportError(file, "media", reason, yaml.placeOf(["image"]));
};

const adviseSquareIcon = (file: VFile, yaml: Yaml, { width, height }: Partial<Image>): void => {
  if (width === height) return;
  const reason = `\`icon\` should be square (JSON Feed); this is ${width} × ${height}. Readers may crop it.`;
  reportWarning(file, "media", reason, yaml.placeOf(["icon"]));
};

type Redirects = readonly (readonly [from: string, to: string])[];

const leadsBack = (from: string, table: ReadonlyMap<string, string>): boolean => {
  let at = table.get(from);
  for (let steps = 0; at !== undefined && at !== from && steps < table.size; steps++) at = table.get(at);
  return at === from;
};

const reportLoops = (file: VFile, yaml: Yaml, redirects: Redirects = [], site = PLACEHOLDER_ORIGIN): void => {
  // By the spelling that the router tries last, and without the origin: `/old/` and `https://this.site/old` are `/old`.
  const spell = (target: string): string => {
    const { origin, pathname, href } = new URL(target, site);
    return origin === site ? normalizePath(pathname) : href;
  };
  const table = new Map(redirects.map(([from, to]) => [spell(from), spell(to)]));
  for (const [from] of redirects) {
    if (leadsBack(spell(from), table))
      reportError(
        file,
        "redirect",
        "This path leads back to itself. Name another one.",
        yaml.placeOf(["redirects", from]),
      );
  }
};

/** Turns content/site.yaml into the Channel, or into messages with line and column. */
export const compileSite = (source: Uint8Array | string, media: Media): CompiledSite => {
  const file = decode("site.yaml", source);
  const isUnread = hasErrors(file) && String(file) === "";
  const yaml = isUnread ? undefined : readYaml(file, String(file), 0);
  if (yaml === undefined) {
    sortMessages(file);
    return { file, known: {} };
  }
  const { part, whole } = validate(file, yaml, siteShape);
  const authors = part.authors?.map(([key, author]) => ({ key, ...author }));
  const sections = part.sections?.map(([key, name]) => ({ key, name }));
  const known = { ...(authors && { authors }), ...(sections && { sections }) };
  const image = readPicture(file, yaml, "image", part.image, media);
  const icon = readPicture(file, yaml, "icon", part.icon, media);
  if (image !== undefined) reportImageSize(file, yaml, image.image);
  if (icon !== undefined) adviseSquareIcon(file, yaml, icon.image);
  reportLoops(file, yaml, part.redirects, part.url);
  sortMessages(file);
  if (whole === undefined || hasErrors(file)) return { file, known };
  const { image: _image, icon: _icon, redirects, url, ...rest } = whole;
  const alt = whole.title;
  const channel: Channel = {
    ...rest,
    url: PLACEHOLDER_ORIGIN,
    hubs: [...new Set(whole.hubs.map((one) => (one === BUILT_IN_HUB ? hubUrl(PLACEHOLDER_ORIGIN) : one)))],
    authors: authors ?? [],
    sections: sections ?? [],
    redirects: Object.fromEntries(redirects),
    ...(image && { image: { alt, ...image.image } }),
    ...(icon && { icon: { alt, ...icon.image } }),
    media: [image, icon].flatMap((picture) => picture?.path ?? []),
  };
  return { file, channel, url, known };
};
