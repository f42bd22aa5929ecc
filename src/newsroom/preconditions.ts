import { refuse } from "../http/api-response.ts";
import { parseEntityTags } from "../http/etag.ts";

/** What a write would replace: the resource as it is stored. */
export interface CurrentResource {
  readonly etag: string;
  /** Whether an entity tag names the stored version, in any form in which it is served. */
  readonly hasTag: (tag: string) => boolean;
}

const isListed = (list: string, { hasTag }: CurrentResource): boolean =>
  list.trim() === "*" || parseEntityTags(list).some(hasTag);

/**
 * Evaluates If-Match and If-None-Match of a write (RFC 9110 §13.1.1, §13.1.2). Returns the refusal if one of them is
 * false, or if `isRequired` and a write over a stored resource does not send If-Match (428, RFC 6585 §3). `current` is
 * undefined if nothing is stored.
 */
export const checkPreconditions = (
  headers: Headers,
  current: CurrentResource | undefined,
  isRequired: boolean,
): Response | undefined => {
  const ifMatch = headers.get("if-match");
  const ifNoneMatch = headers.get("if-none-match");
  const currentTag: Readonly<Record<string, string>> = current === undefined ? {} : { etag: current.etag };
  if (ifMatch !== null && (current === undefined || !isListed(ifMatch, current))) {
    const detail =
      current === undefined
        ? "There is nothing here yet. Leave If-Match out to make it."
        : "Somebody changed it since you read it. Read it again, and put your change into that.";
    return refuse(412, detail, currentTag);
  }
  if (ifNoneMatch !== null && current !== undefined && isListed(ifNoneMatch, current)) {
    return refuse(412, "It is there already. Read it, and send If-Match with its ETag to change it.", currentTag);
  }
  if (isRequired && current !== undefined && ifMatch === null) {
    return refuse(428, "Say which version you change: send If-Match with the ETag that you read.", currentTag);
  }
  return undefined;
};
