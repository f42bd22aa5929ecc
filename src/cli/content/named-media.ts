import { compile } from "../../content/compile.ts";
import { isMedia, isStory } from "../../content/file-kinds.ts";
import { UNREADABLE_MEDIA } from "../../content/media/media.ts";
import { decodePercentEncoding } from "../../content/references/content-path.ts";
import { compileSite, EMPTY_CHANNEL } from "../../content/site.ts";
import type { MediaFile } from "../../model/media.ts";

/** Facts of a media file that pass every check of site.yaml: its own files are not read here. */
const PICTURE: MediaFile = { type: "image/png", length: 1, width: 1, height: 1 };

const recordOf = <Value>(paths: readonly string[], value: Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(paths.map((path) => [path, value]));

/** The media files whose paths occur in the source of a story: a guess for one that does not compile. */
const mentionedIn = (source: Uint8Array, media: readonly string[]): readonly string[] => {
  const text = decodePercentEncoding(new TextDecoder().decode(source)).normalize();
  return media.filter((path) => text.includes(path.normalize()));
};

/**
 * The paths of the media files that stories name, except those of site.yaml, which are deployed with the site. `paths` are
 * those of all files in content/; `site` is the source of site.yaml, or empty. Neither other stories nor the media files
 * have to be valid, as they are not read: the newsroom checks what it is sent.
 */
export const namedMedia = (
  stories: readonly { readonly path: string; readonly source: Uint8Array }[],
  paths: readonly string[],
  site: Uint8Array,
): readonly string[] => {
  const media = paths.filter(isMedia);
  const { channel, known } = compileSite(site, recordOf(media, PICTURE));
  const context = {
    channel: channel ?? { ...EMPTY_CHANNEL, ...known },
    media: recordOf(media, UNREADABLE_MEDIA),
    // A link is valid if its file exists: the slug that it leads to does not matter here.
    slugs: recordOf(paths.filter(isStory), "a-story"),
  };
  const named = stories.flatMap(
    ({ path, source }) => compile(path, source, context).item?.media ?? mentionedIn(source, media),
  );
  return [...new Set(named)].filter((path) => channel?.media.includes(path) !== true);
};
