/** An entry of a feed's document: a story or a tombstone. */
export interface Entry {
  /** Offset of its first byte in the body. */
  readonly start: number;
  /** Offset of the byte after its last one. */
  readonly end: number;
  readonly digest: string;
}

/** A feed as bytes: head, entries with separators between them, foot. */
export interface FeedDocument {
  readonly body: Uint8Array;
  /** Digest of the head and all entries. */
  readonly digest: string;
  readonly entries: readonly Entry[];
  /** Bytes of the head. */
  readonly head: number;
  /** Bytes of the foot. */
  readonly foot: number;
  /** Text between two entries. */
  readonly separator: string;
}
