import { refuseUnless } from "../../admin/role.ts";
import { compilerVersion } from "../../content/compiler-version.ts";
import { refuse } from "../../http/api-response.ts";
import type { Item } from "../../model/item.ts";
import type { Newsroom } from "../newsroom.ts";
import { checkPreconditions } from "../preconditions.ts";
import { findNameConflict, isTooLarge, TOO_LARGE, uploadedMedia } from "./check-story.ts";
import { checkTranslations } from "./check-translations.ts";
import {
  type CompiledStory,
  compileStory,
  findReferences,
  readSiteContext,
  type StoryMessage,
} from "./compile-story.ts";
import { requiredRole } from "./required-role.ts";
import { toCurrentResource } from "./story-etag.ts";
import { retryOnConflict, type WriteRequest, writeStory } from "./write-story.ts";

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

const refuseInvalid = (messages: readonly StoryMessage[]): Response =>
  refuse(422, "The story has mistakes. Mend them and send it again.", {}, messages);

const checkSlug = ({ item, messages }: CompiledStory, slug: string): Response | Item => {
  if (item === undefined) return refuseInvalid(messages);
  return item.slug === slug
    ? item
    : refuse(409, `Its front matter says the slug is \`${item.slug}\`. Send it to /api/items/${item.slug}.`);
};

/** Compiles, checks and writes a story. After a conflict, everything is checked again by what is stored then. */
export const putStory = (request: PutStoryRequest, newsroom: Newsroom): Promise<Response> =>
  retryOnConflict(request, newsroom, async () => {
    const { repository, channel, requiresIfMatch } = newsroom;
    const { editor, headers, path, source } = request;
    const site = await readSiteContext(newsroom);
    const references = await findReferences(path, source, newsroom, site, request.linked);
    const compiled = compileStory(path, source, { ...references, now: newsroom.now() });
    const item = checkSlug(compiled, request.slug);
    if (item instanceof Response) return item;
    if (isTooLarge(item)) return refuse(413, TOO_LARGE);
    const messages = [...compiled.messages, ...(await checkTranslations(item, path, source, newsroom))];
    if (messages.some(({ severity }) => severity === "error")) return refuseInvalid(messages);
    if (await repository.isErased(item.id)) return refuse(409, "A story with this id was erased. Give it another id.");
    const former = await repository.findById(item.id);
    const role = requiredRole(former?.item, item, newsroom.now());
    const refused =
      checkPreconditions(headers, toCurrentResource(former), requiresIfMatch) ?? refuseUnless(role, editor);
    if (refused !== undefined) return refused;
    const nameConflict = await findNameConflict(item, path, former, newsroom);
    if (nameConflict !== undefined) return refuse(409, nameConflict);
    const media = uploadedMedia(item, channel);
    const { knownMarks } = references;
    const write = { former, item, path, source, media, knownMarks, compiledBy: compilerVersion(site), role } as const;
    return writeStory(request, { ...write, warnings: messages, findings: compiled.findings, action: "put" }, newsroom);
  });
