import { hash } from "node:crypto";
import { changedAtOf } from "../../model/publication.ts";
import type { Revision } from "../../model/snapshot.ts";

/** The bindings and variables that change what a deployment serves. */
export interface Deployment {
  readonly VERSION?: Pick<WorkerVersionMetadata, "id" | "timestamp">;
  readonly SITE_URL?: string;
}

/**
 * The revision of a deployment: `id` is a digest of the worker's version, SITE_URL, the compiled publication (`text`) and
 * `hasHub` (whether the built-in hub, which feeds name, can be on), so that what the edge cache holds under it stays true. `at` is
 * when the publication changed, if the build wrote that into it (`npm start`: there, VERSION is new with each build, whatever it
 * changed); otherwise when the version was deployed, in whole seconds, or 0 without VERSION.
 */
export const deployedRevision = (text: string, { SITE_URL = "", VERSION }: Deployment, hasHub: boolean): Revision => {
  const at = changedAtOf(text) ?? Date.parse(VERSION?.timestamp ?? "");
  return {
    id: hash("sha256", `${VERSION?.id}\n${SITE_URL}\n${text}${hasHub ? "" : "\nno hub"}`, "base64url").slice(0, 16),
    at: Number.isNaN(at) ? 0 : Math.floor(at / 1000) * 1000,
  };
};
