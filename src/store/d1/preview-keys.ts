import { createSingleFlight } from "../../lib/single-flight.ts";
import type { Instant } from "../../model/instant.ts";

/** A key that signs preview links. */
export interface PreviewKey {
  /** Names the key in the links: no secret. */
  readonly id: string;
  readonly secret: string;
}

/** Knows the keys of a newsroom without asking the database for every link. */
export interface PreviewKeys {
  /** The key with this id. It may have been deleted since it was read, or created in the last `refreshIntervalMs`. */
  find(id: string, now: Instant): Promise<PreviewKey | undefined>;
  /** Makes the next `find` read the keys, since this isolate has just written one. */
  invalidate(): void;
  /** Forgets a key that turned out to be deleted. */
  forget(id: string): void;
}

/** What the keys are read with. */
export interface PreviewKeysSettings {
  /** Reads valid keys, `limit` at most. */
  readonly readAll: (limit: number) => Promise<readonly PreviewKey[]>;
  /** Reads the valid key with an id. */
  readonly readOne: (id: string) => Promise<PreviewKey | undefined>;
  /** Milliseconds for which a key that another isolate created may be missing. */
  readonly refreshIntervalMs: number;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** With more keys, nothing is known, and the database is asked for each link. */
const MAX_KEYS = 1001;

/** The keys, or nothing if there are too many, and when they were read. */
interface KnownKeys {
  readonly at: Instant;
  readonly secrets: Map<string, string> | undefined;
}

/** The keys of a newsroom's preview links: read again, at most once in `refreshIntervalMs`, if a link names an unknown one. */
export const createPreviewKeys = ({
  readAll,
  readOne,
  refreshIntervalMs,
  waitUntil,
}: PreviewKeysSettings): PreviewKeys => {
  const singleFlight = createSingleFlight<KnownKeys>(waitUntil);
  let known: KnownKeys | undefined;
  let writes = 0;

  const readKnown = async (at: Instant): Promise<KnownKeys> => {
    const writesBefore = writes;
    const keys = await readAll(MAX_KEYS + 1);
    const secrets = keys.length > MAX_KEYS ? undefined : new Map(keys.map(({ id, secret }) => [id, secret]));
    const read = { at, secrets };
    // A key that was written meanwhile may not be among them.
    if (writes === writesBefore) known = read;
    return read;
  };

  return {
    async find(id, now) {
      const isFresh = known !== undefined && (known.secrets?.has(id) === true || now < known.at + refreshIntervalMs);
      const { secrets } =
        known !== undefined && isFresh ? known : await singleFlight(String(writes), () => readKnown(now));
      if (secrets === undefined) return readOne(id);
      const secret = secrets.get(id);
      return secret === undefined ? undefined : { id, secret };
    },
    invalidate() {
      writes += 1;
      known = undefined;
    },
    forget(id) {
      known?.secrets?.delete(id);
    },
  };
};
