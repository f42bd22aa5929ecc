import { listTags } from "../http/entity-tags.ts";
import type { StoredStory } from "../store/d1.ts";
import { refuse } from "./answer.ts";

/** The tag of a story in the API: strong, and another one for each form in which it is handed out. */
export const tagOf = (version: number, form: "json" | "markdown" = "json"): string =>
  form === "json" ? `"${version}"` : `"${version}-md"`;

/** The version that a tag names. A `W/` that a proxy put before it is overlooked. */
const versionOf = (tag: string): number => Number(/^(?:W\/)?"(\d{1,15})(?:-md)?"$/.exec(tag)?.[1] ?? Number.NaN);

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
  const current: Readonly<Record<string, string>> = stored === undefined ? {} : { etag: tagOf(stored.version) };
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
