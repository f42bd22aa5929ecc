import { NotReadyError } from "../lib/not-ready-error.ts";
import { createSingleFlight } from "../lib/single-flight.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import { isHubBound } from "../push/bindings.ts";
import { deployedRevision } from "../store/bundled/deployed-revision.ts";
import { createLoading } from "../store/loaded/load-publication.ts";
import type { CurrentPublication, PublicationAnswer, PublicationSource } from "../store/loaded/publication-source.ts";
import { type OpenContentSource, openLoadedContent } from "./content-source.ts";
import { type Env, schedulerOf } from "./environment.ts";
import { type OpenedSite, openSite } from "./open-site.ts";
import type { Platform } from "./platform.ts";

/** The site of a worker: always the same, or another one whenever its publication was loaded anew. */
export interface Sites {
  /**
   * The site as it is now; a Promise if that has to be asked for. Throws or rejects with an Error that says what to change if a
   * binding or variable is wrong, and with a `NotReadyError` if its publication could not be loaded yet.
   */
  current(env: Env): OpenedSite | Promise<OpenedSite>;
  /** The site that was current last. Throws as `current` does; a `NotReadyError` if there was none yet. */
  known(env: Env): OpenedSite;
  /** Has the site be asked for as it is at this very moment. Rejects if that can't be known. */
  refresh(env: Env): Promise<void>;
}

/** The site of a publication that the build compiled (`text`): opened once, with the first bindings that are given. */
export const bundledSites = (text: string, platform: Platform, openSource: OpenContentSource): Sites => {
  let opened: OpenedSite | undefined;
  const open = (env: Env): OpenedSite => {
    opened ??= openSite({ text, revision: deployedRevision(text, env, isHubBound(env)), env, platform, openSource });
    return opened;
  };
  return {
    current: open,
    known: open,
    async refresh(env) {
      open(env).site.store.refresh();
    },
  };
};

/** Identifies the version of the worker, whatever it serves. */
export const deploymentOf = (env: Env): string => deployedRevision("", env, isHubBound(env)).id;

/** Where there is no scheduler, each isolate loads by itself. */
const loadHere = (source: PublicationSource, basePath: string, env: Env, { now, waitUntil }: Platform) => {
  const loading = createLoading({ source, basePath, deployment: deploymentOf(env), now, waitUntil });
  return { publication: (): Promise<CurrentPublication | undefined> => loading.current() };
};

/** So long may the scheduler take to answer: the first load of all takes as long as the source does. */
const FIRST_TIMEOUT_MS = 25_000;
const TIMEOUT_MS = 3000;

/** After a scheduler that did not answer, it is asked again after so long. */
const RETRY_MS = 5000;

/** The site of a publication that is loaded while the worker runs: by the scheduler, if it is bound, for all isolates. */
export const loadedSites = (source: PublicationSource, basePath: string, platform: Platform): Sites => {
  const { now, waitUntil } = platform;
  const singleFlight = createSingleFlight<OpenedSite>(waitUntil);
  let held: { readonly id: string; readonly until: number; readonly opened: OpenedSite } | undefined;
  let local: ReturnType<typeof loadHere> | undefined;
  /** Why the scheduler did not answer when it was asked last. */
  let failure: unknown;

  const ask = (env: Env): Promise<PublicationAnswer | undefined> => {
    // It has this method, since it is this worker's own class.
    const answer = schedulerOf(env)?.publication?.(held?.id);
    if (answer !== undefined) return Promise.resolve(answer);
    local ??= loadHere(source, basePath, env, platform);
    return local.publication();
  };

  const open = (env: Env, { id, at, text, until }: PublicationAnswer): OpenedSite => {
    if (held?.id !== id) {
      if (text === undefined) throw new NotReadyError("the scheduler did not say what the publication is");
      const deployment = deploymentOf(env);
      // While a deployment is rolled out, the scheduler may be of another version than this isolate, which renders otherwise.
      const revision = { id: `${id}.${deployment}`, ...(at !== undefined && { at }) };
      const loaded = { deployment, isFirst: held === undefined };
      const opened = openSite({ text, revision, env, platform, openSource: openLoadedContent, loaded });
      if (opened.basePath !== basePath) {
        const [here, there] = [basePath || "/", opened.basePath || "/"];
        throw new Error(
          env.SITE_URL
            ? `SITE_URL is \`${env.SITE_URL}\`, but the site is mounted at \`${here}\`. Give both the same path.`
            : `SCHEDULER is that of the Feed at \`${there}\`, but this one is mounted at \`${here}\`. Bind a class of its own for each.`,
        );
      }
      held = { id, until, opened };
    }
    held = { ...held, until };
    return held.opened;
  };

  /** Of an error in the scheduler, the class is lost on the way: as long as there is nothing to serve, each is a `NotReadyError`. */
  const askFirst = async (env: Env): Promise<PublicationAnswer> => {
    const answer = await withTimeout(ask(env), FIRST_TIMEOUT_MS).catch((error: unknown) => {
      console.error("the scheduler does not answer, and there is nothing to serve yet:", error);
    });
    if (answer === undefined) throw new NotReadyError("the publication could not be loaded yet");
    return answer;
  };

  const update = async (env: Env): Promise<OpenedSite> => {
    if (held === undefined) return open(env, await askFirst(env));
    try {
      const answer = await withTimeout(ask(env), TIMEOUT_MS);
      if (answer === undefined) throw new NotReadyError("the scheduler has lost the publication");
      failure = undefined;
      return open(env, answer);
    } catch (error) {
      failure = error;
      console.error("the scheduler does not answer; the last known publication is served:", error);
      held = { ...held, until: now() + RETRY_MS };
      return held.opened;
    }
  };

  const updateOnce = (env: Env): Promise<OpenedSite> => singleFlight("", () => update(env));

  return {
    current: (env) => (held !== undefined && now() < held.until ? held.opened : updateOnce(env)),
    known() {
      if (held === undefined) throw new NotReadyError("the publication could not be loaded yet");
      return held.opened;
    },
    async refresh(env) {
      await updateOnce(env);
      if (failure !== undefined) throw failure;
    },
  };
};
