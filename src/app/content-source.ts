import type { Authenticator } from "../admin/authenticate.ts";
import type { AddRoutes, Assets, Reading } from "../routes/site.ts";
import type { BundledStore } from "../store/bundled/bundled-store.ts";
import type { Store } from "../store/store.ts";
import type { Env, Platform } from "./environment.ts";

/** Where a worker's stories and media come from, and what else it serves. */
export interface ContentSource {
  readonly store: Store;
  readonly assets: Assets;
  /** Finds the editor that has a token; nobody but the owner has one if this is absent. */
  readonly editorByHash?: Authenticator["editorByHash"];
  /** The routes of the newsroom. */
  readonly routes?: (reading: Reading, authenticator: Authenticator) => AddRoutes;
  /** Deletes files that nothing names any longer; to be called now and then. */
  readonly deleteUnused?: () => Promise<void>;
}

/** What a content source is opened with. */
export interface ContentSourceSettings {
  /** The compiled content/ of the deployment. */
  readonly bundled: BundledStore;
  readonly env: Env;
  readonly platform: Platform;
  /** To be called after every write: what readers see may have changed. */
  readonly onWritten: () => void;
}

/** Opens a content source. Throws an Error that says what to change if a binding or variable is missing or wrong. */
export type OpenContentSource = (settings: ContentSourceSettings) => ContentSource;

/** The stories of content/, as they were deployed with the worker. */
export const openBundledContent: OpenContentSource = ({ bundled, env }) => {
  if (env.STORE === "d1") {
    throw new Error(
      'STORE is `d1`, but src/worker.ts serves the stories of content/. Set main = "src/newsroom-worker.ts" under [env.newsroom] in wrangler.toml, or remove STORE.',
    );
  }
  return { store: bundled, assets: env.ASSETS };
};
