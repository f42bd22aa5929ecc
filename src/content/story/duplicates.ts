import { reportError } from "../messages/messages.ts";
import { quote } from "../messages/quote.ts";
import type { ParsedStory } from "./story.ts";

type Claims = Map<string, ParsedStory>;

const claim = (claims: Claims, key: string, story: ParsedStory, what: string, path: readonly PropertyKey[]): void => {
  const first = claims.get(key);
  if (first === undefined) {
    claims.set(key, story);
    return;
  }
  const reason =
    first === story
      ? `The ${what} ${quote(key)} ${key === story.slug ? "is the story's slug itself" : "stands here twice"}. Delete it.`
      : `The ${what} ${quote(key)} is used by ${quote(`content/${first.path}`)} already. Give this story another one.`;
  const isStated = story.yaml !== undefined && Object.hasOwn(story.yaml.data, String(path[0]));
  reportError(story.file, `duplicate-${what}`, reason, isStated ? story.yaml?.placeOf(path) : undefined);
};

/** Notes ids, slugs and earlier slugs that two stories share: readers would take them for one. */
export const reportDuplicates = (stories: readonly ParsedStory[]): void => {
  const ids: Claims = new Map();
  const slugs: Claims = new Map();
  for (const story of stories) {
    if (story.data.id !== undefined) claim(ids, story.data.id, story, "id", ["id"]);
    claim(slugs, story.slug, story, "slug", ["slug"]);
  }
  for (const story of stories) {
    story.data.aliases?.forEach((alias, index) => {
      claim(slugs, alias, story, "alias", ["aliases", index]);
    });
  }
};
