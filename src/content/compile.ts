import type { VFile } from "vfile";
import { articlePath } from "../model/address.ts";
import type { Item } from "../model/item.ts";
import { type Body, renderBody } from "./body/markdown.ts";
import type { CompileContext } from "./compile-context.ts";
import { resolveStoryMedia } from "./media/story-media.ts";
import { hasErrors, reportError, sortMessages } from "./messages/messages.ts";
import type { ReferenceContext } from "./references/references.ts";
import type { StoryData } from "./schema/story-schema.ts";
import { readTags, resolveAuthors, resolveSection } from "./story/authors-and-tags.ts";
import { renderCredits } from "./story/credits.ts";
import { reportInconsistentDates } from "./story/dates.ts";
import { type ParsedStory, parseStory } from "./story/story.ts";
import { summarize } from "./story/summary.ts";

/** A story's file as read: `file` carries the messages; `item` is there unless one of them is a problem. */
export interface CompiledStory {
  readonly file: VFile;
  readonly item?: Item;
}

const reportEmpty = ({ file, body, data }: ParsedStory, text: Body | undefined): void => {
  if (text === undefined || !text.isEmpty || data.withdrawn !== undefined) return;
  const place = { line: body.split("\n").length, column: 1 };
  reportError(file, "empty", "The story has no text. Write some below the front matter.", place);
};

/** The keys that go into the Item as they are. */
const asWritten = ({ id, title, published, canonical, source, license, expires, withdrawn }: StoryData) => ({
  ...{ id, title, published },
  ...(canonical !== undefined && { canonical }),
  ...(source !== undefined && { source }),
  ...(license !== undefined && { license }),
  ...(expires !== undefined && { expires }),
  ...(withdrawn !== undefined && { withdrawn }),
});

const newest = ({ published, updated = published, corrections = [] }: StoryData): number =>
  corrections.reduce((latest, { at }) => Math.max(latest, at), Math.max(published, updated));

const build = (story: ParsedStory, context: CompileContext): Item | undefined => {
  const { file, yaml, data, whole, slug } = story;
  const base: ReferenceContext = { ...context, path: story.path, slug };
  const text = renderBody(file, story.body, base);
  if (yaml === undefined) return undefined;
  reportEmpty(story, text);
  reportInconsistentDates(file, yaml, data, context.now);
  const authors = resolveAuthors(file, yaml, data, context);
  const section = resolveSection(file, yaml, data, context);
  const tags = readTags(file, yaml, data);
  const { image, attachments, media } = resolveStoryMedia(file, yaml, data, base);
  if (whole === undefined || text === undefined || hasErrors(file)) return undefined;
  const { language, corrections = [] } = whole;
  const credits = renderCredits(whole.source, corrections, context.channel);
  return {
    ...asWritten(whole),
    slug,
    url: context.channel.url + articlePath(slug),
    summary: whole.summary ?? (summarize(text.firstParagraph) || whole.title),
    html: [text.html, credits].filter((part) => part !== "").join("\n"),
    updated: newest(whole),
    authors,
    ...(section !== undefined && { section }),
    tags,
    ...(image !== undefined && { image }),
    attachments,
    ...(language !== undefined && language !== context.channel.language && { language }),
    aliases: whole.aliases ?? [],
    draft: whole.draft ?? false,
    corrections,
    media: [...new Set([...media, ...text.media])],
  };
};

/** The second half of `compile`: judges a story that was read by what it refers to. */
export const compileStory = (story: ParsedStory, context: CompileContext): CompiledStory => {
  const item = build(story, context);
  sortMessages(story.file);
  return item === undefined ? { file: story.file } : { file: story.file, item };
};

/**
 * The only door into the model: turns a story's file (front matter and Markdown) into an Item, or into
 * messages with line and column. Pure; finds every problem in one pass.
 * `path` is below content/; `source` is the file's bytes, or text that is known to be Unicode.
 */
export const compile = (path: string, source: Uint8Array | string, context: CompileContext): CompiledStory =>
  compileStory(parseStory(path, source), context);
