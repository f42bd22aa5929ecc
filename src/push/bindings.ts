import { randomBytes } from "node:crypto";
import { createBoundedCache } from "../lib/bounded-cache.ts";
import type { Channel } from "../model/channel.ts";
import { createHangTracker } from "../outbound/hang-tracker.ts";
import { createOutbound, type Outbound } from "../outbound/outbound.ts";
import { dnsOverHttps, lookUpOnce } from "../outbound/resolver.ts";
import { userAgentOf } from "../outbound/user-agent.ts";
import type { ConsumerContext } from "./consumer-context.ts";
import type { HubDependencies } from "./hub/dependencies.ts";
import type { Payload } from "./protocol/protocol.ts";
import type { Hub, QueueMessage, Shard } from "./rpc.ts";
import { HUB_DEFAULTS, type HubVariables, readHubSettings } from "./settings.ts";
import type { ShardDependencies } from "./shard/dependencies.ts";

/** The bindings and variables of wrangler.toml that push uses. */
export interface HubBindings extends HubVariables {
  /** The Durable Object that knows which topics have subscribers. */
  readonly HUB?: { getByName(name: string): Hub };
  /** The Durable Objects that keep subscriptions, and what is to be delivered to them. */
  readonly TOPICS?: { getByName(name: string): Shard };
  /** The queue of deliveries and verifications. */
  readonly DELIVERIES?: Pick<Queue<QueueMessage>, "sendBatch">;
  /** How often one address may send a request to the hub. */
  readonly HUB_LIMIT?: Pick<RateLimit, "limit">;
  /** The URL of a resolver over HTTPS that answers in JSON: the addresses of callbacks are then checked, too. */
  readonly DNS_URL?: string;
}

const requireBinding = <Binding>(binding: Binding | undefined, name: string): Binding => {
  if (binding !== undefined) return binding;
  throw new Error(
    `The built-in hub takes ${name} in wrangler.toml: docs/push.md shows it. Or take built-in out of \`hubs\` in content/site.yaml.`,
  );
};

/** Returns the one hub of the site. Throws if HUB is not bound. */
export const hubOf = ({ HUB }: HubBindings): Hub => requireBinding(HUB, "HUB").getByName("hub");

/** Whether everything is bound that the built-in hub needs: where something is missing, it is off. */
export const isHubBound = ({ HUB, TOPICS, DELIVERIES }: HubBindings): boolean =>
  HUB !== undefined && TOPICS !== undefined && DELIVERIES !== undefined;

/** Throws an error that says what to do if a variable of the built-in hub is unknown or wrong. */
export const checkHubVariables = (bindings: HubBindings): void => {
  const settings = Object.keys(HUB_DEFAULTS);
  const unknown = Object.keys(bindings).find(
    (name) => name.startsWith("HUB_") && name !== "HUB_LIMIT" && !settings.includes(name),
  );
  if (unknown !== undefined) throw new Error(`${unknown} is no setting of the hub. There are ${settings.join(", ")}.`);
  readHubSettings(bindings);
};

/** Workers' `fetch` must not be called as a method of another object. */
const fetchUnbound: typeof fetch = (input, init) => fetch(input, init);

/** How often the resolver is asked for a host: at each request, or once as long as the object lives. */
type Lookups = "each time" | "once";

const createDependencies = (siteUrl: string, bindings: HubBindings, lookups: Lookups) => {
  const settings = readHubSettings(bindings);
  const { DNS_URL = "" } = bindings;
  const client = { fetch: fetchUnbound, timeoutMs: settings.timeoutMs, userAgent: userAgentOf(siteUrl) };
  const resolve = DNS_URL === "" ? undefined : dnsOverHttps(DNS_URL, client);
  return {
    settings,
    shard: (name: string): Shard => requireBinding(bindings.TOPICS, "TOPICS").getByName(name),
    now: Date.now,
    random: Math.random,
    outbound: createOutbound(siteUrl, client, resolve && (lookups === "once" ? lookUpOnce(resolve) : resolve)),
  };
};

/** Makes the `Outbound` for one request to the site, during which no host is looked up twice. */
export const createOutboundForRequest = (siteUrl: string, bindings: HubBindings): Outbound =>
  createDependencies(siteUrl, bindings, "once").outbound;

/** Makes what the hub works with; `site` is what it takes from the site. */
export const hubDependencies = (
  siteUrl: string,
  bindings: HubBindings,
  site: Pick<HubDependencies, "deployment" | "editionOf" | "isOpen" | "externalHubs" | "publicTopics" | "refresh">,
): HubDependencies => ({ ...createDependencies(siteUrl, bindings, "each time"), ...site });

/** How many messages a queue takes in one call. */
const MAX_MESSAGES_PER_CALL = 100;

/** Makes what a shard works with; `hubUrl` is the hub's own address. */
export const shardDependencies = (siteUrl: string, bindings: HubBindings, hubUrl: string): ShardDependencies => ({
  ...createDependencies(siteUrl, bindings, "each time"),
  hubUrl,
  challenge: () => randomBytes(24).toString("base64url"),
  reportCounts: (counts) => hubOf(bindings).updateCounts(counts),
  async enqueue(messages) {
    const queue = requireBinding(bindings.DELIVERIES, "DELIVERIES");
    for (let from = 0; from < messages.length; from += MAX_MESSAGES_PER_CALL) {
      await queue.sendBatch(messages.slice(from, from + MAX_MESSAGES_PER_CALL).map((body) => ({ body })));
    }
  },
});

const MAX_PAYLOADS_BYTES = 16 * 1024 * 1024;

/** What a payload takes in memory beside its body, roughly. */
const OVERHEAD_BYTES = 4096;

/** Kept as long as the isolate lives. */
const payloads = createBoundedCache<Payload>(MAX_PAYLOADS_BYTES, ({ body }) => body.byteLength + OVERHEAD_BYTES);

/** The same: who hangs for one topic or one site hangs for all. */
const hangs = createHangTracker();
const patientHangs = createHangTracker();

/** Makes what the consumer of one message of the queue works with, during which no host is looked up twice. */
export const consumerContextOf = (
  { url, signature }: Pick<Channel, "signature" | "url">,
  bindings: HubBindings,
): ConsumerContext => ({
  ...createDependencies(url, bindings, "once"),
  hangs,
  patientHangs,
  signature,
  payloads,
});
