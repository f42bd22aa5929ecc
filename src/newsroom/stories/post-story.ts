import { newId, newSlug } from "../../content/story/new-story.ts";
import { refuse } from "../../http/api-response.ts";
import type { Item } from "../../model/item.ts";
import type { StoredStory } from "../../store/d1/rows.ts";
import { isStoryPath } from "../file-names.ts";
import type { Newsroom } from "../newsroom.ts";
import { storyLocation } from "./describe-story.ts";
import { toIsoSeconds } from "./iso-seconds.ts";
import { type StoryRequest, writeSource } from "./put-story.ts";
import { datesOfNow, type Keys, refuseValue, type SentStory } from "./story-source.ts";
import { retryOnConflict } from "./write-story.ts";

/** A request to write a new story. */
export interface PostStoryRequest extends StoryRequest {
  /** Path that its file would have below content/; made of its slug if it is undefined. */
  readonly path: string | undefined;
  readonly story: SentStory;
}

const BAD_SLUG = "`slug` must be a name for URLs and files: letters, digits, - . _ ~, and 252 bytes at most.";

/** How many slugs are looked up at once. */
const MAX_CANDIDATES = 50;

const numbered = (base: string, number: number): string => (number === 1 ? base : `${base}-${number}`);

/** `base`, or with a number if another story has that for its slug, its alias or its file's name. */
const findFreeSlug = async (base: string, { repository }: Newsroom): Promise<string> => {
  for (let from = 1; ; from += MAX_CANDIDATES) {
    const candidates = Array.from({ length: MAX_CANDIDATES }, (_, index) => numbered(base, from + index));
    const taken = new Set((await repository.findTakenNames("", candidates, "")).map(({ name }) => name));
    for (const slug of candidates.filter((one) => !taken.has(one))) {
      if ((await repository.findTakenNames("", [], `${slug}.md`)).length === 0) return slug;
    }
  }
};

/** `base`, or with a number if another story has that for its id, or had it before it was erased. */
const findFreeId = async (base: string, { repository }: Newsroom): Promise<string> => {
  for (let number = 1; ; number++) {
    const id = numbered(base, number);
    if ((await repository.findById(id)) === undefined && !(await repository.isErased(id))) return id;
  }
};

/** The id, slug and date that a story does not state itself. */
const makeKeys = async (keys: Keys, path: string | undefined, newsroom: Newsroom) => {
  const { siteUrl } = newsroom;
  const now = newsroom.now();
  const title = typeof keys.title === "string" ? keys.title : "";
  const stated = typeof keys.slug === "string" ? keys.slug : path?.replace(/^.*\//s, "").replace(/\.md$/i, "");
  const slug = stated ?? (await findFreeSlug(newSlug(title, now), newsroom));
  const isDraft = keys.draft === true;
  return {
    path: path ?? `${slug}.md`,
    made: {
      ...(!Object.hasOwn(keys, "id") && { id: await findFreeId(newId(slug, siteUrl, now), newsroom) }),
      ...(!Object.hasOwn(keys, "published") && !isDraft && { published: toIsoSeconds(now) }),
    },
  };
};

/** Writes a story that is not there yet. What it does not state of id, slug and date is made for it. */
export const postStory = (request: PostStoryRequest, newsroom: Newsroom): Promise<Response> =>
  retryOnConflict(request, newsroom, async () => {
    const { story } = request;
    const { path, made } = await makeKeys(story.keys, request.path, newsroom);
    if (!isStoryPath(path)) return refuseValue("/slug", BAD_SLUG);
    const source = story.toSource(path, { ...made, ...datesOfNow(story.keys, newsroom.now()) });
    if (source instanceof Response) return source;
    const check = ({ id }: Item, former: StoredStory | undefined): Response | undefined => {
      if (former === undefined) return undefined;
      const location = storyLocation(newsroom.channel, former.item.slug);
      const reason = `The story at ${location} has this id. Send it there to change it, or leave \`id\` out.`;
      return refuse(409, reason, {}, [{ pointer: "/id", severity: "error", rule: "id", reason, id, story: location }]);
    };
    return writeSource(request, { ...source, path, echo: true, check }, newsroom);
  });
