import type { VFile } from "vfile";
import { compile } from "../content/compile.ts";
import type { CompileContext } from "../content/compile-context.ts";
import { compilerVersion } from "../content/compiler-version.ts";
import { type CompiledSite, compileSite } from "../content/site.ts";
import { isRecord } from "../lib/is-record.ts";
import { basePathOf, siteAddress } from "../model/address.ts";
import type { CompilerVersion } from "../model/compiler-version.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { newestFirst } from "../model/newest-first.ts";
import { writePublication } from "../model/publication.ts";
import type {
  CompiledContent,
  LoadedContent,
  LoadedPublication,
  LoadedSource,
  LoadedStory,
  PublicationSource,
} from "../store/loaded/publication-source.ts";
import { SourceError } from "../store/loaded/source-error.ts";
import { absoluteFrom, withAbsoluteUrls } from "./absolute-urls.ts";
import { baseOfFeed, idOfItem, originOfFeed, siteFromFeed, storyFromItem } from "./feed-package.ts";
import { mendStory, titleAsText } from "./mend-story.ts";
import type { PackageFeedData, PackageItem } from "./package-feed.ts";
import { slugFor } from "./story-source.ts";

/** So many items are served at most, the newest ones. */
export const MAX_ITEMS = 1000;

/** Characters of all stories together: those of the newest are served. */
export const MAX_LENGTH = 5_000_000;

/** Bytes of one story and what is made of it: a row of the scheduler's storage holds 2 MB. */
const MAX_STORY_BYTES = 1_900_000;

/** How often a Feed is loaded. */
export interface RefreshOptions {
  /** Seconds after which the Feed is loaded again; at least 1. By default 300. */
  readonly refreshSeconds?: number;
}

const nameOf = (item: unknown, index: number): string => {
  const title =
    isRecord(item) && typeof item.title === "string" && item.title !== "" ? ` “${item.title.slice(0, 80)}”` : "";
  return `Item ${index + 1}${title} of the Feed`;
};

/** For messages. */
const shortened = (id: string): string => (id.length > 200 ? `${id.slice(0, 200)}…` : id);

const leftOut = (name: string, error: unknown): string =>
  `${name} can't be read, so it is left out: ${String(error).split("\n", 1)}`;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const isDate = (value: unknown): value is Date => value instanceof Date && !Number.isNaN(value.getTime());

const TEXTS = ["title", "id", "guid", "link", "content", "description"] as const;

const LISTS = ["author", "category"] as const;

/** What keeps a value from being an item, as the end of a sentence; undefined if nothing does. */
const findFault = (item: unknown): string | undefined => {
  if (!isRecord(item)) return "is no object";
  const odd = TEXTS.find((key) => item[key] !== undefined && typeof item[key] !== "string");
  if (odd !== undefined) return `has a \`${odd}\` that is no text`;
  if (!isText(item.guid) && !isText(item.id) && !isText(item.link)) {
    return "has no `guid`, `id` or `link`. Give it an `id` that never changes: readers tell stories apart by it";
  }
  const single = LISTS.find((key) => (item[key] ?? undefined) !== undefined && !Array.isArray(item[key]));
  if (single !== undefined) return `has \`${single}\`, but not as a list`;
  const { date, published } = item;
  if ((published ?? undefined) !== undefined && !(published instanceof Date))
    return "has a `published` that is no Date. Make it one";
  if (!isDate(date) && !isDate(published)) return "has no valid date. Give it a Date as `date`";
  return undefined;
};

const isItem = (item: unknown): item is PackageItem => findFault(item) === undefined;

const isFeed = (value: unknown): value is PackageFeedData =>
  isRecord(value) && isRecord(value.options) && Array.isArray(value.items);

/** The address of a mounted site. Throws a SourceError that says what to do if the Feed does not say it, or says another path. */
const mountedAddress = ({ options }: PackageFeedData, basePath: string): string => {
  const { link } = options;
  // Items may link to other sites.
  const origin = originOfFeed({ options, items: [] });
  if (origin === undefined) throw new SourceError("The Feed has no `link`. Set it to the address of the website.");
  const path = link !== undefined && URL.canParse(link) ? basePathOf(siteAddress(new URL(link))) : "";
  if (path !== "" && path !== basePath) {
    throw new SourceError(
      `The Feed's \`link\` is ${link}, but it is mounted at \`${basePath || "/"}\`. Give both the same path: \`link\` of the Feed, or \`path\` of createWorker.`,
    );
  }
  return origin + basePath;
};

const timeOf = ({ published, date }: PackageItem): number => (isDate(published) ? published : date).getTime();

/** An item of a Feed that can be served, as far as that can be told before it is compiled. */
interface Entry {
  readonly item: PackageItem;
  readonly id: string;
  readonly time: number;
  /** For messages. */
  readonly name: string;
}

/** The items that can be told apart, in the Feed's order; says of the others in `messages` why they are left out. */
const readEntries = (
  feed: PackageFeedData,
  origin: string,
  base: string | undefined,
  messages: string[],
): readonly Entry[] => {
  const ids = new Set<string>();
  const readEntry = (item: unknown, name: string): Entry | undefined => {
    if (!isItem(item)) {
      messages.push(`${name} ${findFault(item)}. It is left out.`);
      return undefined;
    }
    const id = idOfItem({ ...item, link: absoluteFrom(item.link ?? "", base) }, origin);
    if (ids.has(id)) {
      messages.push(`${name} has the id of another one, ${shortened(id)}. It is left out: give it one of its own.`);
      return undefined;
    }
    ids.add(id);
    return { item, id, name, time: timeOf(item) };
  };
  return feed.items.flatMap((item: unknown, index) => {
    let name = `Item ${index + 1} of the Feed`;
    try {
      name = nameOf(item, index);
      return readEntry(item, name) ?? [];
    } catch (error) {
      messages.push(leftOut(name, error));
      return [];
    }
  });
};

/** The stories of a Feed's items, as far as they can be told apart and there is room, and what was left out. */
const readStories = (
  feed: PackageFeedData,
  siteUrl: string,
  known: LoadedPublication | undefined,
  now: Instant,
): Pick<LoadedContent, "messages" | "stories"> => {
  const messages: string[] = [];
  const knownById = new Map(known?.stories.map((story) => [story.id, story]));
  const base = baseOfFeed(feed);
  const entries = readEntries(feed, new URL(siteUrl).origin, base, messages);
  const newest = entries.toSorted((a, b) => b.time - a.time).slice(0, MAX_ITEMS);
  if (newest.length < entries.length) {
    messages.push(`The Feed has ${entries.length} items. The newest ${MAX_ITEMS} are served, the others are left out.`);
  }
  const taken = new Set(newest.flatMap(({ id }) => knownById.get(id)?.slug.toLowerCase() ?? []));
  const stories: LoadedSource[] = [];
  let length = 0;
  // The oldest first: which of two stories has a number in its address does not depend on what comes later.
  for (const { item: given, id, name } of newest.toReversed()) {
    try {
      const item = withAbsoluteUrls(given, base);
      const story = knownById.get(id);
      const slug = story?.slug ?? slugFor(item.link ?? "", item.title ?? "", (one) => taken.has(one.toLowerCase()));
      taken.add(slug.toLowerCase());
      // The date of a story that nobody has seen may still move, either way.
      const published = story && story.item.published <= now ? new Date(story.item.published) : undefined;
      stories.push({ id, slug, text: storyFromItem(item, { slug, id, siteUrl, published }) });
    } catch (error) {
      messages.push(leftOut(name, error));
    }
  }
  const fitting = stories.toReversed().filter(({ text }) => {
    // One that is too long by itself takes no room of others: `compileSource` refuses it.
    if (text.length <= MAX_STORY_BYTES) length += text.length;
    return length <= MAX_LENGTH;
  });
  if (fitting.length < stories.length) {
    messages.push(
      `The Feed has more than ${MAX_LENGTH / 1_000_000} million characters. The newest ${fitting.length} items are served, the others are left out.`,
    );
  }
  return { stories: fitting, messages };
};

/** The keys of a Feed that become others of a story or of site.yaml: messages name what there is to mend. */
const FEED_KEYS: Readonly<Record<string, string>> = {
  ...{ attachments: "enclosure", authors: "author", canonical: "link", summary: "description", tags: "category" },
  ...{ hubs: "hub", rights: "copyright", url: "link" },
};

/** The errors of a source, in one line. */
const reasonsIn = ({ messages }: CompiledSite["file"]): string =>
  messages
    .flatMap(({ fatal, reason }) => (fatal === true ? [reason] : []))
    .join(" ")
    .replaceAll(/(?<=`)[a-z]+(?=[`[.])/g, (key) => FEED_KEYS[key] ?? key);

const requireChannel = ({ channel, url, file }: CompiledSite) => {
  if (channel !== undefined && url !== undefined) return { channel, url };
  throw new SourceError(`The Feed's options can't be published: ${reasonsIn(file)}`);
};

const encoder = new TextEncoder();

const isTooLong = ({ text, item }: LoadedStory): boolean =>
  encoder.encode(text).byteLength + encoder.encode(JSON.stringify(item)).byteLength > MAX_STORY_BYTES;

const TOO_LONG = "It is too long: a story and what is made of it take 1.9 MB at most. Split it.";

/** What a story's source gives. */
interface SourceResult {
  readonly story?: LoadedStory;
  /** Why it gives nothing, or what was left out. */
  readonly reason?: string;
}

/** The Item of a source that has errors without what they are about; undefined if that can't be left out. */
const compileMended = (path: string, source: string, file: VFile, context: CompileContext): Item | undefined => {
  const mended = mendStory(path, source, file);
  if (mended === undefined) return undefined;
  const { item, file: rest } = compile(path, mended, context);
  const isEmpty = rest.messages.some(({ ruleId }) => ruleId === "empty");
  return isEmpty ? compile(path, titleAsText(path, mended), context).item : item;
};

/** What a source gives. Readers of another system's item cannot mend it: it is served without what is wrong in it, if it can be. */
const compileSource = (source: LoadedSource, context: CompileContext): SourceResult => {
  if (source.text.length > MAX_STORY_BYTES) return { reason: TOO_LONG };
  const path = `${source.slug}.md`;
  const { item: given, file } = compile(path, source.text, context);
  const item = given ?? compileMended(path, source.text, file, context);
  const reason = given === undefined ? { reason: reasonsIn(file) } : {};
  if (item === undefined) return reason;
  const story = { ...source, item };
  return isTooLong(story) ? { reason: TOO_LONG } : { story, ...reason };
};

const isSameVersion = (a: CompilerVersion, b: CompilerVersion): boolean =>
  a.compiler === b.compiler && a.site === b.site;

const compileContent: PublicationSource["compile"] = ({ site, stories }, known): CompiledContent => {
  const { channel, url } = requireChannel(compileSite(site, {}));
  const context = { channel, siteUrl: url, media: {}, slugs: {} };
  const version = compilerVersion(context);
  const reusable = known !== undefined && isSameVersion(known.version, version) ? known.stories : [];
  const knownById = new Map(reusable.map((story) => [story.id, story]));
  const messages: string[] = [];
  let compiled = 0;
  const compileOne = (source: LoadedSource): readonly LoadedStory[] => {
    const former = knownById.get(source.id);
    if (former !== undefined && former.text === source.text) return [former];
    compiled += 1;
    const { story, reason } = compileSource(source, context);
    if (story !== undefined) {
      if (reason !== undefined) messages.push(`Not all of the item ${shortened(source.id)} is published: ${reason}`);
      return [story];
    }
    const outcome = former === undefined ? "It is left out." : "It stays as it was.";
    messages.push(`The item ${shortened(source.id)} can't be published: ${reason} ${outcome}`);
    return former === undefined ? [] : [former];
  };
  // Whatever the order of the Feed, or of what was stored: the text is the same if the stories are.
  const loaded = stories.flatMap(compileOne).toSorted((a, b) => newestFirst(a.item, b.item));
  const items: readonly Item[] = loaded.map(({ item }) => item);
  const nothing = { media: {}, formerScopes: [], feedMembers: {}, partners: [], partnerMembers: {} };
  return {
    publication: { site, version, stories: loaded },
    text: writePublication({ url, channel, items, ...nothing }),
    compiled,
    messages,
  };
};

/**
 * Makes a publication for `createWorker` of a Feed of the `feed` package, which `load` gives: at once, and again every
 * `refreshSeconds`. Each of its items becomes a story; what `load` has changed is compiled, and what it leaves out is gone. A `load` that
 * throws, or gives no Feed, leaves the last good publication. `load` runs in the scheduler's Durable Object, if that is bound.
 *
 * Throws an Error if `refreshSeconds` is no number of at least 1.
 *
 * @example
 * const news = createWorker({ publication: fromFeed(loadFeed, { refreshSeconds: 300 }), path: "/news" });
 */
export const fromFeed = (
  load: () => PackageFeedData | Promise<PackageFeedData>,
  { refreshSeconds = 300 }: RefreshOptions = {},
): PublicationSource => {
  if (!(refreshSeconds >= 1 && refreshSeconds <= 86_400)) {
    throw new Error(`\`refreshSeconds\` is ${refreshSeconds}. Write a number of seconds from 1 to 86400.`);
  }
  return {
    refreshSeconds,
    async load(basePath, known, now) {
      const feed: unknown = await load();
      if (!isFeed(feed))
        throw new SourceError("What was loaded is no Feed of the package `feed`: it has no `options` and `items`.");
      const siteUrl = mountedAddress(feed, basePath);
      return { site: siteFromFeed(feed, siteUrl), ...readStories(feed, siteUrl, known, now) };
    },
    compile: compileContent,
  };
};
