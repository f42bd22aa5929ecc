import { createHash } from "node:crypto";

/**
 * The shard that keeps a callback's subscription to a topic: by the callback's hash, among so many shards. Their number, the
 * layout, stands in the name, so that another number makes other shards.
 */
export const shardName = (topic: string, callback: string, shards: number): string => {
  const hash = createHash("sha256").update(callback).digest().readUInt32BE(0);
  return `${topic}#${hash % shards}/${shards}`;
};

/** How many shards there are in the layout of a shard. */
export const layoutOf = (name: string): number => Number(name.slice(name.lastIndexOf("/") + 1));
