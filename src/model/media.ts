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

/** The image of a story or of the publication. */
export interface Image extends Partial<MediaFile> {
  /** Absolute. */
  readonly url: string;
  /** Alternative text. */
  readonly alt: string;
  /** Name of the author. */
  readonly credit?: string;
}

/** A media file that belongs to a story: RSS enclosure, Atom link rel=enclosure, JSON Feed attachment. */
export interface Attachment {
  /** Absolute. */
  readonly url: string;
  readonly type: string;
  /** Bytes; absent if it is not known (a file on another site). */
  readonly length?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly title?: string;
}
