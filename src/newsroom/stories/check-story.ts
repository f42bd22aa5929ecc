import type { Channel } from "../../model/channel.ts";
import type { Item } from "../../model/item.ts";
import type { StoredStory } from "../../store/d1/rows.ts";
import type { Newsroom } from "../newsroom.ts";

/** A row of D1 holds 2 MB. */
const MAX_ITEM_BYTES = 1_900_000;

/** Whether the database can't hold an Item. */
export const isTooLarge = (item: Item): boolean =>
  new TextEncoder().encode(JSON.stringify(item)).byteLength > MAX_ITEM_BYTES;

/** What to do about an Item that the database can't hold. */
export const TOO_LARGE = "As HTML the story has more than 1.9 MB, which the database can't hold. Split it.";

/** Paths of the media files that a story uses, without those of site.yaml, which are deployed with the site. */
export const uploadedMedia = (item: Item, channel: Channel): readonly string[] =>
  item.media.filter((path) => !channel.media.includes(path));

/**
 * Looks for other stories that have the slug, path or an alias of this one. Returns what to do about it; undefined if
 * there are none.
 */
export const findNameConflict = async (
  item: Item,
  path: string,
  former: StoredStory | undefined,
  { repository }: Pick<Newsroom, "repository">,
): Promise<string | undefined> => {
  const isOther = (story: StoredStory | undefined): story is StoredStory =>
    story !== undefined && story.item.id !== item.id;
  if (item.aliases.includes(item.slug)) return `\`${item.slug}\` is its slug and among its aliases. Delete the alias.`;
  if (isOther(await repository.findBySlug(item.slug)))
    return `The slug \`${item.slug}\` is that of another story. Choose another.`;
  if (isOther(await repository.findByAlias(item.slug)))
    return `\`${item.slug}\` is an alias of another story. Choose another slug.`;
  if (isOther(await repository.findByPath(path)))
    return `\`${path}\` is the file of another story. Choose another path.`;
  for (const alias of item.aliases) {
    if (isOther(await repository.findBySlug(alias)))
      return `The alias \`${alias}\` is the slug of another story. Delete it.`;
    if (isOther(await repository.findByAlias(alias)))
      return `The alias \`${alias}\` belongs to another story. Delete it.`;
  }
  if (former !== undefined && former.item.slug !== item.slug && !item.aliases.includes(former.item.slug)) {
    return `The id is that of \`${former.item.slug}\`. Add that to \`aliases\` if the story was renamed; else give it an id of its own.`;
  }
  return undefined;
};
