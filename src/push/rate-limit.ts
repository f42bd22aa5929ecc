import { networkOf } from "../outbound/public-address.ts";

/** Whether whoever sends a request has not asked too often. Without a limit, nobody has. */
export const isWithinLimit = async (
  limit: Pick<RateLimit, "limit"> | undefined,
  { headers }: Request,
): Promise<boolean> => {
  const key = networkOf(headers.get("cf-connecting-ip") ?? "");
  return (await limit?.limit({ key }))?.success !== false;
};
