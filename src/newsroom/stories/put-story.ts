import { type Role, refuseUnless } from "../../admin/role.ts";
import { refuse } from "../../http/api-response.ts";
import type { Item } from "../../model/item.ts";
import type { StoredStory } from "../../store/d1/story-row.ts";
import type { Newsroom } from "../newsroom.ts";
import { checkPreconditions } from "../preconditions.ts";
import { type CompiledForNewsroom, compileForNewsroom } from "./compile-story.ts";
import { taggedStory } from "./story-etag.ts";
import { retryOnConflict, type Writer, writeStory } from "./write-story.ts";

/** A row of the database holds 2 MB. */
const MAX_ITEM_BYTES = 1_900_000;

/** A story that is to be written. */
export interface PutStoryRequest extends Writer {
  readonly slug: string;
  readonly path: string;
  readonly source: Uint8Array;
  readonly headers: Headers;
  /** Slugs of stories that it links to and that are to come, by path. */
  readonly linked: Readonly<Record<string, string>>;
}

const roleFor = (former: Item | undefined, item: Item): Role => {
  const isWithdrawalChanged = JSON.stringify(former?.withdrawn) !== JSON.stringify(item.withdrawn);
  if (isWithdrawalChanged || (former?.withdrawn !== undefined && former.draft !== item.draft)) return "withdraw";
  return item.draft && former?.draft !== false ? "write" : "publish";
};

/** Other stories that are in the way of this one; nothing where there are none. */
const findConflict = async (
  item: Item,
  path: string,
  former: StoredStory | undefined,
  { repository }: Newsroom,
): Promise<string | undefined> => {
  const isOther = (story: StoredStory | undefined): story is StoredStory =>
    story !== undefined && story.item.id !== item.id;
  if (item.aliases.includes(item.slug)) return `\`${item.slug}\` is its slug and among its aliases. Delete the alias.`;
  if (isOther(await repository.bySlug(item.slug)))
    return `The slug \`${item.slug}\` is that of another story. Choose another.`;
  if (isOther(await repository.byAlias(item.slug)))
    return `\`${item.slug}\` is an alias of another story. Choose another slug.`;
  if (isOther(await repository.byPath(path))) return `\`${path}\` is the file of another story. Choose another path.`;
  for (const alias of item.aliases) {
    if (isOther(await repository.bySlug(alias)))
      return `The alias \`${alias}\` is the slug of another story. Delete it.`;
    if (isOther(await repository.byAlias(alias))) return `The alias \`${alias}\` belongs to another story. Delete it.`;
  }
  if (former !== undefined && former.item.slug !== item.slug && !item.aliases.includes(former.item.slug)) {
    return `The id is that of \`${former.item.slug}\`. Add that to \`aliases\` if the story was renamed; else give it an id of its own.`;
  }
  return undefined;
};

const checkSlug = ({ item, messages }: CompiledForNewsroom, slug: string): Response | Item => {
  if (item === undefined) {
    return refuse(422, "The story has mistakes. Mend them and send it again.", {}, messages);
  }
  return item.slug === slug
    ? item
    : refuse(409, `Its front matter says the slug is \`${item.slug}\`. Send it to /api/items/${item.slug}.`);
};

/** Judges and writes a story. Where somebody else writes at the same time, it is judged again by what they wrote. */
export const putStory = (request: PutStoryRequest, newsroom: Newsroom): Promise<Response> =>
  retryOnConflict(request, newsroom, async () => {
    const { repository, channel, requiresIfMatch } = newsroom;
    const { editor, headers, path, source, attempt } = request;
    const compiled = await compileForNewsroom(path, source, newsroom, request.linked);
    const item = checkSlug(compiled, request.slug);
    if (item instanceof Response) return item;
    if (new TextEncoder().encode(JSON.stringify(item)).byteLength > MAX_ITEM_BYTES) {
      return refuse(413, "As HTML the story has more than 1.9 MB, which the database can't hold. Split it.");
    }
    if (await repository.isErased(item.id)) return refuse(409, "A story with this id was erased. Give it another id.");
    const former = await repository.byId(item.id);
    const refused =
      checkPreconditions(headers, taggedStory(former), requiresIfMatch) ??
      refuseUnless(roleFor(former?.item, item), editor);
    if (refused !== undefined) return refused;
    const conflict = await findConflict(item, path, former, newsroom);
    if (conflict !== undefined) return refuse(409, conflict);
    const writer = { editor, ...(attempt && { attempt }) };
    const media = item.media.filter((one) => !channel.media.includes(one));
    const edit = { former, item, path, source, media, warnings: compiled.messages };
    return writeStory({ ...writer, ...edit, action: "put" }, newsroom);
  });
