import { env } from "cloudflare:workers";
import { basePathOf, isBasePath } from "../model/address.ts";
import type { OpenContentSource } from "./content-source.ts";
import { createWorker } from "./create-worker.ts";
import { cloudflarePlatform } from "./platform.ts";
import type { SiteWorker, WorkerOptions } from "./site-worker.ts";

/** A path as `basePathOf` gives one. Throws an Error that says what to write if it is none. */
const readPath = (path: string): string => {
  if (path.startsWith("/") && isBasePath(path)) return path.replace(/\/$/, "");
  throw new Error(`\`path\` of createWorker is \`${path}\`. Write the path below which the site lies, such as /news.`);
};

/** Throws an Error that says what to change if a publication does not lie where it is mounted. */
const requirePath = (siteUrl: string, path: string): void => {
  if (basePathOf(siteUrl) === path) return;
  throw new Error(
    `The site's address is ${siteUrl}, but \`path\` of createWorker is \`${path || "/"}\`. Give both the same path.`,
  );
};

/** Creates a worker as it is deployed. Throws an Error that says what to change if a binding, variable or option is wrong. */
export const createDeployedWorker = (
  { publication, path }: WorkerOptions,
  openSource: OpenContentSource,
): SiteWorker => {
  const basePath = path === undefined ? undefined : readPath(path);
  const worker = createWorker(publication, cloudflarePlatform, openSource, basePath);
  // At start-up, when time is free, and so that a wrong variable fails the deployment instead of requests.
  if (typeof publication === "string") {
    const { site } = worker.open(env);
    if (basePath !== undefined) requirePath(site.store.channel.url, basePath);
  }
  return worker;
};
