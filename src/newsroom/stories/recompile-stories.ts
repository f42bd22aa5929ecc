import type { CompileContext, SiteContext } from "../../content/compile-context.ts";
import { compilerVersion } from "../../content/compiler-version.ts";
import type { CompilerVersion } from "../../model/compiler-version.ts";
import type { Item } from "../../model/item.ts";
import type { OutdatedStory } from "../../store/d1/compilations.ts";
import { isInScopesOf } from "../../store/d1/memberships.ts";
import type { StoredStory, StoryWithSource } from "../../store/d1/rows.ts";
import type { NewItem } from "../../store/d1/story-writer.ts";
import type { Newsroom } from "../newsroom.ts";
import { findNameConflict, isTooLarge, TOO_LARGE, uploadedMedia } from "./check-story.ts";
import { type CompiledStory, compileStory, findReferences, readSiteContext } from "./compile-story.ts";
import { changedKeys } from "./describe-story.ts";
import type { StoryMessage } from "./message-places.ts";

/** How many stories a step compiles. */
const MAX_STORIES = 50;

/** Bytes of source that a step compiles, unless its first story alone has more. */
const MAX_BYTES = 262_144;

/** How many messages of a story are stored. */
const MAX_MESSAGES = 50;

/** What compiling again needs of the newsroom. */
export type RecompilingNewsroom = Pick<Newsroom, "channel" | "findSiteMedia" | "now" | "repository" | "siteUrl">;

/** As many of the stories, from the first on, as a step compiles. */
const takeStories = (stories: readonly OutdatedStory[]): readonly OutdatedStory[] => {
  let bytes = 0;
  return stories.filter(({ length }, index) => {
    bytes += length;
    return index === 0 || bytes <= MAX_BYTES;
  });
};

/** A message about a story as a whole. */
const messageOf = (path: string, rule: string, reason: string): StoryMessage => ({
  ...{ file: `content/${path}`, line: 1, column: 1 },
  ...{ severity: "error", rule, reason },
});

/** Why an Item can't take the place of the story's own although it is valid; undefined if it can. */
const findObstacle = async (
  { story }: StoryWithSource,
  item: Item,
  newsroom: RecompilingNewsroom,
): Promise<string | undefined> => {
  const { id, slug, aliases } = story.item;
  if (item.id !== id) return `Its id would become \`${item.id}\`. Send it again under the id that it should have.`;
  if (item.slug !== slug) return `Its slug would become \`${item.slug}\`. Add \`slug: ${slug}\` to its front matter.`;
  if (isTooLarge(item)) return TOO_LARGE;
  const hasNewAlias = item.aliases.some((alias) => !aliases.includes(alias));
  return hasNewAlias ? findNameConflict(item, story.path, story, newsroom) : undefined;
};

/** Compiles a story; one on which the compiler fails is refused, since it must not hold up all others. */
const compileSafely = (path: string, source: Uint8Array, context: CompileContext): CompiledStory => {
  try {
    return compileStory(path, source, context);
  } catch (error) {
    console.error(`the compiler failed on content/${path}:`, error);
    const reason = "The compiler failed on this story. The log of the worker says how: please report it.";
    return { messages: [messageOf(path, "internal", reason)], findings: [] };
  }
};

/** The Item that a story's source gives now, or the messages that say why it gives none. */
const recompile = async (
  stored: StoryWithSource,
  newsroom: RecompilingNewsroom,
  site: SiteContext,
): Promise<Pick<NewItem, "item" | "knownMarks"> | readonly StoryMessage[]> => {
  const { story, source } = stored;
  const { path } = story;
  // Without the current time: what did not lie ahead when it was sent is not refused later.
  const references = await findReferences(path, source, newsroom, site);
  const { item, messages } = compileSafely(path, source, references);
  if (item === undefined) return messages.filter(({ severity }) => severity === "error").slice(0, MAX_MESSAGES);
  const obstacle = await findObstacle(stored, item, newsroom);
  return obstacle === undefined ? { item, knownMarks: references.knownMarks } : [messageOf(path, "conflict", obstacle)];
};

/** Replaces Items together; if that is a conflict, one by one, and refuses those that are in conflict by themselves. */
const replaceItems = async (
  changed: readonly NewItem[],
  version: CompilerVersion,
  { repository, now }: RecompilingNewsroom,
): Promise<void> => {
  if (changed.length === 0) return;
  const { kind } = await repository.replaceItems(changed, version, now());
  if (kind === "written") return;
  for (const one of changed) {
    const outcome = await repository.replaceItems([one], version, now());
    if (outcome.kind === "written") continue;
    const reason = "One of its names or media files is not free any longer. Send the story again.";
    // A story that an editor changed meanwhile is not refused: what was compiled is no longer its source.
    await repository.refuseSource(one.story, JSON.stringify([messageOf(one.story.path, "conflict", reason)]), version);
  }
};

/**
 * Does a step of compiling stories again whose Items were compiled by another version: with other rules, or with
 * another site.yaml. An Item that stays the same only gets its version; those that change make one revision. A source
 * that is refused keeps its Item, and is not tried again until the version changes. Resolves to whether there was
 * anything to do. A step may run several times at once: what was changed since it was read stays as it is.
 */
export const recompileStories = async (newsroom: RecompilingNewsroom): Promise<boolean> => {
  const { repository, channel } = newsroom;
  const site = await readSiteContext(newsroom);
  const version = compilerVersion(site);
  const outdated = takeStories(await repository.listOutdated(version, MAX_STORIES));
  if (outdated.length === 0) return false;
  const same: StoredStory[] = [];
  const changed: NewItem[] = [];
  const refused: string[] = [];
  for (const stored of await repository.findWithSources(outdated.map(({ number }) => number))) {
    const { story } = stored;
    const result = await recompile(stored, newsroom, site);
    if (!("item" in result)) {
      await repository.refuseSource(story, JSON.stringify(result), version);
      refused.push(story.path);
    } else if (changedKeys(story.item, result.item).length === 0 && isInScopesOf(result.item, story)) {
      same.push(story);
    } else {
      changed.push({ story, ...result, media: uploadedMedia(result.item, channel) });
    }
  }
  await repository.confirmItems(same, version);
  await replaceItems(changed, version, newsroom);
  if (refused.length > 0) console.warn(`refused when compiled again, and served as before: ${refused.join(", ")}`);
  return true;
};
