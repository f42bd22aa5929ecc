import { createHash } from "node:crypto";

/**
 * Returns the name of the shard, among so many, for a callback's subscription to a topic: it is chosen by the
 * callback's hash. Their number stands in the name, so that with another number there are other shards. Subscriptions
 * are found by these names for ever.
 */
export const shardName = (topic: string, callback: string, shardCount: number): string => {
  const hash = createHash("sha256").update(callback).digest().readUInt32BE(0);
  return `${topic}#${hash % shardCount}/${shardCount}`;
};

/** Returns among how many shards the one of a name was chosen. */
export const shardCountOf = (name: string): number => Number(name.slice(name.lastIndexOf("/") + 1));
