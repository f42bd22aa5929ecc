import type { VFile } from "vfile";
import type { Instant } from "../../model/instant.ts";
import { reportError, reportWarning } from "../messages/messages.ts";
import type { StoryData } from "../schema/story-schema.ts";
import type { YamlMapping } from "../yaml/yaml.ts";

const ADVICE = "Mend one of the two.";

/**
 * Reports a withdrawal that is not the newest of a story's changes, since readers replace a text by one with a later date only,
 * or that is dated after `now`.
 */
const reportUntimelyWithdrawal = (
  file: VFile,
  yaml: YamlMapping,
  { published, updated, corrections = [], withdrawn }: Partial<StoryData>,
  now: Instant,
): void => {
  if (published === undefined || withdrawn === undefined) return;
  const report = (reason: string): void =>
    reportError(file, "date", `\`withdrawn.at\` ${reason}`, yaml.placeOf(["withdrawn", "at"]));
  const { at } = withdrawn;
  const changes = [
    { name: "published", at: published },
    ...(updated === undefined ? [] : [{ name: "updated", at: updated }]),
    ...corrections.map((correction, index) => ({ name: `corrections[${index}].at`, at: correction.at })),
  ];
  const latest = changes.toSorted((a, b) => b.at - a.at)[0];
  if (at < published) {
    report("is before `published`. A story that never appeared can be a draft, or be deleted.");
  } else if (latest !== undefined && at <= latest.at) {
    report(`is not after \`${latest.name}\`, so readers would keep the text. Write a later second, or mend that date.`);
  }
  // Dates are whole seconds, rounded up.
  if (at > Math.ceil(now / 1000) * 1000) {
    report(
      "lies ahead, but a withdrawal counts at once. Write the present time, or `expires` if it is to leave later.",
    );
  }
};

/**
 * Reports dates that contradict each other, and withdrawals dated after `now` (milliseconds); warns of other changes dated after
 * it.
 */
export const reportInconsistentDates = (
  file: VFile,
  yaml: YamlMapping,
  data: Partial<StoryData>,
  now: Instant = Number.POSITIVE_INFINITY,
): void => {
  const { published, updated, expires, corrections } = data;
  if (published === undefined) return;
  const checkNotBefore = (at: Instant | undefined, name: string, path: readonly PropertyKey[]): void => {
    if (at === undefined || at >= published) return;
    reportError(file, "date", `\`${name}\` is before \`published\`. ${ADVICE}`, yaml.placeOf(path));
  };
  const checkNotAhead = (at: Instant | undefined, name: string, path: readonly PropertyKey[]): void => {
    if (at === undefined || at <= Math.max(now, published)) return;
    const reason = `\`${name}\` lies ahead. Readers see that date as soon as the story appears: is it right?`;
    reportWarning(file, "date", reason, yaml.placeOf(path));
  };
  checkNotBefore(updated, "updated", ["updated"]);
  checkNotAhead(updated, "updated", ["updated"]);
  reportUntimelyWithdrawal(file, yaml, data, now);
  corrections?.forEach(({ at }, index) => {
    checkNotBefore(at, `corrections[${index}].at`, ["corrections", index, "at"]);
    checkNotAhead(at, `corrections[${index}].at`, ["corrections", index, "at"]);
  });
  if (expires !== undefined && expires <= published) {
    const reason = `\`expires\` is not after \`published\`: the story would never appear. ${ADVICE}`;
    reportError(file, "date", reason, yaml.placeOf(["expires"]));
  }
};
