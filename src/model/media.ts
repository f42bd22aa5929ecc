/** What the bytes of a media file say about it. Nothing here comes from the file's name. */
export interface MediaFile {
  /** MIME type, with a charset where it is text. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  /** Pixels, of pictures only. */
  readonly width?: number;
  readonly height?: number;
}

/** A picture that stands for a story or for the publication. */
export interface Image extends Partial<MediaFile> {
  /** Absolute. */
  readonly url: string;
  /** What the picture shows, for those who can't see it. */
  readonly alt: string;
  /** Who made it. */
  readonly credit?: string;
}

/** A file that belongs to a story: RSS enclosure, Atom link rel=enclosure, JSON Feed attachment. */
export interface Attachment {
  /** Absolute. */
  readonly url: string;
  readonly type: string;
  /** Bytes; absent where it is not known (a file elsewhere). */
  readonly length?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly title?: string;
}
