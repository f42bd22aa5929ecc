import { editFrontMatter, splitSource } from "../../content/story/edit-front-matter.ts";
import { parseStory } from "../../content/story/story.ts";
import { refuse } from "../../http/api-response.ts";
import type { Item } from "../../model/item.ts";
import type { StoredStory, StoryWithSource } from "../../store/d1/rows.ts";
import type { Newsroom } from "../newsroom.ts";
import { checkPreconditions } from "../preconditions.ts";
import { mergePatch } from "./merge-patch.ts";
import { jsonPlaces } from "./message-places.ts";
import { type StoryRequest, writeSource } from "./put-story.ts";
import { toCurrentResource } from "./story-etag.ts";
import { bodyOf, datesOfNow, type Keys, readJsonBody, type StorySource, writeJsonBody } from "./story-source.ts";
import { CONFLICT, retryOnConflict } from "./write-story.ts";

/** A request to change keys of a story. */
export interface PatchStoryRequest extends StoryRequest {
  readonly slug: string;
  readonly patch: Keys;
}

/** The keys that differ after a patch, with undefined for those that it deletes. */
const changedBy = (before: Keys, after: Keys): Keys =>
  Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      .map((key) => [key, after[key]]),
  );

/** A source with a patch applied; the refusal if it can't be. */
const applyPatch = ({ story, source }: StoryWithSource, sent: Keys, newsroom: Newsroom): StorySource | Response => {
  const content = readJsonBody(sent);
  if (content instanceof Response) return content;
  const { yaml } = parseStory(story.path, source);
  if (yaml === undefined)
    return refuse(409, "The front matter that is stored can't be read. Send the whole story (PUT) in place of it.");
  const { text, html, ...patch } = sent;
  const changes = changedBy(yaml.data, mergePatch(yaml.data, { ...patch, ...datesOfNow(patch, newsroom.now()) }));
  const edited = editFrontMatter(story.path, source, changes);
  const lines = splitSource(edited);
  const former = bodyOf(lines.rest);
  const isDeleted = (former.key === "text" ? text : html) === null;
  const body = content ?? (isDeleted ? { key: former.key, value: "" } : undefined);
  if (body === undefined) {
    const start = lines.keys.length + (/^\r?\n?$/.test(lines.rest[1] ?? "") ? 3 : 2);
    return { source: edited, places: jsonPlaces({ ...former, firstLine: start }) };
  }
  const written = writeJsonBody(body, lines.keys.length);
  return {
    source: new TextEncoder().encode(`${lines.keys.join("")}---\n${written.body}`),
    places: written.places,
  };
};

/**
 * Changes keys of a story by JSON Merge Patch (RFC 7396) of the JSON that it could have been sent as. What does not change stays as
 * it is in the source. After a conflict, the patch is applied to what is stored then.
 */
export const patchStory = (request: PatchStoryRequest, newsroom: Newsroom): Promise<Response> =>
  retryOnConflict(request, newsroom, async () => {
    const found = await newsroom.repository.findWithSource(request.slug);
    if (found === undefined) return refuse(404, "There is no such story.");
    const { story } = found;
    const failed = checkPreconditions(request.headers, toCurrentResource(story), newsroom.requiresIfMatch);
    if (failed !== undefined) return failed;
    const patched = applyPatch(found, request.patch, newsroom);
    if (patched instanceof Response) return patched;
    const check = ({ id }: Item, former: StoredStory | undefined): Response | typeof CONFLICT | undefined => {
      if (id !== story.item.id) {
        const reason = "An id is for ever. Leave it as it is, or POST another story.";
        return refuse(422, reason, {}, [{ pointer: "/id", severity: "error", rule: "id", reason }]);
      }
      return former?.version === story.version ? undefined : CONFLICT;
    };
    return writeSource(request, { ...patched, path: story.path, check }, newsroom);
  });
