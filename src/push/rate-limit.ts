import { networkOf } from "../outbound/public-address.ts";

/**
 * Counts a request of a client by its address, and returns whether it is within the limit; all addresses of one IPv6
 * network (/64) are one. Without a limit, every request is.
 */
export const isWithinLimit = async (
  limit: Pick<RateLimit, "limit"> | undefined,
  { headers }: Request,
): Promise<boolean> => {
  const key = networkOf(headers.get("cf-connecting-ip") ?? "");
  return (await limit?.limit({ key }))?.success !== false;
};
