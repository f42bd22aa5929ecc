import { refuseUnless } from "../../admin/role.ts";
import { refuse } from "../../http/api-response.ts";
import type { Item } from "../../model/item.ts";
import type { TakenName } from "../../store/d1/newsroom-repository.ts";
import type { StoredStory } from "../../store/d1/rows.ts";
import type { Newsroom } from "../newsroom.ts";
import { checkPreconditions } from "../preconditions.ts";
import { type CompiledStory, compileStory } from "./compile-story.ts";
import { requiredRole } from "./required-role.ts";
import { toCurrentResource } from "./story-etag.ts";
import { retryOnConflict, type WriteRequest, writeStory } from "./write-story.ts";

/** A row of D1 holds 2 MB. */
const MAX_ITEM_BYTES = 1_900_000;

/** A request to write a story. */
export interface PutStoryRequest extends WriteRequest {
  readonly slug: string;
  /** Path that its file would have below content/. */
  readonly path: string;
  readonly source: Uint8Array;
  readonly headers: Headers;
  /** Slugs of stories that it links to and that will be sent later, by path. */
  readonly linked: Readonly<Record<string, string>>;
}

/**
 * Looks for other stories that have the slug, path or an alias of this one. Returns what to do about it; undefined if
 * there are none. The aliases of a draft may be anybody's, and it holds none itself, until it is published.
 */
const findNameConflict = async (
  { id, slug, aliases, draft }: Item,
  path: string,
  former: StoredStory | undefined,
  { repository }: Newsroom,
): Promise<string | undefined> => {
  if (aliases.includes(slug)) return `\`${slug}\` is its slug and among its aliases. Delete the alias.`;
  const taken = await repository.findTakenNames(id, draft ? [slug] : [slug, ...aliases], path);
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

const checkSlug = ({ item, messages }: CompiledStory, slug: string): Response | Item => {
  if (item === undefined) {
    return refuse(422, "The story has mistakes. Mend them and send it again.", {}, messages);
  }
  return item.slug === slug
    ? item
    : refuse(409, `Its front matter says the slug is \`${item.slug}\`. Send it to /api/items/${item.slug}.`);
};

/** Compiles, checks and writes a story. After a conflict, everything is checked again by what is stored then. */
export const putStory = (request: PutStoryRequest, newsroom: Newsroom): Promise<Response> =>
  retryOnConflict(request, newsroom, async () => {
    const { repository, channel, requiresIfMatch } = newsroom;
    const { editor, headers, path, source } = request;
    const compiled = await compileStory(path, source, newsroom, request.linked);
    const item = checkSlug(compiled, request.slug);
    if (item instanceof Response) return item;
    if (new TextEncoder().encode(JSON.stringify(item)).byteLength > MAX_ITEM_BYTES) {
      return refuse(413, "As HTML the story has more than 1.9 MB, which the database can't hold. Split it.");
    }
    if (await repository.isErased(item.id)) return refuse(409, "A story with this id was erased. Give it another id.");
    const former = await repository.findById(item.id);
    const role = requiredRole(former?.item, item, newsroom.now());
    const refused =
      checkPreconditions(headers, toCurrentResource(former), requiresIfMatch) ?? refuseUnless(role, editor);
    if (refused !== undefined) return refused;
    const nameConflict = await findNameConflict(item, path, former, newsroom);
    if (nameConflict !== undefined) return refuse(409, nameConflict);
    const media = item.media.filter((file) => !channel.media.includes(file));
    const write = { former, item, path, source, media, role, warnings: compiled.messages, action: "put" } as const;
    return writeStory(request, write, newsroom);
  });
