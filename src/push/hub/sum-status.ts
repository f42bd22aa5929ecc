import type { ShardStatus } from "../rpc.ts";

/** How a topic stands, by how each of its shards does. */
export const sumStatus = (shards: readonly ShardStatus[]): ShardStatus => {
  const lastDelivery = Math.max(0, ...shards.map((one) => one.lastDelivery ?? 0));
  return {
    subscribers: shards.reduce((sum, { subscribers }) => sum + subscribers, 0),
    pending: shards.reduce((sum, { pending }) => sum + pending, 0),
    ...(lastDelivery > 0 && { lastDelivery }),
    failures: shards.flatMap(({ failures }) => failures),
  };
};
