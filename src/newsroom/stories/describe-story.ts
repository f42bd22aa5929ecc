import type { Editor } from "../../admin/role.ts";
import { PLACEHOLDER_ORIGIN } from "../../model/address.ts";
import type { Channel } from "../../model/channel.ts";
import { type Instant, NO_DATE } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { visibilityOf } from "../../model/visibility.ts";
import type { Newsroom } from "../newsroom.ts";
import { createPreviewLink } from "../preview-link.ts";
import { toStoryJson } from "./story-source.ts";

/** The state of a story as its editors see it: they can tell a draft from a story that is scheduled. */
type StoryState = "draft" | "scheduled" | "published" | "withdrawn" | "expired";

const stateOf = (item: Item, now: Instant): StoryState => {
  if (item.draft) return "draft";
  const visibility = visibilityOf(item, now);
  if (visibility === "hidden") return "scheduled";
  return visibility === "visible" ? "published" : visibility;
};

const iso = (instant: Instant): string => new Date(instant).toISOString();

/** The address of a story in the API. */
export const storyLocation = ({ url }: Pick<Channel, "url">, slug: string): string =>
  `${url}/api/items/${encodeURIComponent(slug)}`;

/** What a list says of a story. Its URL is on the site's own origin. */
export const summarizeStory = (item: Item, { url }: Channel, now: Instant) => ({
  slug: item.slug,
  id: item.id,
  url: item.url.replace(PLACEHOLDER_ORIGIN, url),
  title: item.title,
  state: stateOf(item, now),
  ...(item.published !== NO_DATE && { published: iso(item.published), updated: iso(item.updated) }),
  ...(item.expires !== undefined && { expires: iso(item.expires) }),
});

/** What a response about one story says: its summary, and if it is hidden a preview link, which ends with the editor. */
export const describeStory = async (item: Item, editor: Editor, newsroom: Newsroom, now: Instant) => ({
  ...summarizeStory(item, newsroom.channel, now),
  ...(item.withdrawn === undefined &&
    visibilityOf(item, now) === "hidden" && { preview: await createPreviewLink(item, editor, newsroom, now) }),
});

/** What a response says of a story's source: its path, the file, and the same as JSON. */
export const describeSource = (path: string, source: Uint8Array) => {
  const story = toStoryJson(path, source);
  const text = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(source);
  return { path, source: text, ...(story && { story }) };
};

/** Keys that follow from the text. */
const DERIVED = ["blocks", "markdown", "opening", "replacedBlocks"];

/**
 * The names of the keys in which two Items differ, sorted; all keys of `item` if there is no `former`. What follows
 * from the text is not named beside `html`.
 */
export const changedKeys = (former: Item | undefined, item: Item): readonly string[] => {
  const before = new Map(Object.entries(former ?? {}).map(([key, value]) => [key, JSON.stringify(value)]));
  const after = new Map(Object.entries(item).map(([key, value]) => [key, JSON.stringify(value)]));
  const keys = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
  return keys.filter((key) => !keys.includes("html") || !DERIVED.includes(key)).sort();
};
