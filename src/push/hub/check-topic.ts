import type { HubDependencies } from "./dependencies.ts";
import type { Directory } from "./directory.ts";
import type { Pings } from "./pings.ts";
import type { Topics } from "./topics.ts";

/** What a look is written down in, and what it works with. */
interface CheckContext extends Pick<HubDependencies, "editionOf" | "isOpen" | "now" | "externalHubs" | "shard"> {
  readonly directory: Directory;
  readonly topics: Topics;
  readonly pings: Pings;
  /** Ends all subscriptions of a topic, and tells why. */
  readonly end: (topic: string, reason: string) => Promise<unknown>;
}

/** Looks whether a topic has changed since its shards, and the hubs elsewhere, were told; tells those that don't know. */
export const checkTopic = async (topic: string, looking: CheckContext): Promise<void> => {
  const { directory, topics, pings, editionOf, shard, now, end, isOpen } = looking;
  const known = directory.shardsOf(topic);
  if (!isOpen && known.length > 0) await end(topic, "This site has no hub any longer.");
  const shards = isOpen ? known : [];
  const hubs = topics.isPublic(topic) ? looking.externalHubs : [];
  const [told, ...others] = new Set([...shards.map((one) => one.etag), ...hubs.map((hub) => pings.etagOf(hub, topic))]);
  const current = await editionOf(topic, others.length === 0 && told !== "" ? told : undefined);
  if (current.kind === "gone") await end(topic, "This feed is gone.");
  if (current.kind === "missing") {
    for (const { shard: name } of shards.filter(({ etag }) => etag !== "")) {
      await shard(name).suspend();
      directory.announced(name, "");
    }
  }
  if (current.kind !== "changed") return;
  const { edition } = current;
  for (const { shard: name } of shards.filter(({ etag }) => etag !== edition.etag)) {
    await shard(name).publish(edition);
    directory.announced(name, edition.etag);
  }
  for (const hub of hubs) pings.note(hub, topic, edition.etag, now());
};
