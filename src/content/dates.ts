import type { VFile } from "vfile";
import type { Instant } from "../model/instant.ts";
import { problem } from "./report.ts";
import type { StoryData } from "./story-schema.ts";
import type { Yaml } from "./yaml.ts";

const ADVICE = "Mend one of the two.";

/** Notes dates that contradict each other. */
export const reportDates = (file: VFile, yaml: Yaml, data: Partial<StoryData>): void => {
  const { published, updated, expires, withdrawn, corrections } = data;
  if (published === undefined) return;
  const notBefore = (at: Instant | undefined, name: string, path: readonly PropertyKey[], advice = ADVICE): void => {
    if (at === undefined || at >= published) return;
    problem(file, "date", `\`${name}\` is before \`published\`. ${advice}`, yaml.placeOf(path));
  };
  notBefore(updated, "updated", ["updated"]);
  notBefore(
    withdrawn?.at,
    "withdrawn.at",
    ["withdrawn", "at"],
    "A story that never appeared can be a draft, or be deleted.",
  );
  corrections?.forEach(({ at }, index) => {
    notBefore(at, `corrections[${index}].at`, ["corrections", index, "at"]);
  });
  if (expires !== undefined && expires <= published) {
    const reason = `\`expires\` is not after \`published\`: the story would never appear. ${ADVICE}`;
    problem(file, "date", reason, yaml.placeOf(["expires"]));
  }
};
