import type { VFile } from "vfile";
import type { Attachment, Image } from "../../model/media.ts";
import type { BlockNode } from "../body/blocks/blocks.ts";
import type { CompileContext } from "../compile-context.ts";
import { quote, reportError } from "../messages/messages.ts";
import { type Reference, type ReferenceContext, resolveReference } from "../references/references.ts";
import type { StoryData } from "../schema/story-schema.ts";
import type { ParsedStory } from "../story/story.ts";
import type { YamlMapping } from "../yaml/yaml.ts";

/** The media of a story that its front matter declares. */
interface DeclaredMedia {
  readonly image?: Image;
  readonly attachments: readonly Attachment[];
}

/** What the marks of a story are read from. */
type MarkingStory = Pick<ParsedStory, "data" | "path" | "slug">;

/** The absolute URL of a file without a fragment, which names a part of it. */
export const withoutFragment = (url: string): string => url.split("#", 1).join("");

/** The files that the front matter of a story marks as not distributable. */
export const readMarks = ({ data, path, slug }: MarkingStory, context: CompileContext): readonly Reference[] => {
  const { image, attachments = [], pictures = [] } = data;
  return [...(image === undefined ? [] : [image]), ...attachments, ...pictures].flatMap(({ src, distributable }) => {
    const reference = distributable === false ? resolveReference(src, { ...context, path, slug }, "media") : "";
    return typeof reference === "string" ? [] : [reference];
  });
};

/** The absolute URLs of files, as `compile` is told which must not leave the site: a mark counts for the file, wherever it is shown. */
export const urlsOf = (files: readonly Reference[]): ReadonlySet<string> =>
  new Set(files.map(({ url }) => withoutFragment(url)));

/** Reports the entries of `pictures` that the text does not show. */
export const reportUnshownPictures = (
  file: VFile,
  yaml: YamlMapping,
  { pictures = [] }: Partial<StoryData>,
  blocks: readonly BlockNode[],
  context: ReferenceContext,
): void => {
  const shown = new Set(blocks.flatMap(({ block }) => block.media).map(withoutFragment));
  pictures.forEach(({ src }, index) => {
    const reference = resolveReference(src, context, "media");
    const place = yaml.placeOf(["pictures", index, "src"]);
    if (typeof reference === "string") reportError(file, "media", reference, place);
    else if (!shown.has(withoutFragment(reference.url)))
      reportError(file, "media", `The text does not show ${quote(src)}. Mend the name, or delete it here.`, place);
  });
};

/** Media of which those with some URLs are marked as not distributable. */
export const markUndistributable = <Media extends DeclaredMedia>(media: Media, urls: ReadonlySet<string>): Media => {
  const mark = <One extends Attachment | Image>(one: One): One =>
    urls.has(withoutFragment(one.url)) ? { ...one, distributable: false } : one;
  return { ...media, ...(media.image && { image: mark(media.image) }), attachments: media.attachments.map(mark) };
};
