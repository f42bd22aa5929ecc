import { expectTypeOf, test } from "vitest";
import {
  type CompileContext,
  compile,
  compilePublication,
  type Judgement,
  type Message,
  type PlacedFinding,
  type PublicationResult,
  type ReportedFile,
  readPublication,
  type StoryResult,
  writePublication,
} from "../../src/exports/content.ts";
import type { Channel, Item, Publication } from "../../src/index.ts";

test("compile takes a path, a source and what the story may refer to", () => {
  expectTypeOf(compile).toEqualTypeOf<
    (path: string, source: Uint8Array | string, context: CompileContext) => StoryResult
  >();
  expectTypeOf<keyof CompileContext>().toEqualTypeOf<
    "channel" | "siteUrl" | "media" | "pages" | "slugs" | "dialects" | "undistributable" | "now"
  >();
  expectTypeOf<Channel>().toExtend<CompileContext["channel"]>();
});

test("compile gives an Item or messages", () => {
  expectTypeOf<Pick<StoryResult, "file" | "item">>().toEqualTypeOf<{
    readonly file: ReportedFile;
    readonly item?: Item;
  }>();
  expectTypeOf<keyof StoryResult>().toEqualTypeOf<"file" | "item" | "findings">();
  expectTypeOf<keyof ReportedFile>().toEqualTypeOf<"path" | "messages">();
  expectTypeOf<keyof Message>().toEqualTypeOf<"reason" | "fatal" | "ruleId" | "line" | "column" | "place">();
  expectTypeOf<keyof PlacedFinding>().toEqualTypeOf<
    "dialect" | "rule" | "level" | "message" | "source" | "readOn" | "line" | "column"
  >();
});

test("compilePublication takes files by path and gives a publication or messages", () => {
  expectTypeOf(compilePublication).toEqualTypeOf<
    (files: ReadonlyMap<string, Uint8Array>, now?: number, named?: readonly string[]) => Promise<PublicationResult>
  >();
  expectTypeOf<PublicationResult>().toEqualTypeOf<{
    readonly files: readonly ReportedFile[];
    readonly url?: string;
    readonly judgements: ReadonlyMap<string, Judgement>;
    readonly brokenDrafts: readonly string[];
    readonly publication?: Publication;
  }>();
});

test("a publication is written for a worker, and read again", () => {
  expectTypeOf(writePublication).toEqualTypeOf<(publication: Publication, changedAt?: number) => string>();
  expectTypeOf(readPublication).toEqualTypeOf<(text: string, origin?: string) => Publication>();
});
