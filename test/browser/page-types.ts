import { texts } from "./publication/publication.ts";
import { LANGUAGES, type Language } from "./publication/texts.ts";

/** A kind of page for people, and the one of each publication that browsers open. */
export interface PageType {
  readonly name: string;
  /** The path of that page. `{tag}` stands for what has another address in each language. */
  readonly path: string;
  /** 200 if absent. */
  readonly status?: number;
  /** All paths of this kind. If it is absent, they are those that differ from `path` in their last word only. */
  readonly paths?: RegExp;
  /** Whether a button of the page copies an address. */
  readonly hasCopyButton?: true;
}

const FEED_PATHS = /\/(?:rss\.xml|atom\.xml|feed\.json)$/;

/** The kinds of pages that are served: a browser opens each, in every width, colour scheme and language. */
export const PAGE_TYPES: readonly PageType[] = [
  { name: "front page", path: "/", paths: /^\/$/ },
  { name: "story", path: "/articles/every-element" },
  { name: "story in another language", path: "/articles/abroad" },
  { name: "story without a title", path: "/articles/note" },
  { name: "story to republish", path: "/articles/every-element/republish", paths: /^\/articles\/[^/]+\/republish$/ },
  { name: "second page of stories", path: "/page/2" },
  { name: "tag", path: "/tags/{tag}", paths: /^\/tags\/[^/]+(?:\/page\/\d+)?$/ },
  { name: "section", path: "/sections/sea", paths: /^\/sections\/[^/]+(?:\/page\/\d+)?$/ },
  { name: "author", path: "/authors/second", paths: /^\/authors\/[^/]+(?:\/page\/\d+)?$/ },
  { name: "archive", path: "/archive", paths: /^\/archive$/ },
  { name: "month", path: "/archive/2025/11", paths: /^\/archive\/\d{4}\/\d\d$/ },
  { name: "subscribe", path: "/subscribe", paths: /^\/subscribe$/, hasCopyButton: true },
  { name: "feed in a browser", path: "/rss.xml", paths: FEED_PATHS, hasCopyButton: true },
  { name: "page of the publisher", path: "/imprint", paths: /^\/imprint$/ },
  { name: "withdrawn story", path: "/articles/withdrawn", status: 410 },
  { name: "unknown path", path: "/nowhere", status: 404 },
];

/** The paths at which browsers show the very bytes of feeds. */
export const RAW_FEEDS: readonly PageType[] = [
  { name: "raw RSS", path: "/source/rss.xml" },
  { name: "raw JSON Feed of a tag", path: "/source/tags/{tag}/feed.json" },
];

/** The path of the page of a kind that browsers open in a publication. */
export const pathIn = ({ path }: PageType, language: Language): string =>
  path.replace("{tag}", encodeURIComponent(texts[language].tags[0]?.toLowerCase() ?? ""));

/** Each kind of pages in each language, with the path of the page. */
export const inLanguages = (types: readonly PageType[]) =>
  types.flatMap((type) => LANGUAGES.map((language) => ({ language, type, path: pathIn(type, language) })));

/** Whether a path is one of a kind of pages. */
export const isOfType = ({ path, paths }: PageType, other: string): boolean =>
  paths === undefined
    ? other.slice(0, other.lastIndexOf("/")) === path.slice(0, path.lastIndexOf("/"))
    : paths.test(other);

/** What a browser sends when a person follows a link or types an address. */
export const NAVIGATION = { accept: "text/html,application/xhtml+xml,*/*;q=0.8", "sec-fetch-dest": "document" };
