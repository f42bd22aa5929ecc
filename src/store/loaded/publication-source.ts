import type { CompilerVersion } from "../../model/compiler-version.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";

/** The source of a story that was loaded. */
export interface LoadedSource {
  /** The story's permanent id. */
  readonly id: string;
  readonly slug: string;
  /** Front matter and body, as a file of content/ has them. */
  readonly text: string;
}

/** A story that was loaded, and the Item that was made of it. */
export interface LoadedStory extends LoadedSource {
  readonly item: Item;
}

/** What a source says now, before it is compiled. */
export interface LoadedContent {
  /** The text of site.yaml. */
  readonly site: string;
  readonly stories: readonly LoadedSource[];
  /** What was left out and why, in lines for people. */
  readonly messages: readonly string[];
}

/** A publication that was loaded and compiled: all that is needed to serve it, and to compile only what changes. */
export interface LoadedPublication {
  /** The text of site.yaml. */
  readonly site: string;
  /** What the Items were compiled by. */
  readonly version: CompilerVersion;
  readonly stories: readonly LoadedStory[];
}

/** A publication as it was compiled anew. */
export interface CompiledContent {
  readonly publication: LoadedPublication;
  /** What `openBundled` opens. */
  readonly text: string;
  /** How many stories were compiled: those that had changed. */
  readonly compiled: number;
  /** What was left out and why, in lines for people. */
  readonly messages: readonly string[];
}

/** Where a publication comes from that is loaded while the worker runs, and not built into it. */
export interface PublicationSource {
  /** Seconds after which it is loaded again. */
  readonly refreshSeconds: number;
  /**
   * Loads what there is at `now`, for a site below `basePath` (empty: at the root of its origin). Stories that are known have their
   * slugs still, and those that readers have seen their dates. Rejects with an Error that says what to do if that can't be published.
   */
  load(basePath: string, known: LoadedPublication | undefined, now: Instant): Promise<LoadedContent>;
  /**
   * Compiles the stories that have changed since `known`. A story with an error stays as it was, or is left out if it was not there.
   * Throws an Error that says what to do if the site itself has one.
   */
  compile(content: Omit<LoadedContent, "messages">, known: LoadedPublication | undefined): CompiledContent;
}

/** A publication that is served. */
export interface ServedPublication {
  /** What `openBundled` opens. */
  readonly text: string;
  /** Different for each text, and for each time from which on it is served. */
  readonly id: string;
  /** When readers could first see it, in whole seconds; never moves back. Absent if nothing stores it. */
  readonly at?: Instant;
}

/** The publication that is served now, and for how long. */
export interface CurrentPublication extends ServedPublication {
  /** From then on there may be another one. */
  readonly until: Instant;
}

/** The current publication, for one who may have it already: without its text if so. */
export type PublicationAnswer = Omit<CurrentPublication, "text"> & Partial<Pick<CurrentPublication, "text">>;

/** Who loads a publication for all others. */
export interface PublicationLoader {
  /** The publication that is served now, without its text if its id is `knownId`; undefined if it could never be loaded. */
  publication(knownId?: string): Promise<PublicationAnswer | undefined>;
}
