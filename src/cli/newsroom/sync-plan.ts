import { rfc3339 } from "../../formats/dates.ts";
import { sha256 } from "../../lib/sha256.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import type { Publication } from "../../model/publication.ts";
import { visibilityOf } from "../../model/visibility.ts";
import { countNewer } from "../content/old-dates.ts";
import type { RemoteStory, StoryState } from "./newsroom-client.ts";
import type { LocalStory } from "./send-stories.ts";

/** The options of `sync`. */
export interface SyncOptions {
  /** Publishes stories again that were withdrawn in the newsroom. */
  readonly isBringingBack: boolean;
  /** Withdraws published stories that are not in content/. */
  readonly isWithdrawing: boolean;
}

/** What `sync` has to do to make a newsroom the same as content/. */
export interface SyncPlan {
  /** The plan in lines for people. */
  readonly lines: readonly string[];
  /** Paths of the media files that the newsroom must have. */
  readonly media: readonly string[];
  /** With the versions that they replace, the oldest first: then each gets its final place in the archive at once. */
  readonly sending: readonly LocalStory[];
  readonly withdrawing: readonly RemoteStory[];
}

/** What is done with a story of content/. */
interface Step {
  readonly verb: "add" | "change" | "leave";
  readonly item: Item;
  readonly story: LocalStory;
  /** What readers will notice, or why the story is left alone; may be empty. */
  readonly note: string;
}

/** What readers notice of a story that they will see, by its state in the newsroom now. */
const SHOWN: Readonly<Record<StoryState, string>> = {
  draft: "readers will see it as new",
  expired: "readers will see it again",
  published: "readers will see it as changed",
  scheduled: "readers will see it as new",
  withdrawn: "was withdrawn in the newsroom: readers will see it again",
};

/** The same for a story that they will not see. */
const HIDDEN: Readonly<Partial<Record<StoryState, string>>> = {
  published: "readers will lose it",
  withdrawn: "was withdrawn in the newsroom: that will be undone",
};

/** Why a story that is not in content/ is not withdrawn, by its state. */
const LEFT: Readonly<Record<Exclude<StoryState, "withdrawn">, string>> = {
  draft: "a draft, not in content/; readers do not see it",
  expired: "expired, not in content/; readers do not see it any more",
  published: "not in content/; --withdraw-missing takes it back",
  scheduled: "scheduled, not in content/; readers will see it at its time, unless it is made a draft or erased",
};

const lineOf = (verb: string, name: string, note: string): string =>
  `${verb.padEnd(8)} ${name}${note === "" ? "" : `   (${note})`}`;

/** What readers will not notice of a story that is new to them. */
const oldDateNote = (item: Item, readable: readonly Instant[], now: Instant): string => {
  const newer = countNewer(item.published, readable, now);
  if (newer === 0) return "";
  return `; dated ${rfc3339(item.published)}, behind ${newer} that they have: they may not notice it`;
};

/** The note on a story whose state in the newsroom is known, with the dates of the stories that readers have. */
const noteOn = (item: Item, remoteState: StoryState, readable: readonly Instant[], now: Instant): string => {
  if (visibilityOf(item, now) === "visible") {
    const isNew = remoteState === "draft" || remoteState === "scheduled";
    return SHOWN[remoteState] + (isNew ? oldDateNote(item, readable, now) : "");
  }
  return remoteState === "withdrawn" && item.withdrawn !== undefined ? "" : (HIDDEN[remoteState] ?? "");
};

/** Undefined if the newsroom has the story already as it is in content/. */
const stepOf = (
  story: LocalStory,
  item: Item,
  remote: RemoteStory | undefined,
  { isBringingBack }: SyncOptions,
  readable: readonly Instant[],
  now: Instant,
): Step | undefined => {
  if (remote === undefined) return { verb: "add", item, story, note: noteOn(item, "draft", readable, now) };
  if (remote.digest === sha256(story.source) && remote.path === story.path) return undefined;
  if (remote.state === "withdrawn" && item.withdrawn === undefined && !isBringingBack) {
    return { verb: "leave", item, story, note: "was withdrawn in the newsroom; --bring-back undoes that" };
  }
  return {
    verb: "change",
    item,
    story: { ...story, etag: remote.etag },
    note: noteOn(item, remote.state, readable, now),
  };
};

const planMissing = (missing: readonly RemoteStory[], isWithdrawing: boolean) => {
  const isToBeWithdrawn = ({ state }: RemoteStory): boolean => isWithdrawing && state === "published";
  return {
    withdrawing: missing.filter(isToBeWithdrawn),
    lines: missing.flatMap((story) => {
      if (isToBeWithdrawn(story)) return [lineOf("withdraw", story.slug, "readers will lose it")];
      return story.state === "withdrawn" ? [] : [lineOf("leave", story.slug, LEFT[story.state])];
    }),
  };
};

/**
 * Compares a publication, whose stories' files are `local`, with the stories of a newsroom at `now`. Drafts that have
 * errors, at the paths `brokenDrafts`, stay as they are in the newsroom.
 */
export const planSync = (
  { channel, items }: Publication,
  local: readonly LocalStory[],
  brokenDrafts: readonly string[],
  remote: readonly RemoteStory[],
  options: SyncOptions,
  now: Instant,
): SyncPlan => {
  const bySlug = new Map(items.map((item) => [item.slug, item]));
  const byId = new Map(remote.map((story) => [story.id, story]));
  const readable = remote
    .filter(({ state }) => state === "published")
    .flatMap(({ published }) => (published === undefined ? [] : Date.parse(published)));
  const broken = local.filter(({ path }) => brokenDrafts.includes(path));
  const steps = local.flatMap((story) => {
    const item = broken.includes(story) ? undefined : bySlug.get(story.slug);
    return item === undefined ? [] : (stepOf(story, item, byId.get(item.id), options, readable, now) ?? []);
  });
  const changing = steps.filter(({ verb }) => verb !== "leave");
  const left = new Set(steps.filter(({ verb }) => verb === "leave").map(({ item }) => item));
  const ids = new Set([...items.map(({ id }) => id), ...broken.map(({ id }) => id)]);
  const { withdrawing, lines } = planMissing(
    remote.filter(({ id, path }) => !ids.has(id) && !brokenDrafts.includes(path)),
    options.isWithdrawing,
  );
  const added = changing.filter(({ verb }) => verb === "add").length;
  const used = new Set(items.filter((item) => !left.has(item)).flatMap(({ media }) => media));
  return {
    lines: [
      ...steps.map(({ verb, story, note }) => lineOf(verb, story.path, note)),
      ...broken.map(({ path }) => lineOf("leave", path, "a draft with errors")),
      ...lines,
      `${added} to add, ${changing.length - added} to change, ${withdrawing.length} to withdraw.`,
    ],
    media: [...used].filter((path) => !channel.media.includes(path)),
    sending: changing.toSorted((a, b) => a.item.published - b.item.published).map(({ story }) => story),
    withdrawing,
  };
};
