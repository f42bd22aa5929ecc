import { hash } from "node:crypto";
import type { Revision } from "../../model/snapshot.ts";

/** What of the worker's settings makes what it serves another one. */
export interface Deployment {
  readonly VERSION?: Pick<WorkerVersionMetadata, "id" | "timestamp">;
  readonly SITE_URL?: string;
}

/** The revision that was deployed with the worker: what is kept under it outside of the isolate stays true. */
export const deployedRevision = (text: string, { SITE_URL = "", VERSION }: Deployment): Revision => {
  const at = Date.parse(VERSION?.timestamp ?? "");
  return {
    id: hash("sha256", `${VERSION?.id}\n${SITE_URL}\n${text}`, "base64url").slice(0, 16),
    at: Number.isNaN(at) ? 0 : Math.floor(at / 1000) * 1000,
  };
};
