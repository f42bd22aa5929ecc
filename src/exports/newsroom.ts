import { env } from "cloudflare:workers";
import { createWorker } from "../app/create-worker.ts";
import { openNewsroom } from "../app/open-newsroom.ts";
import { cloudflarePlatform } from "../app/platform.ts";
import type { SiteWorker } from "../app/site-worker.ts";

/** Creates the newsroom of a publication: its stories are in D1, and written through the publish API. */
export const createNewsroom = ({ publication }: { readonly publication: string }): SiteWorker => {
  const worker = createWorker(publication, cloudflarePlatform, openNewsroom);
  worker.open(env);
  return worker;
};
