/** One entry of a feed's document: a story or a tombstone. */
export interface Entry {
  /** Where it lies in the body, in bytes. */
  readonly start: number;
  readonly end: number;
  readonly digest: string;
}

/** A feed as bytes: head, entries with separators between them, foot. */
export interface FeedDocument {
  readonly body: Uint8Array;
  /** Of the head and all entries. */
  readonly digest: string;
  readonly entries: readonly Entry[];
  /** Bytes of the head and of the foot. */
  readonly head: number;
  readonly foot: number;
  /** What stands between two entries. */
  readonly separator: string;
}
