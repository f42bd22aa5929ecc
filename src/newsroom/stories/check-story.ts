import type { Channel } from "../../model/channel.ts";
import type { Item } from "../../model/item.ts";
import type { TakenName } from "../../store/d1/newsroom-repository.ts";
import type { StoredStory } from "../../store/d1/rows.ts";
import { claimedAliases } from "../../store/d1/story-writer.ts";
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
 * there are none. The aliases of a draft may be anybody's, and it holds none itself, until it is published.
 */
export const findNameConflict = async (
  item: Item,
  path: string,
  former: StoredStory | undefined,
  { repository }: Pick<Newsroom, "repository">,
): Promise<string | undefined> => {
  const { id, slug, aliases } = item;
  if (aliases.includes(slug)) return `\`${slug}\` is its slug and among its aliases. Delete the alias.`;
  const taken = await repository.findTakenNames(id, [slug, ...claimedAliases(item)], path);
  const isTaken = (kind: TakenName["kind"], name: string): boolean =>
    taken.some((one) => one.kind === kind && one.name === name);
  if (isTaken("slug", slug)) return `The slug \`${slug}\` is that of another story. Choose another.`;
  if (isTaken("alias", slug)) return `\`${slug}\` is an alias of another story. Choose another slug.`;
  if (isTaken("path", path)) return `\`${path}\` is the file of another story. Choose another path.`;
  for (const alias of aliases) {
    if (isTaken("slug", alias)) return `The alias \`${alias}\` is the slug of another story. Delete it.`;
    if (isTaken("alias", alias)) return `The alias \`${alias}\` belongs to another story. Delete it.`;
  }
  if (former !== undefined && former.item.slug !== slug && !aliases.includes(former.item.slug)) {
    return `The id is that of \`${former.item.slug}\`. Add that to \`aliases\` if the story was renamed; else give it an id of its own.`;
  }
  return undefined;
};
