import { json } from "./answer.ts";
import type { Newsroom } from "./newsroom.ts";

const MOST_LISTED = 100;

/** GET /api/log?before=…: who did what, the latest first. */
export const getLog = async (request: Request, { desk }: Newsroom): Promise<Response> => {
  const before = new URL(request.url).searchParams.get("before") ?? "";
  const entries = await desk.logBefore(
    /^\d{1,15}$/.test(before) ? Number(before) : Number.MAX_SAFE_INTEGER,
    MOST_LISTED,
  );
  const last = entries.at(-1);
  return json(200, {
    entries: entries.map(({ at, ...entry }) => ({ ...entry, at: new Date(at).toISOString() })),
    next: last === undefined || entries.length < MOST_LISTED ? null : `/api/log?before=${last.number}`,
  });
};
