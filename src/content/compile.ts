import type { ElementContent } from "hast";
import type { Point } from "unist";
import type { VFile } from "vfile";
import type { Breach } from "../dialects/rules/rule.ts";
import { dialectRules } from "../dialects/rules/rules.ts";
import { articlePath } from "../model/address.ts";
import { type Instant, NO_DATE } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { wordsOf } from "../model/words/words-of.ts";
import type { BlockNode } from "./body/blocks/blocks.ts";
import { type Body, renderBody } from "./body/body.ts";
import { writeHtml } from "./body/write-html.ts";
import { writeMarkdown } from "./body/write-markdown.ts";
import type { CompileContext } from "./compile-context.ts";
import { resolveStoryMedia } from "./media/story-media.ts";
import { markUndistributable, readMarks, reportUnshownPictures, urlsOf } from "./media/undistributable.ts";
import { hasErrors, reportError, sortMessages } from "./messages/messages.ts";
import { type Finding, judgeStory, unfitDialects } from "./partners/judge-story.ts";
import { makePartnerBlocks } from "./partners/partner-blocks.ts";
import type { Reference, ReferenceContext } from "./references/references.ts";
import type { PlacedFinding, StoryResult } from "./result.ts";
import type { StoryData } from "./schema/story-schema.ts";
import { readTags, resolveAuthors, resolveSection } from "./story/authors-and-tags.ts";
import { correctionsAndCredit } from "./story/corrections-and-credit.ts";
import { reportInconsistentDates } from "./story/dates.ts";
import { resolveFeeds } from "./story/feeds.ts";
import { shorten } from "./story/shorten.ts";
import { type ParsedStory, parseStory } from "./story/story.ts";
import { utcOffsetSeconds } from "./time-zone.ts";

/** A compiled story, with the file that carries the messages. */
export type CompiledStory = StoryResult<VFile>;

/** UTF-16 units: no summary that is made of the text is longer. */
const MAX_SUMMARY_LENGTH = 280;

/** UTF-16 units: with a shorter summary, there is an opening as well. */
const MIN_OPENING_LENGTH = 300;

/** UTF-16 units: no name that is made of the text is longer. */
const MAX_FIRST_WORDS_LENGTH = 80;

/** Reports a story that shows nothing, or has neither a title nor a word that could stand for it (RSS 2.0 wants one). */
const reportEmptyBody = ({ file, markdown, data }: ParsedStory, body: Body | undefined): void => {
  if (body === undefined || data.withdrawn !== undefined) return;
  const place = { line: markdown.split("\n").length, column: 1 };
  if (body.isEmpty) {
    reportError(file, "empty", "The story has no text. Write some below the front matter.", place);
  } else if (!data.title && data.summary === undefined && body.words === "") {
    reportError(file, "empty", "A story without a title needs some words. Write some, or add a `title`.", place);
  }
};

/** The summary of a story that states none: its lead, or its title, or what words it has. */
const summarize = ({ lead, words }: Body, title: string): string => shorten(lead || title || words, MAX_SUMMARY_LENGTH);

/** The keys of front matter that go into the Item unchanged. */
const unchangedKeys = (data: StoryData) => {
  const {
    id,
    published = NO_DATE,
    translationOf,
    canonical,
    source,
    license,
    usage,
    republish,
    expires,
    withdrawn,
  } = data;
  return {
    ...{ id, published },
    ...(translationOf !== undefined && { translationOf }),
    ...(canonical !== undefined && { canonical }),
    ...(source !== undefined && { source }),
    ...(license !== undefined && { license }),
    ...(usage !== undefined && { usage }),
    ...(republish !== undefined && { republish }),
    ...(expires !== undefined && { expires }),
    ...(withdrawn !== undefined && { withdrawn }),
  };
};

/** The offsets of the publication's time zone, for an Item; nothing in UTC. */
const utcOffsetsAt = (timeZone: string, published: Instant, updated: Instant): Pick<Item, "utcOffsetSeconds"> => {
  const offsets = {
    published: utcOffsetSeconds(timeZone, published),
    updated: utcOffsetSeconds(timeZone, updated),
  };
  return offsets.published === 0 && offsets.updated === 0 ? {} : { utcOffsetSeconds: offsets };
};

const lastChange = ({ published = NO_DATE, updated = published, corrections = [] }: StoryData): Instant =>
  corrections.reduce((latest, { at }) => Math.max(latest, at), Math.max(published, updated));

/** Where a breach is in a story's file. */
const placeBreach = ({ yaml }: ParsedStory, blocks: readonly BlockNode[], breach: Breach): Point => {
  const start: Point = { line: 1, column: 1 };
  if (breach.kind === "block") return blocks[breach.block]?.node.position?.start ?? start;
  if (breach.kind === "story" || yaml === undefined) return start;
  const place = Object.hasOwn(yaml.data, breach.key) ? yaml.placeOf([breach.key]) : start;
  return "start" in place ? place.start : place;
};

const placeFinding = (
  story: ParsedStory,
  blocks: readonly BlockNode[],
  { breach, ...finding }: Finding,
): PlacedFinding => {
  const { line, column } = placeBreach(story, blocks, breach);
  return { ...finding, line, column };
};

/** An Item with what partners get of it, and what the rules of their dialects say. */
const addPartners = (
  item: Item,
  body: Body,
  undistributable: ReadonlySet<string>,
  { channel, siteUrl = channel.url, dialects = dialectRules }: CompileContext,
): { readonly item: Item; readonly findings: readonly Finding[] } => {
  const { replacedBlocks, lost } = makePartnerBlocks(body.blocks, undistributable, dialects);
  const withBlocks = { ...item, ...(replacedBlocks !== undefined && { replacedBlocks }) };
  const findings = judgeStory(withBlocks, channel, siteUrl, lost, dialects);
  const unfitFor = unfitDialects(findings);
  return { item: { ...withBlocks, ...(unfitFor.length > 0 && { unfitFor }) }, findings };
};

/** The marked files that lie in media/, for an Item; nothing if there are none. */
const markedMedia = (marked: readonly Reference[]): Pick<Item, "undistributable"> => {
  const paths = new Set(marked.flatMap(({ media }) => (media === undefined ? [] : [media.path])));
  return paths.size === 0 ? {} : { undistributable: [...paths] };
};

const joinMarkdown = (text: string, ending: readonly ElementContent[]): string =>
  [text, ...ending.map(writeMarkdown)].filter((part) => part !== "").join("\n\n");

/** Runs every check, so that all problems are found in one pass; returns undefined if one of them found an error. */
const buildItem = (
  story: ParsedStory,
  context: CompileContext,
): { readonly item: Item; readonly findings: readonly PlacedFinding[] } | undefined => {
  const { file, yaml, data, completeData, slug } = story;
  const { channel } = context;
  const language = data.language ?? channel.language;
  const references: ReferenceContext = { ...context, path: story.path, slug };
  const body = renderBody(file, story.markdown, references, language, wordsOf(channel, language));
  if (yaml === undefined) return undefined;
  reportEmptyBody(story, body);
  reportInconsistentDates(file, yaml, data, context.now);
  const authors = resolveAuthors(file, yaml, data, context);
  const section = resolveSection(file, yaml, data, context);
  const tags = readTags(file, yaml, data);
  const feeds = resolveFeeds(file, yaml, data, context);
  const declared = resolveStoryMedia(file, yaml, data, references);
  reportUnshownPictures(file, yaml, data, body?.blocks ?? [], references);
  const marked = readMarks(story, context);
  const undistributable = urlsOf(marked).union(context.undistributable ?? new Set<string>());
  const { image, attachments, media } = markUndistributable(declared, undistributable);
  if (completeData === undefined || body === undefined || hasErrors(file)) return undefined;
  const { title = "", published = NO_DATE, corrections = [] } = completeData;
  const updated = lastChange(completeData);
  const ending = correctionsAndCredit(completeData.source, corrections, channel, language);
  const summary = completeData.summary ?? summarize(body, title);
  const item: Item = {
    ...unchangedKeys(completeData),
    slug,
    url: channel.url + articlePath(slug),
    title,
    ...(title === "" && { firstWords: shorten(body.words || completeData.summary || "", MAX_FIRST_WORDS_LENGTH) }),
    summary,
    ...(summary.length < MIN_OPENING_LENGTH && body.opening.length > summary.length && { opening: body.opening }),
    html: [body.html, ...ending.map(writeHtml)].filter((part) => part !== "").join("\n"),
    ...(body.markdown !== undefined && { markdown: joinMarkdown(body.markdown, ending) }),
    blocks: body.blocks.map(({ block }) => block),
    updated,
    ...utcOffsetsAt(channel.timeZone, published, updated),
    authors,
    ...(section !== undefined && { section }),
    tags,
    ...(image !== undefined && { image }),
    attachments,
    ...(language !== channel.language && { language }),
    aliases: completeData.aliases ?? [],
    draft: completeData.draft ?? false,
    corrections,
    ...(feeds !== undefined && { feeds }),
    media: [...new Set([...media, ...body.media])],
    ...markedMedia(marked),
  };
  const { item: complete, findings } = addPartners(item, body, undistributable, context);
  return { item: complete, findings: findings.map((finding) => placeFinding(story, body.blocks, finding)) };
};

/** The second half of `compile`, for a story that `parseStory` has read: renders it and checks what it refers to. */
export const compileStory = (story: ParsedStory, context: CompileContext): CompiledStory => {
  const built = buildItem(story, context);
  sortMessages(story.file);
  return built === undefined ? { file: story.file, findings: [] } : { file: story.file, ...built };
};

/**
 * The only door into the model: turns a story's file (front matter and Markdown) into an Item, or into
 * messages with line and column. Pure; finds every problem in one pass.
 * `path` is below content/; `source` is the file's bytes, or text that is known to be Unicode.
 */
export const compile = (path: string, source: Uint8Array | string, context: CompileContext): CompiledStory =>
  compileStory(parseStory(path, source), context);
