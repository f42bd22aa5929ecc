import type { ContentSourceDependencies } from "../../../src/app/content-source.ts";
import type { Env } from "../../../src/app/environment.ts";
import type { Platform } from "../../../src/app/platform.ts";
import { openBundled } from "../../../src/store/bundled/bundled-store.ts";
import { compileText, type Files } from "../../fixtures/publication.ts";

/** A binding ASSETS without files. */
export const ASSETS: Env["ASSETS"] = { fetch: async () => new Response(null, { status: 404 }) };

/** A platform whose clock stands still. */
export const platform: Platform = { now: () => 0, waitUntil: () => {} };

/** What a content source is opened with, for a content/ folder and some bindings and variables. */
export const dependenciesOf = async (files: Files, bindings: Partial<Env>): Promise<ContentSourceDependencies> => ({
  bundled: openBundled(await compileText(files), "", { id: "one", at: 0 }),
  env: { ASSETS, ...bindings },
  platform,
});
