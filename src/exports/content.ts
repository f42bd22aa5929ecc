import { compile as compileStory } from "../content/compile.ts";
import type { CompileContext } from "../content/compile-context.ts";
import { compilePublication as compileFiles } from "../content/publication.ts";
import type { PublicationResult, StoryResult } from "../content/result.ts";
import type { Instant } from "../model/instant.ts";

// `feedwright/content`: the compiler. The signatures stand here, since those of src/content name types of packages.

export type { CompileContext, SiteContext } from "../content/compile-context.ts";
export type {
  Judgement,
  Message,
  MessagePoint,
  PlacedFinding,
  PublicationResult,
  ReportedFile,
  StoryResult,
} from "../content/result.ts";
export { readPublication, writePublication } from "../model/publication.ts";

/**
 * Compiles a story's file (front matter and Markdown) into an Item, or into messages with line and column. Pure; finds every problem
 * in one pass. `path` is below content/; `source` is the file's bytes, or text that is known to be Unicode. The channel for the
 * context is that of the publication that `compilePublication` makes of a site.yaml.
 */
export const compile: (path: string, source: Uint8Array | string, context: CompileContext) => StoryResult =
  compileStory;

/**
 * Compiles all of content/, its files by path below it: site.yaml, stories, media, partners.yaml. Finds every problem of every file
 * in one pass, and gives the publication if none is an error. `now` (milliseconds) serves only to warn of changes dated after it.
 * Errors of drafts are warnings, but for those at the paths `named`.
 */
export const compilePublication: (
  files: ReadonlyMap<string, Uint8Array>,
  now?: Instant,
  named?: readonly string[],
) => Promise<PublicationResult> = compileFiles;
