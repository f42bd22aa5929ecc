import { join } from "node:path";

/** Where content/ is built with what readers do not see yet: no command that deploys reads it, and git knows nothing of it. */
export const DRAFTS_FOLDER: string = join(".wrangler", "drafts");
