import type { Authenticator } from "../admin/authenticate.ts";
import type { AddNewsroomRoutes } from "../routes/router.ts";
import type { Assets } from "../routes/site.ts";
import type { BundledStore } from "../store/bundled/bundled-store.ts";
import type { Contracts } from "../store/contracts.ts";
import type { Store } from "../store/store.ts";
import type { Env } from "./environment.ts";
import type { Platform } from "./platform.ts";

/** Where a worker's stories and media come from, and what comes with them. */
export interface ContentSource {
  readonly store: Store;
  readonly contracts: Contracts;
  readonly assets: Assets;
  /** Finds the editor who has a token; if it is absent, only the owner has one. */
  readonly findEditor?: Authenticator["findEditor"];
  /** Adds the routes of the publish API; absent if stories cannot be written. */
  readonly addRoutes?: AddNewsroomRoutes;
  /** Deletes media files that no story uses any longer. The cron trigger calls it. */
  readonly deleteUnusedMedia?: () => Promise<void>;
  /**
   * Does a step of compiling stored stories again that another version compiled; resolves to whether there was anything
   * to do. The scheduler calls it. Absent if stories come compiled.
   */
  readonly recompile?: () => Promise<boolean>;
}

/** What a content source is opened with. */
export interface ContentSourceDependencies {
  /** The compiled content/ of the deployment. */
  readonly bundled: BundledStore;
  readonly env: Env;
  readonly platform: Platform;
}

/** Opens a content source. Throws an Error that says what to change if a binding or variable is missing or wrong. */
export type OpenContentSource = (dependencies: ContentSourceDependencies) => ContentSource;

/** The media files of content/ that were deployed with the worker. Throws an Error that says what to change if they are not bound. */
export const requireAssets = ({ ASSETS }: Env): Assets => {
  if (ASSETS !== undefined) return ASSETS;
  throw new Error("The worker has no media files: bind build/assets as ASSETS in wrangler.toml (docs/deploy.md).");
};

/** The stories of content/, as they were deployed with the worker. */
export const openBundledContent: OpenContentSource = ({ bundled, env }) => {
  if (env.STORE === "d1") {
    throw new Error(
      'STORE is `d1`, but src/worker.ts serves the stories of content/. Set main = "src/newsroom-worker.ts" under [env.newsroom] in wrangler.toml, or remove STORE.',
    );
  }
  return { store: bundled, contracts: bundled.contracts, assets: requireAssets(env) };
};

/** The stories of a publication that was loaded. It has no media files of its own. */
export const openLoadedContent: OpenContentSource = ({ bundled }) => ({
  store: bundled,
  contracts: bundled.contracts,
  assets: { fetch: async () => new Response(null, { status: 404 }) },
});
