import type { VFile } from "vfile";
import type { Attachment, Image } from "../../model/media.ts";
import { reportError } from "../messages/messages.ts";
import { quote } from "../messages/quote.ts";
import { type Reference, type ReferenceContext, resolveReference } from "../references/references.ts";
import type { StoryData } from "../schema/story-schema.ts";
import type { Yaml } from "../yaml/yaml.ts";
import { UNREADABLE_MEDIA } from "./media.ts";

type DeclaredImage = NonNullable<StoryData["image"]>;
type DeclaredAttachment = NonNullable<StoryData["attachments"]>[number];
type Path = readonly PropertyKey[];

/** The media that front matter names, with what their bytes say of them. */
export interface StoryMedia {
  readonly image?: Image;
  readonly attachments: readonly Attachment[];
  /** Paths of the local ones. */
  readonly media: readonly string[];
}

const withoutParameters = (type: unknown): unknown =>
  typeof type === "string" ? type.split(";", 1)[0]?.trim().toLowerCase() : type;

/** Notes where front matter says something else of a local file than its bytes do. */
const reportContradictions = (
  file: VFile,
  yaml: Yaml,
  path: Path,
  declared: DeclaredImage | DeclaredAttachment,
  { media }: Reference,
): void => {
  if (media === undefined || media.file === UNREADABLE_MEDIA) return;
  const stated: Readonly<Record<string, unknown>> = { ...declared };
  for (const [key, actual] of Object.entries(media.file)) {
    if (stated[key] === undefined || withoutParameters(stated[key]) === withoutParameters(actual)) continue;
    const name = quote(`content/${media.path}`);
    const reason = `\`${key}\` is ${stated[key]} here, but ${name} says ${actual}. Delete the line: the file is read.`;
    reportError(file, "media", reason, yaml.placeOf([...path, key]));
  }
};

const find = (
  file: VFile,
  yaml: Yaml,
  path: Path,
  declared: DeclaredImage | DeclaredAttachment,
  base: ReferenceContext,
): Reference | undefined => {
  const reference = resolveReference(declared.src, base, "media");
  if (typeof reference !== "string") {
    reportContradictions(file, yaml, path, declared, reference);
    return reference;
  }
  reportError(file, "media", reference, yaml.placeOf([...path, "src"]));
  return undefined;
};

const imageOf = (
  file: VFile,
  yaml: Yaml,
  { src: _, ...stated }: DeclaredImage,
  { url, media }: Reference,
): Image | undefined => {
  const image = { ...stated, ...media?.file, url };
  if (image.type === undefined || media?.file === UNREADABLE_MEDIA || image.type.startsWith("image/")) return image;
  const reason = `This is ${image.type}, not a picture. Name it in \`attachments\` instead.`;
  reportError(file, "media", reason, yaml.placeOf(["image", "src"]));
  return undefined;
};

const attachmentOf = (
  file: VFile,
  yaml: Yaml,
  path: Path,
  { src: _, ...stated }: DeclaredAttachment,
  { url, media }: Reference,
): Attachment | undefined => {
  const { type, length } = media?.file ?? stated;
  if (type !== undefined) return { ...stated, url, type, ...(length !== undefined && { length }) };
  const reason = "The type of a file on another site can't be read. Add `type`, such as audio/mpeg.";
  reportError(file, "media", reason, yaml.placeOf([...path, "src"]));
  return undefined;
};

/** Looks up the picture and the attachments of a story. Notes files that do not exist or are of the wrong kind. */
export const resolveStoryMedia = (
  file: VFile,
  yaml: Yaml,
  data: Partial<StoryData>,
  base: ReferenceContext,
): StoryMedia => {
  const { image: declared, attachments: listed = [] } = data;
  const found = declared && find(file, yaml, ["image"], declared, base);
  const image = declared && found && imageOf(file, yaml, declared, found);
  const references = listed.map((one, index) => find(file, yaml, ["attachments", index], one, base));
  const attachments = listed.flatMap((one, index) => {
    const reference = references[index];
    return reference === undefined ? [] : (attachmentOf(file, yaml, ["attachments", index], one, reference) ?? []);
  });
  const media = [found, ...references].flatMap((reference) => reference?.media?.path ?? []);
  return { ...(image && { image }), attachments, media };
};
