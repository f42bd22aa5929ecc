import type { VFile } from "vfile";
import type { Attachment, Image } from "../model/media.ts";
import { problem } from "./report.ts";
import { type Base, type Reference, resolve } from "./resolve.ts";
import { MEDIA_PROTOCOLS } from "./sanitise.ts";
import type { StoryData } from "./story-schema.ts";
import type { Yaml } from "./yaml.ts";

type Declared = NonNullable<StoryData["attachments"]>[number] | NonNullable<StoryData["image"]>;

/** The media that front matter names, with what their bytes say of them. */
export interface Attached {
  readonly image?: Image;
  readonly attachments: readonly Attachment[];
  /** Paths of the local ones. */
  readonly media: readonly string[];
}

/** Notes where front matter says something else of a local file than its bytes do. */
const reportContradictions = (
  file: VFile,
  yaml: Yaml,
  path: readonly PropertyKey[],
  declared: Declared,
  { media }: Reference,
): void => {
  if (media === undefined) return;
  for (const [key, stated] of Object.entries(declared)) {
    const actual = Object.entries(media.file).find(([name]) => name === key)?.[1];
    const isSame = key === "type" ? String(actual).split(";")[0] === String(stated).split(";")[0] : actual === stated;
    if (actual !== undefined && !isSame) {
      const reason = `\`${key}\` is ${stated} here, but content/${media.path} says ${actual}. Delete the line: the file is read.`;
      problem(file, "media", reason, yaml.placeOf([...path, key]));
    }
  }
};

/** Looks up the picture and the attachments of a story. Notes files that do not exist or are of the wrong kind. */
export const readAttached = (file: VFile, yaml: Yaml, data: StoryData, base: Base): Attached => {
  const used: string[] = [];
  const find = (declared: Declared, path: readonly PropertyKey[]): Reference | undefined => {
    const reference = resolve(declared.src, base, MEDIA_PROTOCOLS);
    const place = yaml.placeOf([...path, "src"]);
    if (typeof reference === "string") {
      problem(file, "media", reference, place);
      return undefined;
    }
    if (reference.media === undefined && !/^https?:/i.test(declared.src)) {
      problem(
        file,
        "media",
        `\`${declared.src}\` is no media file. Name one such as media/x.jpg, or an https URL.`,
        place,
      );
      return undefined;
    }
    if (reference.media !== undefined) used.push(reference.media.path);
    reportContradictions(file, yaml, path, declared, reference);
    return reference;
  };
  const image = data.image && readImage(file, yaml, data.image, find(data.image, ["image"]));
  const attachments = (data.attachments ?? []).flatMap((declared, index): Attachment[] => {
    const reference = find(declared, ["attachments", index]);
    if (reference === undefined) return [];
    const { src: _, ...stated } = declared;
    const { type, length } = reference.media?.file ?? stated;
    if (type === undefined) {
      const place = yaml.placeOf(["attachments", index]);
      problem(file, "media", "The type of a file elsewhere can't be read. Add `type`, such as audio/mpeg.", place);
      return [];
    }
    return [{ ...stated, url: reference.url, type, ...(length !== undefined && { length }) }];
  });
  return { ...(image && { image }), attachments, media: used };
};

const readImage = (
  file: VFile,
  yaml: Yaml,
  { src: _, ...stated }: NonNullable<StoryData["image"]>,
  reference: Reference | undefined,
): Image | undefined => {
  if (reference === undefined) return undefined;
  const image = { ...stated, ...reference.media?.file, url: reference.url };
  if (image.type === undefined || image.type.startsWith("image/")) return image;
  problem(
    file,
    "media",
    `This is ${image.type}, not a picture. Use \`attachments\` for it.`,
    yaml.placeOf(["image", "src"]),
  );
  return undefined;
};
