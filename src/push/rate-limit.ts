import { networkOf } from "../outbound/public-address.ts";

/** Counts a request of a client, and returns whether it is within the limit. Without a limit, every request is. */
export const isWithinLimit = async (
  limit: Pick<RateLimit, "limit"> | undefined,
  { headers }: Request,
): Promise<boolean> => {
  const key = networkOf(headers.get("cf-connecting-ip") ?? "");
  return (await limit?.limit({ key }))?.success !== false;
};
