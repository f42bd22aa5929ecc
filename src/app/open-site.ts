import type { Authenticator } from "../admin/authenticate.ts";
import { assetsBefore, openMediaBucket } from "../newsroom/media/media-bucket.ts";
import type { Newsroom } from "../newsroom/newsroom.ts";
import { createSite, type Site } from "../routes/site.ts";
import { openBundled } from "../store/bundled/bundled-store.ts";
import { openD1 } from "../store/d1/d1-store.ts";
import { openNewsroomRepository } from "../store/d1/newsroom-repository.ts";
import { readRefreshInterval } from "../store/d1/snapshot.ts";
import type { Revision } from "../store/store.ts";
import type { Env, Platform } from "./environment.ts";
import { openPush } from "./open-push.ts";

const TIMEOUT_MS = 2000;

/** Milliseconds. A write that was given up may have been done all the same, so it gets longer. */
const WRITE_TIMEOUT_MS = 25_000;

/** Makes a site of a compiled publication and what wrangler.toml binds. Throws where a variable is wrong. */
export const openSite = (text: string, revision: Revision, platform: Platform, bindings: Env): Site => {
  const { now, waitUntil, openEdgeCache, onWritten, timeoutMs = TIMEOUT_MS } = platform;
  const { ASSETS, DB, MEDIA, PUBLISH_TOKEN = "", SITE_URL = "", STORE } = bindings;
  const bundled = openBundled(text, SITE_URL, revision);
  const { channel } = bundled;
  const edgeCache = openEdgeCache?.(channel.url);
  const push = openPush(channel, bindings);
  const parts = { now, waitUntil, ...(edgeCache && { edgeCache }), ...(push && { push }) };
  const authenticatorOf = (editorByHash: Authenticator["editorByHash"]) =>
    PUBLISH_TOKEN === "" ? {} : { authenticator: { ownerToken: PUBLISH_TOKEN, editorByHash } };
  if (STORE !== "d1")
    return createSite({ ...parts, ...authenticatorOf(async () => undefined), store: bundled, assets: ASSETS });
  if (DB === undefined) throw new Error("STORE is `d1`, but there is no database: bind one as DB in wrangler.toml.");
  const refreshIntervalMs = readRefreshInterval(bindings.REVISION_SECONDS);
  const store = openD1(DB, { channel, revision, refreshIntervalMs, timeoutMs, waitUntil, channelMedia: bundled.media });
  const bucket = MEDIA && openMediaBucket(MEDIA);
  const repository = openNewsroomRepository(DB, timeoutMs, WRITE_TIMEOUT_MS);
  const newsroom: Newsroom = {
    ...{ channel, now },
    onWritten() {
      store.refresh();
      waitUntil(onWritten?.(bindings) ?? Promise.resolve());
    },
    siteMedia: async (path) => (await bundled.media(path))?.file,
    repository,
    ownerToken: PUBLISH_TOKEN,
    mustBeConditional: bindings.REQUIRE_IF_MATCH === "true",
    ...(bucket && { bucket }),
  };
  return createSite({
    ...parts,
    ...authenticatorOf(repository.editorByHash),
    store,
    assets: bucket === undefined ? ASSETS : assetsBefore(bucket, ASSETS),
    ...(PUBLISH_TOKEN !== "" && { newsroom }),
  });
};
