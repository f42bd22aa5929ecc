import type { Authenticator } from "../admin/authenticate.ts";
import type { Revision } from "../model/snapshot.ts";
import { createReading, type Site } from "../routes/site.ts";
import { openBundled } from "../store/bundled/bundled-store.ts";
import type { ContentSource, OpenContentSource } from "./content-source.ts";
import type { Env, Platform } from "./environment.ts";
import { openPush } from "./open-push.ts";

/** A site, and what its stories come from. */
export interface OpenedSite {
  readonly site: Site;
  readonly source: ContentSource;
}

/**
 * Makes a site of a compiled publication, the bindings and a platform. Throws an Error that says what to change if a binding or
 * variable is missing or wrong.
 */
export const openSite = (
  publication: string,
  revision: Revision,
  openSource: OpenContentSource,
  env: Env,
  platform: Platform,
  onWritten: () => void,
): OpenedSite => {
  const { PUBLISH_TOKEN = "", SITE_URL = "" } = env;
  const source = openSource({ bundled: openBundled(publication, SITE_URL, revision), env, platform, onWritten });
  const { store, assets, editorByHash = async () => undefined } = source;
  const { channel } = store;
  const { now, waitUntil, openEdgeCache } = platform;
  const push = openPush(channel, env);
  const reading = createReading({ store, assets, now, waitUntil, edgeCache: openEdgeCache?.(channel.url) });
  if (PUBLISH_TOKEN === "") return { site: { reading, ...(push && { push }) }, source };
  const authenticator: Authenticator = { ownerToken: PUBLISH_TOKEN, editorByHash };
  const addNewsroomRoutes = source.routes?.(reading, authenticator);
  const site = { reading, authenticator, ...(push && { push }), ...(addNewsroomRoutes && { addNewsroomRoutes }) };
  return { site, source };
};
