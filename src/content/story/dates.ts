import type { VFile } from "vfile";
import type { Instant } from "../../model/instant.ts";
import { reportError, reportWarning } from "../messages/messages.ts";
import type { StoryData } from "../schema/story-schema.ts";
import type { YamlMapping } from "../yaml/yaml.ts";

const ADVICE = "Mend one of the two.";

/** Reports dates that contradict each other, and warns of changes dated after `now` (milliseconds). */
export const reportInconsistentDates = (
  file: VFile,
  yaml: YamlMapping,
  data: Partial<StoryData>,
  now: Instant = Number.POSITIVE_INFINITY,
): void => {
  const { published, updated, expires, withdrawn, corrections } = data;
  if (published === undefined) return;
  const checkNotBefore = (
    at: Instant | undefined,
    name: string,
    path: readonly PropertyKey[],
    advice = ADVICE,
  ): void => {
    if (at === undefined || at >= published) return;
    reportError(file, "date", `\`${name}\` is before \`published\`. ${advice}`, yaml.placeOf(path));
  };
  const checkNotAhead = (at: Instant | undefined, name: string, path: readonly PropertyKey[]): void => {
    if (at === undefined || at <= Math.max(now, published)) return;
    const reason = `\`${name}\` lies ahead. Readers see that date as soon as the story appears: is it right?`;
    reportWarning(file, "date", reason, yaml.placeOf(path));
  };
  checkNotBefore(updated, "updated", ["updated"]);
  checkNotAhead(updated, "updated", ["updated"]);
  checkNotBefore(
    withdrawn?.at,
    "withdrawn.at",
    ["withdrawn", "at"],
    "A story that never appeared can be a draft, or be deleted.",
  );
  corrections?.forEach(({ at }, index) => {
    checkNotBefore(at, `corrections[${index}].at`, ["corrections", index, "at"]);
    checkNotAhead(at, `corrections[${index}].at`, ["corrections", index, "at"]);
  });
  if (expires !== undefined && expires <= published) {
    const reason = `\`expires\` is not after \`published\`: the story would never appear. ${ADVICE}`;
    reportError(file, "date", reason, yaml.placeOf(["expires"]));
  }
};
