import type { Usage } from "../../model/item.ts";
import { USES } from "../../model/rights.ts";
import { element, textElement } from "../xml.ts";

/** Really Simple Licensing 1.0 (https://rslstandard.org/rsl). Prefix `rsl` in RSS, none in documents of its own. */
export const RSL_NAMESPACE = "https://rslstandard.org/rsl";

/** The media type of its documents (§2.2). */
export const RSL_MEDIA_TYPE = "application/rsl+xml";

/** Its names of the uses (§3.4.1.1), which are those of Content Signals. */
const TOKENS = { search: "search", aiInput: "ai-input", aiTrain: "ai-train" } as const;

/** The tokens of the uses that are allowed (`value` is true) or forbidden; undefined if there are none. */
const tokensOf = (rights: Usage, value: boolean): string | undefined =>
  USES.filter((use) => rights[use] === value)
    .map((use) => TOKENS[use])
    .join(" ") || undefined;

const TYPE = { type: "usage" };

/**
 * Renders what machines may do with what is at `url` as a `content` element (§3.3): an absolute URL in a feed or a page, else a
 * pattern of paths. `prefix` is `rsl:` or empty. Where nothing is stated but the terms, they stand as the licence to ask for (§3.9):
 * an empty licence would allow everything.
 */
export const renderRslContent = (url: string, rights: Usage, prefix: "" | "rsl:"): string => {
  const { license } = rights;
  const permits = tokensOf(rights, true);
  const prohibits = tokensOf(rights, false);
  const uses =
    textElement(`${prefix}permits`, permits, TYPE) + textElement(`${prefix}prohibits`, prohibits, TYPE) ||
    element(`${prefix}payment`, {}, textElement(`${prefix}custom`, license));
  return element(
    `${prefix}content`,
    { url },
    element(`${prefix}license`, {}, uses) + textElement(`${prefix}terms`, license),
  );
};
