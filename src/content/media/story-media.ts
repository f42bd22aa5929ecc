import type { VFile } from "vfile";
import type { Attachment, Image } from "../../model/media.ts";
import { quote, reportError, reportWarning } from "../messages/messages.ts";
import { type Reference, type ReferenceContext, resolveReference, unusableScheme } from "../references/references.ts";
import type { StoryData } from "../schema/story-schema.ts";
import type { YamlMapping } from "../yaml/yaml.ts";
import { UNREADABLE_MEDIA } from "./media.ts";

type DeclaredImage = NonNullable<StoryData["image"]>;
type DeclaredAttachment = NonNullable<StoryData["attachments"]>[number];
type Path = readonly PropertyKey[];

/** The media that front matter declares, completed with what the files' bytes say. */
export interface StoryMedia {
  readonly image?: Image;
  readonly attachments: readonly Attachment[];
  /** Paths of the local ones below content/. */
  readonly media: readonly string[];
}

const withoutParameters = (type: unknown): unknown =>
  typeof type === "string" ? type.split(";", 1)[0]?.trim().toLowerCase() : type;

/** Reports keys that contradict the bytes of a local file. */
const reportContradictions = (
  file: VFile,
  yaml: YamlMapping,
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

const resolveSource = (
  file: VFile,
  yaml: YamlMapping,
  path: Path,
  declared: DeclaredImage | DeclaredAttachment,
  context: ReferenceContext,
): Reference | undefined => {
  const reference = resolveReference(declared.src, context, "media");
  if (typeof reference !== "string") {
    reportContradictions(file, yaml, path, declared, reference);
    return reference;
  }
  reportError(file, "media", reference, yaml.placeOf([...path, "src"]));
  return undefined;
};

const toImage = (
  file: VFile,
  yaml: YamlMapping,
  { src: _, distributable, ...stated }: DeclaredImage,
  { url, media }: Reference,
): Image | undefined => {
  const image = { ...stated, ...media?.file, url, ...(distributable === false && { distributable }) };
  if (image.type === undefined || media?.file === UNREADABLE_MEDIA || image.type.startsWith("image/")) return image;
  const reason = `This is ${image.type}, not a picture. Name it in \`attachments\` instead.`;
  reportError(file, "media", reason, yaml.placeOf(["image", "src"]));
  return undefined;
};

const toAttachment = (
  file: VFile,
  yaml: YamlMapping,
  path: Path,
  { src: _, distributable, ...stated }: DeclaredAttachment,
  { url, media }: Reference,
): Attachment | undefined => {
  const { type, length } = media?.file ?? stated;
  if (type !== undefined) {
    const marks = { ...(length !== undefined && { length }), ...(distributable === false && { distributable }) };
    return { ...stated, url, type, ...marks };
  }
  const reason = "The type of a file on another site can't be read. Add `type`, such as audio/mpeg.";
  reportError(file, "media", reason, yaml.placeOf([...path, "src"]));
  return undefined;
};

/** Whether a picture has an address that feed readers don't take; reports it. */
const isUnusable = (file: VFile, yaml: YamlMapping, { src }: DeclaredImage): boolean => {
  const scheme = unusableScheme(src, "media");
  if (scheme === undefined) return false;
  const place = scheme === "data" ? "lie in a" : "have a";
  const reason = `Feed readers don't take pictures that ${place} ${quote(`${scheme}:`)} address, so the story has none. Save it in content/media, and name the file.`;
  reportWarning(file, "scheme", reason, yaml.placeOf(["image", "src"]));
  return true;
};

/** The picture and the attachments of a story. Reports files that do not exist or are of the wrong kind. */
export const resolveStoryMedia = (
  file: VFile,
  yaml: YamlMapping,
  { image: statedImage, attachments: declaredAttachments = [] }: Partial<StoryData>,
  context: ReferenceContext,
): StoryMedia => {
  const declaredImage = statedImage && !isUnusable(file, yaml, statedImage) ? statedImage : undefined;
  const imageReference = declaredImage && resolveSource(file, yaml, ["image"], declaredImage, context);
  const image = declaredImage && imageReference && toImage(file, yaml, declaredImage, imageReference);
  const references = declaredAttachments.map((declared, index) =>
    resolveSource(file, yaml, ["attachments", index], declared, context),
  );
  const attachments = declaredAttachments.flatMap((declared, index) => {
    const reference = references[index];
    if (reference === undefined) return [];
    return toAttachment(file, yaml, ["attachments", index], declared, reference) ?? [];
  });
  const media = [imageReference, ...references].flatMap((reference) => reference?.media?.path ?? []);
  return { ...(image && { image }), attachments, media };
};
