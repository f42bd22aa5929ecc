import { VFile } from "vfile";
import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { MediaFile } from "../model/media.ts";
import { type FormerScope, formerScopesOf } from "../model/names/former-scopes.ts";
import { compareText } from "../model/newest-first.ts";
import type { Partner } from "../model/partners/partner.ts";
import type { Publication } from "../model/publication.ts";
import { scopeName } from "../model/scope.ts";
import { isInNamedFeed, isInPartnerFeeds, partnerList, type Selection } from "../model/selection.ts";
import { type CompiledStory, compileStory } from "./compile.ts";
import type { CompileContext } from "./compile-context.ts";
import { isMedia, isOwnPage, isStory, PARTNERS_FILE, SITE_FILE, THEME_FILE } from "./file-kinds.ts";
import { readMedia, UNREADABLE_MEDIA } from "./media/media.ts";
import { readMarks, urlsOf } from "./media/undistributable.ts";
import { demoteErrors, hasErrors, reportError, reportWarning, sortMessages } from "./messages/messages.ts";
import { type CompiledPage, compileOwnPage, parseOwnPage, reportSameNames } from "./pages/own-page.ts";
import { type CompiledTheme, compileTheme } from "./pages/theme.ts";
import { compilePartners } from "./partners/partners.ts";
import type { PublicationResult } from "./result.ts";
import { type CompiledSite, compileSite, EMPTY_CHANNEL } from "./site.ts";
import { reportDuplicates } from "./story/duplicates.ts";
import { type ParsedStory, parseStory } from "./story/story.ts";
import { reportTranslations } from "./story/translations.ts";
import { reportUnusedTerms } from "./terms.ts";

/** The files of content/, by path below it. */
export type ContentFiles = ReadonlyMap<string, Uint8Array>;

/** All of content/, compiled, with the files that carry the messages. */
export type CompiledPublication = PublicationResult<VFile>;

/** A file without text that carries one message, which has no place in it. */
const fileWithMessage = (report: typeof reportError, path: string, rule: string, reason: string): VFile => {
  const file = new VFile({ path, value: "" });
  report(file, rule, reason);
  return file;
};

const unusedMedia = (
  channel: Channel,
  others: readonly { readonly media: readonly string[] }[],
  media: readonly string[],
): readonly VFile[] => {
  const used = new Set([...channel.media, ...others.flatMap((one) => one.media)]);
  const reason = "No story uses this file, so it is not served. Name it in a story, or delete it.";
  return media.filter((path) => !used.has(path)).map((path) => fileWithMessage(reportWarning, path, "unused", reason));
};

const SINGLE_FILES = new Set([SITE_FILE, PARTNERS_FILE, THEME_FILE]);

const unreadFiles = (paths: readonly string[]): readonly VFile[] => {
  const reason = "This file is not read: stories end in .md, media files stand in content/media. Move or delete it.";
  return paths
    .filter((path) => !isStory(path) && !isOwnPage(path) && !isMedia(path) && !SINGLE_FILES.has(path))
    .map((path) => fileWithMessage(reportWarning, path, "stranger", reason));
};

const readAllMedia = async (
  files: ContentFiles,
): Promise<{ media: Record<string, MediaFile>; unreadable: readonly VFile[] }> => {
  const media: Record<string, MediaFile> = {};
  const unreadable: VFile[] = [];
  for (const [path, bytes] of files) {
    if (!isMedia(path)) continue;
    const result = await readMedia(path, bytes);
    media[path] = typeof result === "string" ? UNREADABLE_MEDIA : result;
    if (typeof result === "string") unreadable.push(fileWithMessage(reportError, path, "media", result));
  }
  return { media, unreadable };
};

const compileSiteIfPresent = (
  source: Uint8Array | undefined,
  media: Readonly<Record<string, MediaFile>>,
  pages: readonly string[],
): CompiledSite => {
  if (source !== undefined) return compileSite(source, media, pages);
  const reason = "There is no content/site.yaml. Add it: it names the publication.";
  return { file: fileWithMessage(reportError, "site.yaml", "missing", reason), known: {}, selections: [] };
};

const collectFormerScopes = (items: readonly Item[]): readonly FormerScope[] => {
  const byName = new Map(items.flatMap(formerScopesOf).map((one) => [scopeName(one.scope), one]));
  return [...byName].sort(([a], [b]) => compareText(a, b)).map(([, one]) => one);
};

const collectFeedMembers = (items: readonly Item[], { feeds, language }: Channel): Publication["feedMembers"] =>
  Object.fromEntries(
    feeds.map((feed) => [
      feed.key,
      items.flatMap((item, index) => (isInNamedFeed(item, feed, language) ? [index] : [])),
    ]),
  );

/** The members of the contracts' selections: those that choose the same are one. That of all stories is none. */
const collectPartnerMembers = (
  partners: readonly Partner[],
  items: readonly Item[],
  { language }: Channel,
): Publication["partnerMembers"] => {
  const selections = new Map<string, Selection>();
  for (const { selection } of partners) {
    const list = partnerList(selection, language);
    if (list.kind === "selection") selections.set(list.name, selection);
  }
  const membersOf = (selection: Selection): readonly number[] =>
    items.flatMap((item, index) => (isInPartnerFeeds(item, selection, language) ? [index] : []));
  return Object.fromEntries([...selections].map(([name, selection]) => [name, membersOf(selection)]));
};

/** The channel with the publisher's own pages and rules. Drafts are none of them. */
const withPages = (channel: Channel, pages: readonly CompiledPage[], theme: CompiledTheme | undefined): Channel => {
  const compiled = pages.flatMap(({ page }) => page ?? []);
  const media = [...channel.media, ...pages.flatMap((page) => page.media), ...(theme?.media ?? [])];
  return {
    ...channel,
    ...(compiled.length > 0 && { pages: compiled }),
    ...(theme?.css !== undefined && { theme: theme.css }),
    media: [...new Set(media)],
  };
};

const dropMessages = (file: VFile, rule: string): void => {
  file.messages = file.messages.filter(({ ruleId }) => ruleId !== rule);
};

const BROKEN_DRAFT = "This draft is left out until it is mended; it stops nothing else.";

/** A story with the outcome of its compilation. */
type CompiledEntry = CompiledStory & { readonly story: ParsedStory };

/** A story or page, as far as it matters for what stops a publication. */
interface Text {
  readonly file: VFile;
  readonly path: string;
  readonly isDraft: boolean;
  /** Absent if it has errors: then it may use any file. */
  readonly media?: readonly string[];
}

const textOfStory = ({ story: { path, isDraft }, file, item }: CompiledEntry): Text => ({
  ...{ file, path, isDraft },
  ...(item && { media: item.media }),
});

const textOfPage = ({ file, path, isDraft, page, media }: CompiledPage): Text => ({
  ...{ file, path, isDraft },
  ...(page && { media }),
});

const mayUse = ({ media }: Text, path: string): boolean => media === undefined || media.includes(path);

/**
 * Makes warnings of the errors of drafts, and of those of `unreadable` media files that only drafts use. Returns the
 * paths of the broken drafts. Those at the paths `named` count as any other story: somebody wants to know what is wrong with them.
 */
const demoteDrafts = (
  texts: readonly Text[],
  unreadable: readonly VFile[],
  channel: Channel,
  named: readonly string[],
): readonly string[] => {
  const isForgiven = ({ path, isDraft }: Text): boolean => isDraft && !named.includes(path);
  const drafts = texts.filter(isForgiven);
  const others = texts.filter((one) => !isForgiven(one));
  const ofDrafts = unreadable.filter(({ path }) => {
    const isOfOther = channel.media.includes(path) || others.some((one) => mayUse(one, path));
    return !isOfOther && drafts.some((draft) => mayUse(draft, path));
  });
  for (const file of ofDrafts) demoteErrors(file);
  const broken = drafts.filter((draft) => hasErrors(draft.file) || ofDrafts.some(({ path }) => mayUse(draft, path)));
  for (const { file } of broken) {
    demoteErrors(file);
    reportWarning(file, "draft", BROKEN_DRAFT);
    sortMessages(file);
  }
  return broken.map(({ path }) => path);
};

/**
 * Compiles all of content/: finds every problem of every file in one pass, and gives the publication if none is an
 * error. `now` (milliseconds) serves only to warn of changes dated after it. Errors of drafts are warnings, but for those
 * at the paths `named`. `onProgress` is told after each story how many are compiled, and of how many.
 */
export const compilePublication = async (
  unsorted: ContentFiles,
  now?: Instant,
  named: readonly string[] = [],
  onProgress?: (done: number, total: number) => void,
): Promise<CompiledPublication> => {
  const files = new Map([...unsorted].sort(([a], [b]) => (a < b ? -1 : 1)));
  const { media, unreadable } = await readAllMedia(files);
  const parsedPages = [...files]
    .filter(([path]) => isOwnPage(path))
    .map(([path, source]) => parseOwnPage(path, source));
  reportSameNames(parsedPages);
  const site = compileSiteIfPresent(
    files.get(SITE_FILE),
    media,
    parsedPages.map(({ name }) => name),
  );
  const stories = [...files].filter(([path]) => isStory(path)).map(([path, source]) => parseStory(path, source));
  reportDuplicates(stories);
  reportTranslations(stories, (site.channel ?? EMPTY_CHANNEL).language);
  const slugs = Object.fromEntries(stories.map(({ path, slug }) => [path, slug]));
  const channel = site.channel ?? { ...EMPTY_CHANNEL, ...site.known };
  const siteUrl = site.url === undefined ? {} : { siteUrl: site.url };
  const pagePaths = parsedPages.map(({ path }) => path);
  const context: CompileContext = {
    channel,
    media,
    slugs,
    pages: pagePaths,
    ...siteUrl,
    ...(now !== undefined && { now }),
  };
  const pages = parsedPages.map((page) => compileOwnPage(page, context));
  const themeSource = files.get(THEME_FILE);
  const theme = themeSource && compileTheme(themeSource, media);
  const undistributable = urlsOf(stories.flatMap((story) => readMarks(story, context)));
  const compiled = stories.map((story, index) => {
    const entry = { story, ...compileStory(story, { ...context, undistributable }) };
    onProgress?.(index + 1, stories.length);
    return entry;
  });
  // Nobody can say whether an author or a section exists while that part of site.yaml can't be read.
  for (const { file } of compiled) {
    if (site.known.authors === undefined) dropMessages(file, "unknown-author");
    if (site.known.sections === undefined) dropMessages(file, "unknown-section");
    if (site.known.feeds === undefined) dropMessages(file, "unknown-feed");
    if (site.channel === undefined) dropMessages(file, "translation-language");
  }
  const published = withPages(
    channel,
    pages.filter(({ isDraft }) => !isDraft),
    theme,
  );
  const broken = demoteDrafts([...compiled.map(textOfStory), ...pages.map(textOfPage)], unreadable, published, named);
  const items = compiled.flatMap(({ item, story }) => (item && !broken.includes(story.path) ? [item] : []));
  const draftPages = pages.flatMap(({ isDraft, page, path, media }) =>
    isDraft && page && !broken.includes(path) ? [{ page, media }] : [],
  );
  const partnersSource = files.get(PARTNERS_FILE);
  const contracts = partnersSource && compilePartners(partnersSource, site.known.sections, now);
  const isComplete = site.channel !== undefined && items.length === stories.length;
  // The stories of a newsroom are elsewhere.
  if (isComplete && items.length > 0) {
    for (const { file, selections } of [site, ...(contracts ? [contracts] : [])]) {
      for (const selection of selections) reportUnusedTerms(file, selection, items, site.channel.authors);
      sortMessages(file);
    }
  }
  const reports = [
    site.file,
    ...(contracts ? [contracts.file] : []),
    ...(theme ? [theme.file] : []),
    ...pages.map(({ file }) => file),
    ...compiled.map(({ file }) => file),
    ...unreadable,
    ...(isComplete ? unusedMedia(published, [...items, ...draftPages], Object.keys(media)) : []),
    ...unreadFiles([...files.keys()]),
  ];
  const result = {
    files: reports,
    judgements: new Map(
      compiled.map(({ story, item, findings }) => [
        story.path,
        { ...(item && { published: item.published }), findings },
      ]),
    ),
    brokenDrafts: broken,
    ...(site.url !== undefined && { url: site.url }),
  };
  if (site.channel === undefined || site.url === undefined || reports.some(hasErrors)) return result;
  const readable = Object.entries(media).filter(([, file]) => file !== UNREADABLE_MEDIA);
  return {
    ...result,
    publication: {
      url: site.url,
      channel: published,
      ...(draftPages.length > 0 && { draftPages }),
      items,
      media: Object.fromEntries(readable),
      formerScopes: collectFormerScopes(items),
      feedMembers: collectFeedMembers(items, site.channel),
      partners: contracts?.partners ?? [],
      partnerMembers: collectPartnerMembers(contracts?.partners ?? [], items, site.channel),
    },
  };
};
