import { listTags } from "../http/entity-tags.ts";
import type { StoredStory } from "../store/stored-story.ts";
import { refuse } from "./answer.ts";
import { storyTag, versionOf } from "./story-tag.ts";

const names = (list: string, version: number): boolean =>
  list.trim() === "*" || listTags(list).some((tag) => versionOf(tag) === version);

/**
 * Judges If-Match and If-None-Match of a write (RFC 9110 §13.1.1, §13.1.2) by what is stored; gives the refusal where they do
 * not hold. `isRequired`: a write over something must say over what (428, RFC 6585 §3).
 */
export const checkPreconditions = (
  headers: Headers,
  stored: StoredStory | undefined,
  isRequired: boolean,
): Response | undefined => {
  const ifMatch = headers.get("if-match");
  const ifNoneMatch = headers.get("if-none-match");
  const current: Readonly<Record<string, string>> = stored === undefined ? {} : { etag: storyTag(stored.version) };
  if (ifMatch !== null && (stored === undefined || !names(ifMatch, stored.version))) {
    const detail =
      stored === undefined
        ? "There is no such story. Leave If-Match out to make one."
        : "Somebody changed the story since you read it. Read it again, and put your change into that.";
    return refuse(412, detail, current);
  }
  if (ifNoneMatch !== null && stored !== undefined && names(ifNoneMatch, stored.version)) {
    return refuse(
      412,
      "There is such a story already. Read it, and send If-Match with its ETag to change it.",
      current,
    );
  }
  if (isRequired && stored !== undefined && ifMatch === null) {
    return refuse(428, "Say which version you change: send If-Match with the ETag that you read.", current);
  }
  return undefined;
};
