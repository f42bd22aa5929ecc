import type { VFile } from "vfile";
import { articlePath } from "../model/address.ts";
import type { Item } from "../model/item.ts";
import { readAuthors, readSection, readTags } from "./authors-and-tags.ts";
import { type Body, renderBody } from "./body/markdown.ts";
import type { Context } from "./context.ts";
import { renderCredits } from "./credits.ts";
import { reportDates } from "./date-order.ts";
import { readAttached } from "./media/story-media.ts";
import { isBroken, problem, sortMessages } from "./messages/report.ts";
import type { Base } from "./references/resolve.ts";
import type { StoryData } from "./schema/story-schema.ts";
import { readStory, type Story } from "./story.ts";
import { summarise } from "./summary.ts";

/** A story's file as read: `file` carries the messages; `item` is there unless one of them is a problem. */
export interface Compiled {
  readonly file: VFile;
  readonly item?: Item;
}

const reportEmpty = ({ file, body, data }: Story, text: Body | undefined): void => {
  if (text === undefined || !text.isEmpty || data.withdrawn !== undefined) return;
  const place = { line: body.split("\n").length, column: 1 };
  problem(file, "empty", "The story has no text. Write some below the front matter.", place);
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

const build = (story: Story, context: Context): Item | undefined => {
  const { file, yaml, data, whole, slug } = story;
  const base: Base = { ...context, path: story.path, slug };
  const text = renderBody(file, story.body, base);
  if (yaml === undefined) return undefined;
  reportEmpty(story, text);
  reportDates(file, yaml, data, context.now);
  const authors = readAuthors(file, yaml, data, context);
  const section = readSection(file, yaml, data, context);
  const tags = readTags(file, yaml, data);
  const { image, attachments, media } = readAttached(file, yaml, data, base);
  if (whole === undefined || text === undefined || isBroken(file)) return undefined;
  const { language, corrections = [] } = whole;
  const credits = renderCredits(whole.source, corrections, context.channel);
  return {
    ...asWritten(whole),
    slug,
    url: context.channel.url + articlePath(slug),
    summary: whole.summary ?? (summarise(text.firstParagraph) || whole.title),
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
export const compileStory = (story: Story, context: Context): Compiled => {
  const item = build(story, context);
  sortMessages(story.file);
  return item === undefined ? { file: story.file } : { file: story.file, item };
};

/**
 * The only door into the model: turns a story's file (front matter and Markdown) into an Item, or into
 * messages with line and column. Pure; finds every problem in one pass.
 * `path` is below content/; `source` is the file's bytes, or text that is known to be Unicode.
 */
export const compile = (path: string, source: Uint8Array | string, context: Context): Compiled =>
  compileStory(readStory(path, source), context);
