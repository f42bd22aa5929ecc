import { jsonResponse, refuse } from "../http/api-response.ts";
import { Unavailable } from "../lib/with-timeout.ts";
import type { UsageReader } from "../usage/usage.ts";
import { type Editor, refuseUnless } from "./role.ts";

/** What the handler works with. */
export interface UsageSources {
  /** Absent: nothing is counted. */
  readonly usage: UsageReader | undefined;
  /** Whether there is a contract with this name. */
  readonly isPartner: (name: string) => Promise<boolean>;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** GET /api/partners/{name}/usage?from=…: what a partner took, by file and day (UTC). */
export const getUsage = async (
  request: Request,
  name: string,
  editor: Editor,
  { usage, isPartner }: UsageSources,
): Promise<Response> => {
  const refused = refuseUnless("publish", editor, "Seeing what partners take");
  if (refused !== undefined) return refused;
  if (usage === undefined)
    return refuse(404, "This worker does not count what partners take: bind USAGE in wrangler.toml (docs/deploy.md).");
  const from = new URL(request.url).searchParams.get("from") ?? undefined;
  if (from !== undefined && !DAY.test(from)) return refuse(400, "`from` is a day such as 2026-03-01.");
  if (!(await isPartner(name))) return refuse(404, `There is no contract with \`${name}\`.`);
  const days = await usage.read(name, from).catch((cause: unknown) => {
    throw new Unavailable("the object of usage failed", { cause });
  });
  return jsonResponse(200, days);
};
