import { isStory } from "../../content/file-kinds.ts";
import { reportWarning, sortMessages } from "../../content/messages/messages.ts";
import type { CompiledPublication, ContentFiles } from "../../content/publication.ts";
import { parseStory } from "../../content/story/story.ts";
import { rfc3339 } from "../../formats/dates.ts";
import { DAY_MS, type Instant } from "../../model/instant.ts";
import { visibilityOf } from "../../model/visibility.ts";
import type { Uncommitted } from "./uncommitted.ts";

/**
 * How many published stories are newer than a date that lies more than a day back; 0 for any other date. Readers who have
 * seen those take a story with such a date for one that they have seen, too, or never get it.
 */
export const countNewer = (published: Instant, others: readonly Instant[], now: Instant): number =>
  published < now - DAY_MS ? others.filter((other) => other > published).length : 0;

/**
 * Warns of stories that are not committed yet and whose date lies more than a day back and behind that of others: they were
 * probably begun then. `uncommitted` is undefined where git can't tell.
 */
export const warnOfOldDates = (
  { files, publication }: CompiledPublication,
  sources: ContentFiles,
  uncommitted: Uncommitted | undefined,
  now: Instant,
): void => {
  if (publication === undefined || uncommitted === undefined) return;
  const added = [...sources]
    .filter(([path]) => isStory(path) && uncommitted.added.has(path))
    .map(([path, source]) => parseStory(path, source));
  const addedSlugs = new Set(added.map(({ slug }) => slug));
  const others = publication.items
    .filter((item) => visibilityOf(item, now) === "visible" && !addedSlugs.has(item.slug))
    .map(({ published }) => published);
  for (const { path, yaml, data, isDraft } of added) {
    const file = files.find((one) => one.path === path);
    const { id = "", published } = data;
    if (file === undefined || published === undefined || isDraft || uncommitted.committedIds.has(id)) continue;
    const newer = countNewer(published, others, now);
    if (newer === 0) continue;
    const reason = `\`published\` lies behind that of ${newer} ${newer === 1 ? "story" : "stories"} that readers have: ${newer < publication.channel.feedLength ? "they may not notice this one" : "this one will be in no feed of all stories"}. If it is new, write ${rfc3339(now)}.`;
    reportWarning(file, "date", reason, yaml?.placeOf(["published"]));
    sortMessages(file);
  }
};
