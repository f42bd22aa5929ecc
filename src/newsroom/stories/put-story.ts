import { refuseUnless } from "../../admin/role.ts";
import { compilerVersion } from "../../content/compiler-version.ts";
import { refuse } from "../../http/api-response.ts";
import type { Item } from "../../model/item.ts";
import type { StoredStory } from "../../store/d1/rows.ts";
import type { Newsroom } from "../newsroom.ts";
import { checkPreconditions } from "../preconditions.ts";
import { findNameConflict, isTooLarge, TOO_LARGE, uploadedMedia } from "./check-story.ts";
import { checkTranslations } from "./check-translations.ts";
import { compileStory, findReferences, readSiteContext } from "./compile-story.ts";
import { requiredRole } from "./required-role.ts";
import { toCurrentResource } from "./story-etag.ts";
import { datesOfNow, INVALID_STORY, type SentStory, type StorySource } from "./story-source.ts";
import { type CONFLICT, retryOnConflict, type WriteRequest, writeStory } from "./write-story.ts";

/** A request to write a story, in whatever form it comes. */
export interface StoryRequest extends WriteRequest {
  readonly headers: Headers;
  /** Slugs of stories that it links to and that will be sent later, by path. */
  readonly linked: Readonly<Record<string, string>>;
}

/** A source that may become what is stored of a story. */
export interface NewSource extends StorySource {
  /** Path that its file would have below content/. */
  readonly path: string;
  /** Whether the response says all that a GET of the story does. */
  readonly echo?: boolean;
  /** Refuses an Item that is not what the request is about; `former` is the stored story with its id. */
  readonly check: (item: Item, former: StoredStory | undefined) => Response | typeof CONFLICT | undefined;
}

/** Compiles, checks and writes a source: once. */
export const writeSource = async (
  request: StoryRequest,
  { path, source, places, echo = false, check }: NewSource,
  newsroom: Newsroom,
): Promise<Response | typeof CONFLICT> => {
  const { repository, channel, requiresIfMatch } = newsroom;
  const { editor, headers } = request;
  const site = await readSiteContext(newsroom);
  const references = await findReferences(path, source, newsroom, site, request.linked);
  const compiled = compileStory(path, source, { ...references, now: newsroom.now() }, places);
  const { item } = compiled;
  if (item === undefined) return refuse(422, INVALID_STORY, {}, compiled.messages);
  if (isTooLarge(item)) return refuse(413, TOO_LARGE);
  const messages = [...compiled.messages, ...(await checkTranslations(item, path, source, places, newsroom))];
  if (messages.some(({ severity }) => severity === "error")) return refuse(422, INVALID_STORY, {}, messages);
  if (await repository.isErased(item.id)) return refuse(409, "A story with this id was erased. Give it another id.");
  const former = await repository.findById(item.id);
  const unfit = check(item, former);
  if (unfit !== undefined) return unfit;
  const role = requiredRole(former?.item, item, newsroom.now());
  const refused = checkPreconditions(headers, toCurrentResource(former), requiresIfMatch) ?? refuseUnless(role, editor);
  if (refused !== undefined) return refused;
  const nameConflict = await findNameConflict(item, path, former, newsroom);
  if (nameConflict !== undefined) return refuse(409, nameConflict);
  const media = uploadedMedia(item, channel);
  const { knownMarks } = references;
  const write = { former, item, path, source, media, knownMarks, compiledBy: compilerVersion(site), role } as const;
  return writeStory(
    request,
    { ...write, echo, warnings: messages, findings: compiled.findings, action: "put" },
    newsroom,
  );
};

/** A request to write a story as a whole. */
export interface PutStoryRequest extends StoryRequest {
  readonly slug: string;
  /** Path that its file would have below content/. */
  readonly path: string;
  readonly story: SentStory;
}

/** Compiles, checks and writes a story. After a conflict, everything is checked again by what is stored then. */
export const putStory = (request: PutStoryRequest, newsroom: Newsroom): Promise<Response> =>
  retryOnConflict(request, newsroom, async () => {
    const { slug, path, story } = request;
    const source = story.toSource(path, datesOfNow(story.keys, newsroom.now()));
    if (source instanceof Response) return source;
    const check = (item: Item): Response | undefined =>
      item.slug === slug
        ? undefined
        : refuse(409, `Its front matter says the slug is \`${item.slug}\`. Send it to /api/items/${item.slug}.`);
    return writeSource(request, { ...source, path, check }, newsroom);
  });
