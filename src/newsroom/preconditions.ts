import { refuse } from "../http/api-response.ts";
import { parseEntityTags } from "../http/etag.ts";

/** What is stored: its tag, and whether another one names it as well. */
export interface Stored {
  readonly etag: string;
  readonly isNamedBy: (tag: string) => boolean;
}

const names = (list: string, { isNamedBy }: Stored): boolean =>
  list.trim() === "*" || parseEntityTags(list).some(isNamedBy);

/**
 * Judges If-Match and If-None-Match of a write (RFC 9110 §13.1.1, §13.1.2) by what is stored; gives the refusal where they do
 * not hold. `isRequired`: a write over something must say over what (428, RFC 6585 §3).
 */
export const checkPreconditions = (
  headers: Headers,
  stored: Stored | undefined,
  isRequired: boolean,
): Response | undefined => {
  const ifMatch = headers.get("if-match");
  const ifNoneMatch = headers.get("if-none-match");
  const current: Readonly<Record<string, string>> = stored === undefined ? {} : { etag: stored.etag };
  if (ifMatch !== null && (stored === undefined || !names(ifMatch, stored))) {
    const detail =
      stored === undefined
        ? "There is nothing here yet. Leave If-Match out to make it."
        : "Somebody changed it since you read it. Read it again, and put your change into that.";
    return refuse(412, detail, current);
  }
  if (ifNoneMatch !== null && stored !== undefined && names(ifNoneMatch, stored)) {
    return refuse(412, "It is there already. Read it, and send If-Match with its ETag to change it.", current);
  }
  if (isRequired && stored !== undefined && ifMatch === null) {
    return refuse(428, "Say which version you change: send If-Match with the ETag that you read.", current);
  }
  return undefined;
};
