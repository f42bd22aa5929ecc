/** Headers of a request, by name. */
export type Fields = Readonly<Record<string, string>>;

/** How a feed reader asks. */
export interface ClientKind {
  readonly name: string;
  /** Of every request. */
  readonly fields: Fields;
  /** Whether it sends the tag of what it got last. */
  readonly isConditional: boolean;
}

const GZIP: Fields = { "accept-encoding": "gzip" };
const DELTAS: Fields = { "a-im": "feed" };

/** All, the one that gets full feeds first: it is what the others are compared with. */
export const clientKinds: readonly [ClientKind, ...ClientKind[]] = [
  { name: "full, always", fields: {}, isConditional: false },
  { name: "gzip, always", fields: GZIP, isConditional: false },
  { name: "gzip, If-None-Match", fields: GZIP, isConditional: true },
  { name: "no gzip, If-None-Match, A-IM: feed", fields: DELTAS, isConditional: true },
  { name: "gzip, If-None-Match, A-IM: feed", fields: { ...GZIP, ...DELTAS }, isConditional: true },
];
