import type { HubDependencies } from "./dependencies.ts";
import type { Pings } from "./external-hub-pings.ts";
import type { Directory } from "./shard-directory.ts";
import type { Topics } from "./topics.ts";

/** What checking a topic works with, and writes to. */
export interface CheckContext extends Pick<HubDependencies, "editionOf" | "isOpen" | "now" | "externalHubs" | "shard"> {
  readonly directory: Directory;
  readonly topics: Topics;
  readonly pings: Pings;
  /** Ends all subscriptions to a topic, and tells the subscribers why. */
  readonly endSubscriptions: (topic: string, reason: string) => Promise<unknown>;
}

/**
 * Checks whether a topic has changed since its shards, and the hubs elsewhere, were told last, and tells those of them
 * that do not know its current edition. Rejects while the edition cannot be told, or a shard fails.
 */
export const checkTopic = async (topic: string, context: CheckContext): Promise<void> => {
  const { directory, topics, pings, editionOf, shard, now, isOpen, externalHubs, endSubscriptions } = context;
  const known = directory.shardsOf(topic);
  if (!isOpen && known.length > 0) await endSubscriptions(topic, "This site has no hub any longer.");
  const shards = isOpen ? known : [];
  const hubs = topics.isPublic(topic) ? externalHubs : [];
  const etags = new Set([...shards.map(({ etag }) => etag), ...hubs.map((hub) => pings.etagOf(hub, topic))]);
  const [etag, ...others] = etags;
  // The edition is needed unless all know the same one, and it is still current.
  const lookup = await editionOf(topic, others.length === 0 && etag !== "" ? etag : undefined);
  if (lookup.kind === "gone") await endSubscriptions(topic, "This feed is gone.");
  if (lookup.kind === "missing") {
    for (const { shard: name } of shards.filter((one) => one.etag !== "")) {
      await shard(name).suspend();
      directory.recordEtag(name, "");
    }
  }
  if (lookup.kind !== "changed") return;
  const { edition } = lookup;
  for (const { shard: name } of shards.filter((one) => one.etag !== edition.etag)) {
    await shard(name).publish(edition);
    directory.recordEtag(name, edition.etag);
  }
  for (const hub of hubs) pings.add(hub, topic, edition.etag, now());
};
