import type { Item } from "../../model/item.ts";
import type { Publication } from "../../model/publication.ts";
import { visibilityOf } from "../../model/visibility.ts";
import { sha256 } from "../digest.ts";
import type { RemoteStory, StoryState } from "./newsroom-client.ts";
import type { Outgoing } from "./send-stories.ts";

/** What whoever runs `sync` asks for. */
export interface SyncWishes {
  /** Sends also what is the same. */
  readonly isAll: boolean;
  /** Shows stories again that were withdrawn in the newsroom. */
  readonly isBringingBack: boolean;
  /** Withdraws what is not in content/. */
  readonly isWithdrawing: boolean;
}

/** What `sync` is to do, and what it says of that. */
export interface SyncPlan {
  /** For people. */
  readonly lines: readonly string[];
  /** Paths of the media files that the newsroom must have. */
  readonly media: readonly string[];
  /** With the versions that they replace, the oldest first: so each has its place in the archive at once. */
  readonly sending: readonly Outgoing[];
  readonly withdrawing: readonly RemoteStory[];
}

interface Step {
  readonly verb: "add" | "change" | "leave";
  readonly item: Item;
  readonly story: Outgoing;
  readonly note: string;
}

/** What readers notice of a story that they will see, by how it stands in the newsroom now. */
const SHOWN: Readonly<Record<StoryState, string>> = {
  draft: "readers will see it as new",
  expired: "readers will see it again",
  published: "readers will see it as changed",
  scheduled: "readers will see it as new",
  withdrawn: "was withdrawn in the newsroom: readers will see it again",
};

/** Of one that they will not see. */
const HIDDEN: Readonly<Partial<Record<StoryState, string>>> = {
  published: "readers will lose it",
  withdrawn: "was withdrawn in the newsroom: that will be undone",
};

/** Why a story that is not in content/ is not withdrawn, by how it stands. */
const LEFT: Readonly<Record<Exclude<StoryState, "withdrawn">, string>> = {
  draft: "a draft, not in content/; readers do not see it",
  expired: "expired, not in content/; readers do not see it any more",
  published: "not in content/; --withdraw-missing takes it back",
  scheduled: "scheduled, not in content/; readers will see it at its time, unless it is made a draft or erased",
};

const lineOf = (verb: string, name: string, note: string): string =>
  `${verb.padEnd(8)} ${name}${note === "" ? "" : `   (${note})`}`;

const noteOn = (item: Item, there: StoryState, now: number): string => {
  if (visibilityOf(item, now) === "visible") return SHOWN[there];
  return there === "withdrawn" && item.withdrawn !== undefined ? "" : (HIDDEN[there] ?? "");
};

const stepOf = (
  story: Outgoing,
  item: Item,
  there: RemoteStory | undefined,
  { isAll, isBringingBack }: SyncWishes,
  now: number,
): Step | undefined => {
  if (there === undefined) return { verb: "add", item, story, note: noteOn(item, "draft", now) };
  if (!isAll && there.digest === sha256(story.source) && there.path === story.path) return undefined;
  if (there.state === "withdrawn" && item.withdrawn === undefined && !isBringingBack) {
    return { verb: "leave", item, story, note: "was withdrawn in the newsroom; --bring-back undoes that" };
  }
  return { verb: "change", item, story: { ...story, etag: there.etag }, note: noteOn(item, there.state, now) };
};

const planMissing = (missing: readonly RemoteStory[], isWithdrawing: boolean) => {
  const isTaken = ({ state }: RemoteStory): boolean => isWithdrawing && state === "published";
  return {
    withdrawing: missing.filter(isTaken),
    lines: missing.flatMap((story) => {
      if (isTaken(story)) return [lineOf("withdraw", story.slug, "readers will lose it")];
      return story.state === "withdrawn" ? [] : [lineOf("leave", story.slug, LEFT[story.state])];
    }),
  };
};

/** Compares content/ with a newsroom at `now`. `outgoing` are the files of the publication's stories. */
export const planSync = (
  { channel, items }: Publication,
  outgoing: readonly Outgoing[],
  remote: readonly RemoteStory[],
  wishes: SyncWishes,
  now: number,
): SyncPlan => {
  const bySlug = new Map(items.map((item) => [item.slug, item]));
  const byId = new Map(remote.map((story) => [story.id, story]));
  const steps = outgoing.flatMap((story) => {
    const item = bySlug.get(story.slug);
    return item === undefined ? [] : (stepOf(story, item, byId.get(item.id), wishes, now) ?? []);
  });
  const changing = steps.filter(({ verb }) => verb !== "leave");
  const left = new Set(steps.filter(({ verb }) => verb === "leave").map(({ item }) => item));
  const ids = new Set(items.map(({ id }) => id));
  const { withdrawing, lines } = planMissing(
    remote.filter(({ id }) => !ids.has(id)),
    wishes.isWithdrawing,
  );
  const added = changing.filter(({ verb }) => verb === "add").length;
  const used = new Set(items.filter((item) => !left.has(item)).flatMap(({ media }) => media));
  return {
    lines: [
      ...steps.map(({ verb, story, note }) => lineOf(verb, story.path, note)),
      ...lines,
      `${added} to add, ${changing.length - added} to change, ${withdrawing.length} to withdraw.`,
    ],
    media: [...used].filter((path) => !channel.media.includes(path)),
    sending: changing.toSorted((a, b) => a.item.published - b.item.published).map(({ story }) => story),
    withdrawing,
  };
};
