import { quote, reportError } from "../messages/messages.ts";
import type { ParsedStory } from "./story.ts";

/** Which story uses an id, or a slug, first. */
type FirstUses = Map<string, ParsedStory>;

const recordUse = (
  firstUses: FirstUses,
  value: string,
  story: ParsedStory,
  what: "alias" | "id" | "slug",
  path: readonly PropertyKey[],
): void => {
  const first = firstUses.get(value);
  if (first === undefined) {
    firstUses.set(value, story);
    return;
  }
  const reason =
    first === story
      ? `The ${what} ${quote(value)} ${value === story.slug ? "is the story's slug itself" : "stands here twice"}. Delete it.`
      : `The ${what} ${quote(value)} is used by ${quote(`content/${first.path}`)} already. Give this story another one.`;
  const isStated = story.yaml !== undefined && Object.hasOwn(story.yaml.data, String(path[0]));
  reportError(story.file, `duplicate-${what}`, reason, isStated ? story.yaml?.placeOf(path) : undefined);
};

/**
 * Reports ids, slugs and earlier slugs that two stories share: readers would take them for one. A draft never has a name
 * before another story has it.
 */
export const reportDuplicates = (stories: readonly ParsedStory[]): void => {
  const ids: FirstUses = new Map();
  const slugs: FirstUses = new Map();
  const recordAll = (some: readonly ParsedStory[]): void => {
    for (const story of some) {
      if (story.data.id !== undefined) recordUse(ids, story.data.id, story, "id", ["id"]);
      recordUse(slugs, story.slug, story, "slug", ["slug"]);
    }
    // After all slugs, so that a slug in use is reported at the alias and not at the other story.
    for (const story of some) {
      story.data.aliases?.forEach((alias, index) => {
        recordUse(slugs, alias, story, "alias", ["aliases", index]);
      });
    }
  };
  recordAll(stories.filter(({ isDraft }) => !isDraft));
  recordAll(stories.filter(({ isDraft }) => isDraft));
};
