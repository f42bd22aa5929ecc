import { hash } from "node:crypto";
import { withTimeout } from "../../lib/with-timeout.ts";
import type { Instant } from "../../model/instant.ts";
import type {
  CompiledContent,
  CurrentPublication,
  LoadedPublication,
  PublicationSource,
  ServedPublication,
} from "./publication-source.ts";
import { SourceError } from "./source-error.ts";

/** What is stored of a publication. */
export interface StoredPublication {
  readonly publication: LoadedPublication;
  /** Digest of what is served of it. */
  readonly digest: string;
  /** When readers could first see it, in whole seconds. */
  readonly at: Instant;
}

/** Where a loaded publication is stored. */
export interface PublicationStorage {
  read(): StoredPublication | undefined;
  /** Replaces what is stored, which is `former`. All of it is written, or nothing. */
  write(next: StoredPublication, former: LoadedPublication | undefined): void;
}

/** What a publication is loaded with. */
export interface LoadingDependencies {
  readonly source: PublicationSource;
  /** The path below which the site lies; empty if that is the root of its origin. */
  readonly basePath: string;
  /** Identifies the version of the worker, and whatever else changes what is served of a publication. */
  readonly deployment: string;
  /** Absent: what is loaded is known as long as the isolate lives, and nobody knows since when it is served. */
  readonly storage?: PublicationStorage;
  /** Milliseconds since 1970. */
  readonly now: () => Instant;
  /** Lets work go on after the response has been sent. */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** So long may loading take. */
const LOAD_TIMEOUT_MS = 20_000;

/** So long do readers wait for it if there is a publication that is much too old. */
const WAIT_MS = 2000;

/** While it is being loaded, it is asked for again after so long. */
const BUSY_MS = 1000;

/** After a first attempt that failed, the next one is made no sooner, and, if refreshes are rarer, no later. */
const RETRY_MS = 10_000;

const DIGEST_LENGTH = 16;

/** Loads a publication, and again whenever that is due. One at a time. */
export interface Loading {
  /** The publication that is served now; undefined if it could never be loaded. */
  current(): Promise<CurrentPublication | undefined>;
  /** Loads it if that is due. Never rejects: what fails is logged, and the last good publication stays. */
  refresh(): Promise<void>;
  /** When it is due to be loaded. */
  due(): Instant;
  /** What is served without asking for anything new; undefined if there is nothing yet. */
  served(): ServedPublication | undefined;
}

const wholeSeconds = (time: Instant): Instant => Math.floor(time / 1000) * 1000;

/** The last whole second at which readers got something new of what is stored: stories with a later date appear by themselves. */
const lastChangeOf = ({ at, publication }: StoredPublication, now: Instant): Instant =>
  publication.stories.reduce(
    (last, { item }) => (item.published <= now ? Math.max(last, wholeSeconds(item.published)) : last),
    at,
  );

/** Loads a publication every `refreshSeconds`, and compiles what has changed. */
export const createLoading = ({
  source,
  basePath,
  deployment,
  storage,
  now,
  waitUntil,
}: LoadingDependencies): Loading => {
  const refreshMs = source.refreshSeconds * 1000;
  let stored: StoredPublication | undefined;
  let known: LoadedPublication | undefined;
  let served: ServedPublication | undefined;
  let due = 0;
  let isRestored = false;
  let loading: Promise<void> | undefined;
  let reported: ReadonlySet<string> = new Set();

  const serve = ({ text, publication }: CompiledContent): void => {
    const digest = hash("sha256", `${deployment}\n${text}`, "base64url").slice(0, DIGEST_LENGTH);
    if (storage !== undefined && stored?.digest !== digest) {
      const time = now();
      const earliest = stored === undefined ? 0 : lastChangeOf(stored, time) + 1000;
      const next = { publication, digest, at: Math.max(earliest, wholeSeconds(time)) };
      storage.write(next, stored?.publication);
      stored = next;
    }
    known = publication;
    // What is served once more after something else is another publication: with a later date.
    served = stored === undefined ? { text, id: digest } : { text, id: `${digest}.${stored.at}`, at: stored.at };
  };

  /** Serves what was stored before the process ended: without loading anything, and compiled again only by another version. */
  const restore = (): void => {
    if (isRestored) return;
    isRestored = true;
    try {
      stored = storage?.read();
      // Even if it can't be served: its stories keep their addresses and dates.
      known = stored?.publication;
      if (stored !== undefined) serve(source.compile(stored.publication, stored.publication));
    } catch (error) {
      console.error("what was stored of the publication can't be served, so it is loaded again:", error);
    }
  };

  /** Says once what is the same at every load. */
  const report = (messages: readonly string[]): void => {
    for (const message of messages) if (!reported.has(message)) console.warn(message);
    reported = new Set(messages);
  };

  const load = async (): Promise<void> => {
    try {
      const content = await withTimeout(source.load(basePath, known, now()), LOAD_TIMEOUT_MS);
      const result = source.compile(content, known);
      report([...content.messages, ...result.messages]);
      serve(result);
      due = now() + refreshMs;
    } catch (error) {
      const retryMs = served === undefined ? Math.min(RETRY_MS, refreshMs) : refreshMs;
      due = now() + retryMs;
      const outcome = served === undefined ? "there is nothing to serve yet" : "readers get the last good edition";
      console.error(
        `the publication could not be loaded, so ${outcome}; the next attempt is in ${retryMs / 1000} s:`,
        // Where in our code that was found helps nobody.
        error instanceof SourceError ? error.message : error,
      );
    }
  };

  const refresh = (): Promise<void> => {
    restore();
    if (now() < due) return Promise.resolve();
    loading ??= load().finally(() => {
      loading = undefined;
    });
    waitUntil(loading);
    return loading;
  };

  return {
    due: () => due,
    served() {
      restore();
      return served;
    },
    refresh,
    async current() {
      const refreshing = refresh();
      if (served === undefined) await refreshing;
      else if (now() >= due + refreshMs) await withTimeout(refreshing, WAIT_MS).catch(() => {});
      return served && { ...served, until: loading === undefined ? due : now() + BUSY_MS };
    },
  };
};
