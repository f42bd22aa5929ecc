import type { VFile } from "vfile";
import type { Instant } from "../../model/instant.ts";
import { reportError, reportWarning } from "../messages/messages.ts";
import type { StoryData } from "../schema/story-schema.ts";
import type { Yaml } from "../yaml/yaml.ts";

const ADVICE = "Mend one of the two.";

/** Notes dates that contradict each other, and changes said to have happened after `now`. */
export const reportInconsistentDates = (
  file: VFile,
  yaml: Yaml,
  data: Partial<StoryData>,
  now: Instant = Number.POSITIVE_INFINITY,
): void => {
  const { published, updated, expires, withdrawn, corrections } = data;
  if (published === undefined) return;
  const notBefore = (at: Instant | undefined, name: string, path: readonly PropertyKey[], advice = ADVICE): void => {
    if (at === undefined || at >= published) return;
    reportError(file, "date", `\`${name}\` is before \`published\`. ${advice}`, yaml.placeOf(path));
  };
  const notAhead = (at: Instant | undefined, name: string, path: readonly PropertyKey[]): void => {
    if (at === undefined || at <= Math.max(now, published)) return;
    const reason = `\`${name}\` lies ahead. Readers see that date as soon as the story appears: is it right?`;
    reportWarning(file, "date", reason, yaml.placeOf(path));
  };
  notBefore(updated, "updated", ["updated"]);
  notAhead(updated, "updated", ["updated"]);
  notBefore(
    withdrawn?.at,
    "withdrawn.at",
    ["withdrawn", "at"],
    "A story that never appeared can be a draft, or be deleted.",
  );
  corrections?.forEach(({ at }, index) => {
    notBefore(at, `corrections[${index}].at`, ["corrections", index, "at"]);
    notAhead(at, `corrections[${index}].at`, ["corrections", index, "at"]);
  });
  if (expires !== undefined && expires <= published) {
    const reason = `\`expires\` is not after \`published\`: the story would never appear. ${ADVICE}`;
    reportError(file, "date", reason, yaml.placeOf(["expires"]));
  }
};
