import type { VFile } from "vfile";
import type { Attachment, Image } from "../../model/media.ts";
import type { BlockNode } from "../body/blocks/blocks.ts";
import type { CompileContext } from "../compile-context.ts";
import { quote, reportError } from "../messages/messages.ts";
import { type ReferenceContext, resolveReference } from "../references/references.ts";
import type { StoryData } from "../schema/story-schema.ts";
import type { ParsedStory } from "../story/story.ts";
import type { YamlMapping } from "../yaml/yaml.ts";

/** The media of a story that its front matter declares. */
interface DeclaredMedia {
  readonly image?: Image;
  readonly attachments: readonly Attachment[];
}

/**
 * The absolute URLs of the files that the front matter of stories marks as not distributable, each resolved from its story's path:
 * what one story marks counts in all of them.
 */
export const collectMarked = (
  stories: readonly Pick<ParsedStory, "data" | "path" | "slug">[],
  context: CompileContext,
): ReadonlySet<string> => {
  const urls = new Set<string>();
  for (const { data, path, slug } of stories) {
    const { image, attachments = [], pictures = [] } = data;
    for (const { src, distributable } of [...(image === undefined ? [] : [image]), ...attachments, ...pictures]) {
      const reference = distributable === false ? resolveReference(src, { ...context, path, slug }, "media") : "";
      if (typeof reference !== "string") urls.add(reference.url);
    }
  }
  return urls;
};

const isMarked = ({ distributable }: { readonly distributable?: false }): boolean => distributable === false;

/**
 * The absolute URLs of the files that must not leave the site, by the front matter of a story: a mark on the picture, an attachment
 * or a picture of the text counts for the file, wherever the story shows it. Reports pictures that the text does not show.
 */
export const findUndistributable = (
  file: VFile,
  yaml: YamlMapping,
  { pictures = [] }: Partial<StoryData>,
  { image, attachments }: DeclaredMedia,
  blocks: readonly BlockNode[],
  context: ReferenceContext,
): ReadonlySet<string> => {
  const shown = new Set(blocks.flatMap(({ block }) => block.media));
  const urls = new Set(
    [...(image === undefined ? [] : [image]), ...attachments].filter(isMarked).map(({ url }) => url),
  );
  pictures.forEach(({ src, distributable }, index) => {
    const reference = resolveReference(src, context, "media");
    const place = yaml.placeOf(["pictures", index, "src"]);
    if (typeof reference === "string") reportError(file, "media", reference, place);
    else if (!shown.has(reference.url))
      reportError(file, "media", `The text does not show ${quote(src)}. Mend the name, or delete it here.`, place);
    else if (!distributable) urls.add(reference.url);
  });
  return urls;
};

/** Media of which those with some URLs are marked as not distributable. */
export const markUndistributable = <Media extends DeclaredMedia>(media: Media, urls: ReadonlySet<string>): Media => {
  const mark = <One extends Attachment | Image>(one: One): One =>
    urls.has(one.url) ? { ...one, distributable: false } : one;
  return { ...media, ...(media.image && { image: mark(media.image) }), attachments: media.attachments.map(mark) };
};
