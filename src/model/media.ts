/** What is known of a media file from its bytes; nothing comes from its name. */
export interface MediaFile {
  /** MIME type, with a charset if it is text. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  /** Pixels, of pictures only. */
  readonly width?: number;
  readonly height?: number;
}

const MAX_SIDE_PIXELS = 100_000;

/** Half as much again as the cameras with the most have. */
const MAX_AREA_PIXELS = 300_000_000;

/** Whether a picture can have this size in pixels. Files may say anything, such as 4294967295 × 0. */
export const isPossibleSize = (width: number, height: number): boolean =>
  [width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= MAX_SIDE_PIXELS) &&
  width * height <= MAX_AREA_PIXELS;

/** The image of a story or of the publication. */
export interface Image extends Partial<MediaFile> {
  /** Absolute. */
  readonly url: string;
  /** Alternative text. */
  readonly alt: string;
  /** Name of the author. */
  readonly credit?: string;
  /** It never leaves the site: no partner gets it. */
  readonly distributable?: false;
}

/** A media file that belongs to a story: RSS enclosure, Atom link rel=enclosure, JSON Feed attachment. */
export interface Attachment {
  /** Absolute. */
  readonly url: string;
  readonly type: string;
  /** Bytes; absent if it is not known (a file on another site). */
  readonly length?: number;
  /** Seconds, as the writer gave them; feeds have `wholeSeconds`. */
  readonly duration?: number;
  readonly title?: string;
  /** It never leaves the site: no partner gets it. */
  readonly distributable?: false;
}

/** What an image states of its size, unless no picture can have it: older versions stored whatever a file said. */
export const pixelsOf = ({ width, height }: Image): Pick<Image, "width" | "height"> =>
  isPossibleSize(width ?? 1, height ?? 1)
    ? { ...(width !== undefined && { width }), ...(height !== undefined && { height }) }
    : {};

/** The kind of medium of a media type, as Media RSS names it; undefined for documents. */
export const mediumOf = (type: string): "audio" | "video" | "image" | undefined => {
  const [medium] = type.toLowerCase().split("/");
  return medium === "audio" || medium === "video" || medium === "image" ? medium : undefined;
};

/**
 * The attachments in the order of feeds: sound, film, everything else, each as the writer ordered them. Readers that know one
 * enclosure take the first.
 */
export const soundFirst = (attachments: readonly Attachment[]): readonly Attachment[] => {
  const rank = ({ type }: Attachment): number => ["audio", "video"].indexOf(mediumOf(type) ?? "") + 1 || 3;
  return attachments.toSorted((a, b) => rank(a) - rank(b));
};

/**
 * The duration of an attachment in whole seconds, at least one unless it is 0: readers parse an integer, and some refuse a whole
 * feed for a fraction.
 */
export const wholeSeconds = ({ duration }: Attachment): number | undefined =>
  duration === undefined ? undefined : Math.max(Math.sign(duration), Math.round(duration));

/** Kinds of pictures that all programs show which are no browsers: no drawings, nor the photographs of some telephones. */
const COMMON_PICTURES: ReadonlySet<string> = new Set([
  "image/png",
  "image/apng",
  "image/jpeg",
  "image/gif",
  "image/webp",
]);

/** Whether programs that are no browsers show pictures of a media type. */
export const isCommonPicture = (type: string): boolean => COMMON_PICTURES.has(type);
