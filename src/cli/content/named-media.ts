import { compile } from "../../content/compile.ts";
import { UNREADABLE_MEDIA } from "../../content/media/media.ts";
import { isMedia, isStory } from "../../content/publication.ts";
import { decodePercentEncoding } from "../../content/references/content-path.ts";
import { compileSite, EMPTY_CHANNEL } from "../../content/site.ts";
import type { MediaFile } from "../../model/media.ts";

/** Stands for a file that may well be what site.yaml wants. */
const PICTURE: MediaFile = { type: "image/png", length: 1, width: 1, height: 1 };

const tableOf = <Value>(paths: readonly string[], value: Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(paths.map((path) => [path, value]));

/** For a story that has a mistake: what its text spells. */
const spelledIn = (source: Uint8Array, media: readonly string[]): readonly string[] => {
  const text = decodePercentEncoding(new TextDecoder().decode(source)).normalize();
  return media.filter((path) => text.includes(path.normalize()));
};

/**
 * The media files that some stories name, without those of site.yaml, which are deployed with the site. Nothing else in content/
 * need be sound, and no other file is read: `paths` are all that there are, and whether they will do the newsroom judges.
 */
export const namedMedia = (
  stories: readonly { readonly path: string; readonly source: Uint8Array }[],
  paths: readonly string[],
  site: Uint8Array,
): readonly string[] => {
  const media = paths.filter(isMedia);
  const { channel, known } = compileSite(site, tableOf(media, PICTURE));
  const context = {
    channel: channel ?? { ...EMPTY_CHANNEL, ...known },
    media: tableOf(media, UNREADABLE_MEDIA),
    // Links need only lead somewhere.
    slugs: tableOf(paths.filter(isStory), "a-story"),
  };
  const named = stories.flatMap(
    ({ path, source }) => compile(path, source, context).item?.media ?? spelledIn(source, media),
  );
  return [...new Set(named)].filter((path) => channel?.media.includes(path) !== true);
};
