import * as v from "valibot";
import type { VFile } from "vfile";
import { PLACEHOLDER_ORIGIN } from "../model/address.ts";
import { type Channel, englishWords } from "../model/channel.ts";
import type { Image, MediaFile } from "../model/media.ts";
import { decode } from "./decode.ts";
import { isBroken, problem } from "./report.ts";
import { resolve } from "./resolve.ts";
import { MEDIA_PROTOCOLS } from "./sanitise.ts";
import { id, key, language, list, mapping, text, url, whole } from "./shapes.ts";
import { authorSchema } from "./story-schema.ts";
import { validate } from "./validate.ts";
import { readYaml, type Yaml } from "./yaml.ts";

const YEAR = 31_536_000;

const origin = v.pipe(
  url,
  v.check(
    (value) => `${new URL(value).origin}/` === value,
    "must be the site's origin only, such as https://example.org.",
  ),
  v.transform((value) => new URL(value).origin),
);

const path = v.pipe(
  v.string("must be a path, such as /feed.xml."),
  v.regex(/^\/[^?#\s]*$/, "must be a path that begins with /."),
);

const siteSchema = mapping(
  {
    id: v.pipe(
      id,
      v.regex(/^(tag|https?):/, "must be a tag: URI or an http(s) URL: the ids of all feeds are built on it."),
    ),
    url: origin,
    title: text,
    description: text,
    language,
    authors: v.optional(v.record(key, authorSchema, "must be a mapping from keys to authors."), {}),
    sections: v.optional(v.record(key, text, "must be a mapping from keys to titles."), {}),
    rights: v.exactOptional(text),
    license: v.exactOptional(url),
    image: v.exactOptional(text),
    icon: v.exactOptional(text),
    hubs: v.optional(list(url), []),
    redirects: v.optional(
      v.record(
        path,
        v.union([path, url], "must be a path or an absolute URL."),
        "must be a mapping from old paths to new ones.",
      ),
      {},
    ),
    feedLength: v.optional(whole(1, 1000), 20),
    noticeDays: v.optional(whole(0, 366), 14),
    freshness: v.optional(
      mapping({
        maxAge: v.optional(whole(0, YEAR), 300),
        staleWhileRevalidate: v.optional(whole(0, YEAR), 60),
        staleIfError: v.optional(whole(0, YEAR), 86_400),
      }),
      {},
    ),
    words: v.optional(
      mapping({
        source: v.optional(text, englishWords.source),
        correction: v.optional(text, englishWords.correction),
        withdrawn: v.optional(text, englishWords.withdrawn),
      }),
      {},
    ),
  },
  {
    id: "Add a permanent one, such as tag:example.org,2026:feeds.",
    url: "Write the site's origin, such as https://example.org.",
    title: "Name the publication.",
    description: "Say in a sentence what readers find here (RSS requires it).",
    language: 'Write the language of the stories, such as "en".',
  },
);

/** The publication's address in front matter is only known for certain where it is served. */
export interface CompiledSite {
  readonly file: VFile;
  readonly channel?: Channel;
  /** `url` of site.yaml. The channel itself stands on PLACEHOLDER_ORIGIN. */
  readonly url?: string;
}

type Picture = { readonly image: Image; readonly path?: string };

const readPicture = (
  file: VFile,
  yaml: Yaml,
  name: string,
  source: string,
  media: Readonly<Record<string, MediaFile>>,
  channel: Channel,
): Picture | undefined => {
  const reference = resolve(source, { channel, media, slugs: {}, path: "site.yaml", slug: "" }, MEDIA_PROTOCOLS);
  const place = yaml.placeOf([name]);
  if (typeof reference === "string") {
    problem(file, "media", reference, place);
    return undefined;
  }
  if (reference.media === undefined) {
    problem(
      file,
      "media",
      `\`${source}\` is no file in content/media. Put the picture there: its size must be known.`,
      place,
    );
    return undefined;
  }
  const { path, file: facts } = reference.media;
  if (!facts.type.startsWith("image/")) {
    problem(file, "media", `content/${path} is ${facts.type}, not a picture.`, place);
    return undefined;
  }
  return { image: { url: reference.url, alt: channel.title, ...facts }, path };
};

const reportImageSize = (file: VFile, yaml: Yaml, { type = "", width = 0, height = 0 }: Image): void => {
  if (!["image/png", "image/jpeg", "image/gif"].includes(type) || width > 144 || height > 400) {
    problem(
      file,
      "media",
      `\`image\` must be a PNG, JPEG or GIF of at most 144 × 400 pixels (RSS); this is ${type}, ${width} × ${height}. Use \`icon\` for a larger one.`,
      yaml.placeOf(["image"]),
    );
  }
};

/** Turns content/site.yaml into the Channel, or into messages with line and column. */
export const compileSite = (source: Uint8Array | string, media: Readonly<Record<string, MediaFile>>): CompiledSite => {
  const file = decode("site.yaml", source);
  const yaml = isBroken(file) ? undefined : readYaml(file, String(file), 0);
  const data = yaml && validate(file, yaml, siteSchema);
  if (yaml === undefined || data === undefined) return { file };
  const { image, icon, authors, sections, url: address, ...rest } = data;
  const bare: Channel = {
    ...rest,
    url: PLACEHOLDER_ORIGIN,
    authors: Object.entries(authors).map(([key, author]) => ({ key, ...author })),
    sections: Object.entries(sections).map(([key, name]) => ({ key, name })),
    media: [],
  };
  const picture = image === undefined ? undefined : readPicture(file, yaml, "image", image, media, bare);
  if (picture !== undefined) reportImageSize(file, yaml, picture.image);
  const iconPicture = icon === undefined ? undefined : readPicture(file, yaml, "icon", icon, media, bare);
  if (isBroken(file)) return { file };
  const channel = {
    ...bare,
    ...(picture && { image: picture.image }),
    ...(iconPicture && { icon: iconPicture.image }),
    media: [picture?.path, iconPicture?.path].filter((used) => used !== undefined),
  };
  return { file, channel, url: address };
};
