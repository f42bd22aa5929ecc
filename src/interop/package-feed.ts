// The types of the npm package `feed` 6 (https://www.npmjs.com/package/feed), written out: those who use it pass its feeds, and those
// who do not need not install it. test/types/interop.test-d.ts compares them with the package's own.

/** A person or a team. */
export interface PackageAuthor {
  name?: string;
  email?: string;
  link?: string;
  avatar?: string;
}

/** A tag or a section. */
export interface PackageCategory {
  name?: string;
  domain?: string;
  scheme?: string;
  term?: string;
}

/** A file. */
export interface PackageEnclosure {
  url: string;
  type?: string;
  /** Bytes. */
  length?: number;
  title?: string;
  /** Seconds. */
  duration?: number;
}

/** What the package has no key for. */
export interface PackageExtension {
  name: string;
  objects: Record<string, unknown>;
}

/** A story. */
export interface PackageItem {
  title: string;
  id?: string;
  link: string;
  date: Date;
  description?: string;
  content?: string;
  category?: PackageCategory[];
  guid?: string;
  image?: string | PackageEnclosure;
  audio?: string | PackageEnclosure;
  video?: string | PackageEnclosure;
  enclosure?: PackageEnclosure;
  author?: PackageAuthor[];
  contributor?: PackageAuthor[];
  published?: Date;
  copyright?: string;
  extensions?: PackageExtension[];
}

/** What is true of a whole feed. */
export interface PackageFeedOptions {
  id?: string;
  title: string;
  updated?: Date;
  generator?: string | false;
  language?: string;
  ttl?: number;
  stylesheet?: string;
  feed?: string;
  feedLinks?: { rss?: string; atom?: string; json?: string; [key: string]: string | undefined };
  hub?: string;
  docs?: string;
  podcast?: boolean;
  category?: string;
  author?: PackageAuthor;
  link?: string;
  description?: string;
  image?: string;
  favicon?: string;
  copyright?: string;
}

/** A feed: an instance of the package's class `Feed`. */
export interface PackageFeed {
  options: PackageFeedOptions;
  items: PackageItem[];
  categories: string[];
  contributors: PackageAuthor[];
  extensions: PackageExtension[];
  addItem(item: PackageItem): void;
  addCategory(category: string): void;
  addContributor(contributor: PackageAuthor): void;
  addExtension(extension: PackageExtension): void;
  atom1(): string;
  rss2(): string;
  json1(): string;
}

/** What of a feed is read: its options and its items. */
export type PackageFeedData = Pick<PackageFeed, "items" | "options">;
