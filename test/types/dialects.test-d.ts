import { expectTypeOf, test } from "vitest";
import {
  type Breach,
  type Dialect,
  type DialectRules,
  dialectByName,
  dialectRules,
  dialects,
  type Rule,
} from "../../src/exports/dialects.ts";
import type { Renderer } from "../../src/exports/formats.ts";
import type { Channel, Item } from "../../src/index.ts";

test("a Dialect renders feeds, and has limits", () => {
  expectTypeOf(dialects).toEqualTypeOf<readonly Dialect[]>();
  expectTypeOf(dialectByName).toEqualTypeOf<(name: string) => Dialect | undefined>();
  expectTypeOf<Dialect>().toExtend<Renderer>();
  expectTypeOf<Exclude<keyof Dialect, keyof Renderer>>().toEqualTypeOf<
    "label" | "maxAgeDays" | "maxFeedBytes" | "isOfOneLanguage" | "wantsFullText"
  >();
});

test("a rule finds what breaks it, and says where it was read", () => {
  expectTypeOf(dialectRules).toEqualTypeOf<readonly DialectRules[]>();
  expectTypeOf<Rule>().toEqualTypeOf<{
    readonly name: string;
    readonly level: "must" | "should";
    readonly source: string;
    readonly readOn: string;
    readonly findBreaches: (
      item: Item,
      channel: Pick<Channel, "language" | "url">,
      siteUrl: string,
    ) => readonly Breach[];
  }>();
  expectTypeOf<Breach["kind"]>().toEqualTypeOf<"key" | "block" | "story">();
});
