/** Headers of a request, by name. */
export type Fields = Readonly<Record<string, string>>;

/** How a kind of feed reader polls. */
export interface ClientKind {
  readonly name: string;
  /** The headers of every request. */
  readonly fields: Fields;
  /** Whether it sends the entity tag of the last response. */
  readonly isConditional: boolean;
}

const GZIP: Fields = { "accept-encoding": "gzip" };
const DELTAS: Fields = { "a-im": "feed" };

/** All kinds. The first gets full feeds; the others are compared with it. */
export const clientKinds: readonly [ClientKind, ...ClientKind[]] = [
  { name: "full, always", fields: {}, isConditional: false },
  { name: "gzip, always", fields: GZIP, isConditional: false },
  { name: "gzip, If-None-Match", fields: GZIP, isConditional: true },
  { name: "no gzip, If-None-Match, A-IM: feed", fields: DELTAS, isConditional: true },
  { name: "gzip, If-None-Match, A-IM: feed", fields: { ...GZIP, ...DELTAS }, isConditional: true },
];
