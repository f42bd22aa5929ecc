import { MAX_LISTED, nextPage, readWholeNumber } from "../admin/paging.ts";
import { jsonResponse } from "../http/api-response.ts";
import type { Newsroom } from "./newsroom.ts";

/** GET /api/log?before=…: the audit log, the latest entry first. */
export const getAuditLog = async (request: Request, { repository, channel }: Newsroom): Promise<Response> => {
  const before = readWholeNumber(new URL(request.url).searchParams.get("before"), Number.MAX_SAFE_INTEGER);
  const entries = await repository.listAuditLog(before, MAX_LISTED);
  return jsonResponse(200, {
    entries: entries.map(({ at, ...entry }) => ({ ...entry, at: new Date(at).toISOString() })),
    next: nextPage(channel, entries, MAX_LISTED, ({ number }) => `/api/log?before=${number}`),
  });
};
