import { randomBytes } from "node:crypto";
import { createBoundedCache } from "../lib/bounded-cache.ts";
import { createOutbound, type Outbound } from "../outbound/outbound.ts";
import { askOnce, dnsOverHttps, type Resolver } from "../outbound/resolver.ts";
import type { Payload } from "./delivery/deliver.ts";
import type { DeliveryContext } from "./delivery/deliver-batch.ts";
import type { HubDependencies } from "./hub/dependencies.ts";
import type { DeliveryMessage, Hub, Shard } from "./rpc.ts";
import { HUB_DEFAULTS, type HubVariables, readHubSettings } from "./settings.ts";
import type { ShardDependencies } from "./shard/dependencies.ts";

/** What push takes of the bindings and variables of wrangler.toml. */
export interface HubBindings extends HubVariables {
  /** Which topics have subscribers. */
  readonly HUB?: { getByName(name: string): Hub };
  /** Subscriptions, and what is to be delivered to them. */
  readonly TOPICS?: { getByName(name: string): Shard };
  readonly DELIVERIES?: Pick<Queue<DeliveryMessage>, "sendBatch">;
  /** How often one address may ask the hub. */
  readonly HUB_LIMIT?: Pick<RateLimit, "limit">;
  /** A resolver over HTTPS that answers in JSON: callbacks are checked by their addresses as well. */
  readonly DNS_URL?: string;
}

const missing = (names: readonly string[]): Error =>
  new Error(
    `The built-in hub takes ${names.join(", ")} in wrangler.toml: docs/push.md shows them. Or take built-in out of \`hubs\` in content/site.yaml.`,
  );

const bound = <Binding>(binding: Binding | undefined, name: string): Binding => {
  if (binding === undefined) throw missing([name]);
  return binding;
};

/** The one hub of the site. */
export const hubOf = ({ HUB }: HubBindings): Hub => bound(HUB, "HUB").getByName("hub");

/** Throws where what the built-in hub takes is not bound, or a variable of it is wrong. */
export const requireHub = (bindings: HubBindings): void => {
  const { HUB, TOPICS, DELIVERIES } = bindings;
  const unbound = Object.entries({ HUB, TOPICS, DELIVERIES }).filter(([, binding]) => binding === undefined);
  if (unbound.length > 0) throw missing(unbound.map(([name]) => name));
  const names = Object.keys(HUB_DEFAULTS);
  const unknown = Object.keys(bindings).find(
    (name) => name.startsWith("HUB_") && ![...names, "HUB_LIMIT"].includes(name),
  );
  if (unknown !== undefined) throw new Error(`${unknown} is no setting of the hub. There are ${names.join(", ")}.`);
  readHubSettings(bindings);
};

const ask: typeof fetch = (input, init) => fetch(input, init);

/** As a resolver is, or as it is wrapped. */
type Wrap = (resolve: Resolver) => Resolver;

const asItIs: Wrap = (resolve) => resolve;

const common = (siteUrl: string, bindings: HubBindings, wrap: Wrap) => {
  const settings = readHubSettings(bindings);
  const { DNS_URL = "" } = bindings;
  const resolve = DNS_URL === "" ? undefined : wrap(dnsOverHttps(DNS_URL, ask));
  return {
    settings,
    shard: (name: string): Shard => bound(bindings.TOPICS, "TOPICS").getByName(name),
    ...{ now: Date.now, random: Math.random },
    outbound: createOutbound(siteUrl, settings.timeoutMs, ask, resolve),
  };
};

/** The outside for one piece of work, in which no host is resolved twice. */
export const createOutboundForRequest = (siteUrl: string, bindings: HubBindings): Outbound =>
  common(siteUrl, bindings, askOnce).outbound;

/** What the hub works with, beside what it is told of the site. */
export const hubDependencies = (
  siteUrl: string,
  bindings: HubBindings,
  site: Pick<HubDependencies, "deployment" | "editionOf" | "isOpen" | "externalHubs" | "publicTopics" | "refresh">,
): HubDependencies => ({ ...common(siteUrl, bindings, asItIs), ...site });

/** A queue takes so many messages at once. */
const MAX_MESSAGES = 100;

/** What a shard works with; `hubUrl` is the hub's own address. */
export const shardDependencies = (siteUrl: string, bindings: HubBindings, hubUrl: string): ShardDependencies => ({
  ...common(siteUrl, bindings, asItIs),
  hubUrl,
  challenge: () => randomBytes(24).toString("base64url"),
  reportCounts: (counts) => hubOf(bindings).updateCounts(counts),
  async enqueue(messages) {
    for (let from = 0; from < messages.length; from += MAX_MESSAGES) {
      const some = messages.slice(from, from + MAX_MESSAGES).map((body) => ({ body }));
      await bound(bindings.DELIVERIES, "DELIVERIES").sendBatch(some);
    }
  },
});

const PAYLOADS_BYTES = 16 * 1024 * 1024;

const payloads = createBoundedCache<Payload>(PAYLOADS_BYTES, ({ body }) => body.byteLength + 4096);

/** What delivering a batch works with. Payloads stay in the isolate. */
export const deliveryContextOf = (siteUrl: string, bindings: HubBindings): DeliveryContext => ({
  ...common(siteUrl, bindings, askOnce),
  payloads,
});
