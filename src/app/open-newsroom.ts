import { deleteUnusedMedia } from "../newsroom/media/delete-unused-media.ts";
import { openMediaBucket, withUploads } from "../newsroom/media/media-bucket.ts";
import type { Newsroom } from "../newsroom/newsroom.ts";
import { recompileStories } from "../newsroom/stories/recompile-stories.ts";
import { addNewsroomRoutes } from "../routes/newsroom-routes.ts";
import { openD1 } from "../store/d1/d1-store.ts";
import { type NewsroomRepository, openNewsroomRepository } from "../store/d1/newsroom-repository.ts";
import { readRefreshIntervalMs } from "../store/d1/snapshot-cache.ts";
import { type OpenContentSource, requireAssets } from "./content-source.ts";
import { wakeScheduler } from "./environment.ts";

const TIMEOUT_MS = 2000;

/** Longer than that of reads: a write that timed out may have been done all the same. */
const WRITE_TIMEOUT_MS = 25_000;

/**
 * The stories of the newsroom: D1 and R2, with the publish API. site.yaml and the media that it names are those of
 * content/.
 */
export const openNewsroom: OpenContentSource = ({ bundled, env, platform }) => {
  const { DB, MEDIA, STORE = "d1" } = env;
  if (STORE !== "d1") {
    throw new Error(
      `STORE is \`${STORE}\`, but src/newsroom-worker.ts serves the stories of D1. Set STORE = "d1", or main = "src/worker.ts", in wrangler.toml.`,
    );
  }
  if (DB === undefined) throw new Error("The newsroom has no database: bind one as DB in wrangler.toml.");
  const { now, waitUntil, timeoutMs = TIMEOUT_MS } = platform;
  const { channel, siteUrl, revision } = bundled;
  const refreshIntervalMs = readRefreshIntervalMs(env.REVISION_SECONDS);
  const store = openD1(DB, {
    channel,
    revision,
    timeoutMs,
    waitUntil,
    refreshIntervalMs,
    findChannelMedia: bundled.findMedia,
  });
  const assets = requireAssets(env);
  const bucket = MEDIA && openMediaBucket(MEDIA);
  const openRepository = (onWritten: () => void): NewsroomRepository =>
    openNewsroomRepository(DB, {
      timeoutMs,
      writeTimeoutMs: WRITE_TIMEOUT_MS,
      refreshIntervalMs,
      siteLanguage: channel.language,
      waitUntil,
      onWritten,
    });
  const repository = openRepository(() => {
    store.refresh();
    waitUntil(wakeScheduler(env));
  });
  const findSiteMedia: Newsroom["findSiteMedia"] = async (path) => (await bundled.findMedia(path))?.file;
  return {
    store,
    contracts: store.contracts,
    assets: bucket === undefined ? assets : withUploads(bucket, assets),
    findEditor: async (tokenHash) =>
      (await store.knowsToken(tokenHash, now())) ? repository.findEditor(tokenHash) : undefined,
    addRoutes(router, site, authenticator) {
      const newsroom: Newsroom = {
        channel,
        now,
        repository,
        siteUrl,
        formatsInUse: async () => store.contracts.formats(now()),
        findSiteMedia,
        ownerTokenHash: authenticator.ownerTokenHash,
        requiresIfMatch: env.REQUIRE_IF_MATCH === "true",
        ...(bucket && { bucket }),
      };
      addNewsroomRoutes(router, newsroom, site, authenticator);
    },
    async deleteUnusedMedia() {
      // Rejects if the database has newer data than this code knows.
      await store.snapshotAt(now());
      if (bucket !== undefined) await deleteUnusedMedia(repository, bucket, now());
    },
    recompile() {
      // The scheduler, which calls this, is not woken by it: it takes its time between two steps.
      return recompileStories({
        channel,
        siteUrl,
        findSiteMedia,
        now,
        repository: openRepository(() => store.refresh()),
      });
    },
  };
};
