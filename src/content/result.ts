import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { Publication } from "../model/publication.ts";

// What compiling gives, without the types of the packages that do it: those who install Feedwright need not have them.

/** A point in a file. */
export interface MessagePoint {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 units. */
  readonly column: number;
}

/** A message about a file: a VFileMessage of the npm package `vfile-message`. */
export interface Message {
  /** What is wrong, and what to do. */
  readonly reason: string;
  /** True: an error, which must be mended before anything is published. Otherwise a warning. */
  readonly fatal?: boolean | null | undefined;
  /** Name of the kind of mistake, such as `unknown-key`. */
  readonly ruleId?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly place?: MessagePoint | { readonly start: MessagePoint; readonly end: MessagePoint } | undefined;
}

/** A file with its messages: a VFile of the npm package `vfile`, as `vfile-reporter` and others print it. */
export interface ReportedFile {
  /** Below content/. */
  readonly path: string;
  readonly messages: readonly Message[];
}

/** What a dialect's rule says of a story, and where in its file. */
export interface PlacedFinding {
  /** Name of the dialect. */
  readonly dialect: string;
  /** Name of the rule, such as `msn/title-length`. */
  readonly rule: string;
  /** A story that breaks a `must` is left out of feeds in the dialect. */
  readonly level: "must" | "should";
  readonly message: string;
  /** Where the rule was read, and when. */
  readonly source: string;
  readonly readOn: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

/** A compiled story: `file` carries the messages; `item` is present unless one of them is an error. */
export interface StoryResult<File extends ReportedFile = ReportedFile> {
  readonly file: File;
  readonly item?: Item;
  /** What the rules of partners' dialects say of the Item. They stop nothing. */
  readonly findings: readonly PlacedFinding[];
}

/** What the rules of partners' dialects say of a story. */
export interface Judgement {
  /** Absent if the story has an error. */
  readonly published?: Instant;
  readonly findings: readonly PlacedFinding[];
}

/** All of content/, compiled: `publication` is present unless a file has an error, which is no draft's. */
export interface PublicationResult<File extends ReportedFile = ReportedFile> {
  /** The files with their messages: every text file, and every other file that has a message. */
  readonly files: readonly File[];
  /** `url` of site.yaml, unless that has an error. */
  readonly url?: string;
  /** What the rules of partners' dialects say of the stories, by path below content/. */
  readonly judgements: ReadonlyMap<string, Judgement>;
  /** Paths of the drafts that have errors. These are warnings, and the publication goes without the drafts. */
  readonly brokenDrafts: readonly string[];
  readonly publication?: Publication;
}
