import type { RetryDelays } from "../outbound/retry.ts";

/** What bounds the hub. Times in milliseconds. */
export interface HubSettings {
  /** For how long a subscription holds: as the subscriber wishes between these bounds, else `usual`. */
  readonly lease: { readonly min: number; readonly usual: number; readonly max: number };
  /** When a failed delivery is tried again. */
  readonly retry: RetryDelays;
  /** A subscriber that has failed for so long is given up. */
  readonly giveUpAfterMs: number;
  /** Until deliveries that were handed out and never came back are handed out again. */
  readonly claimMs: number;
  /** A callback may take so long to answer. */
  readonly timeoutMs: number;
  /** Subscriptions of one topic, and of all callbacks on one host (or at one address). */
  readonly maxPerTopic: number;
  readonly maxPerHost: number;
  /** Subscriptions in one shard of a topic, before it is cut into more of them. */
  readonly shardSize: number;
}

/** How many callbacks a message of the queue names. Each is one subrequest; with a resolver two more for each host. */
export const CALLBACKS_A_MESSAGE = 40;

/** How many connections a worker may have at once. */
export const CONCURRENCY = 6;

/** The variables of wrangler.toml that change a setting, with what holds without them. Times in seconds. */
export const HUB_DEFAULTS = {
  HUB_LEAST_LEASE: 3600,
  HUB_USUAL_LEASE: 864_000,
  HUB_MOST_LEASE: 2_592_000,
  HUB_RETRY_AFTER: 60,
  HUB_GIVE_UP_AFTER: 259_200,
  HUB_TIME_OUT: 10,
  HUB_CLAIM: 180,
  HUB_MOST_PER_TOPIC: 100_000,
  HUB_MOST_PER_HOST: 1000,
  HUB_SHARD_SIZE: 10_000,
} as const;

type Name = keyof typeof HUB_DEFAULTS;

/** These variables, as the platform gives them. */
export type HubVariables = { readonly [name in Name]?: string };

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** Milliseconds that checking a callback may take before it is asked. */
export const checkTimeoutMs = (claimMs: number): number => Math.min(10 * SECOND, claimMs / 4);

const read = (name: Name, { [name]: text }: HubVariables): number => {
  if (text === undefined || text === "") return HUB_DEFAULTS[name];
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`${name} is \`${text}\`. Set it to a number above 0, or leave it out.`);
};

/** One that is left out gives way to another that was set. */
const isLeftOut = (name: Name, { [name]: text = "" }: HubVariables): boolean => text === "";

/** Reads the settings; throws where a variable is no number, or two of them contradict each other. */
export const readHubSettings = (variables: HubVariables): HubSettings => {
  const time = (name: Name): number => read(name, variables) * SECOND;
  const givingWay = (name: Name, min: number): number =>
    isLeftOut(name, variables) ? Math.max(time(name), min) : time(name);
  const min = time("HUB_LEAST_LEASE");
  const max = givingWay("HUB_MOST_LEASE", min);
  if (min > max) throw new Error("HUB_LEAST_LEASE is more than HUB_MOST_LEASE. Make it less.");
  const timeoutMs = time("HUB_TIME_OUT");
  const claimMs = givingWay("HUB_CLAIM", 3 * timeoutMs);
  if (claimMs <= timeoutMs + checkTimeoutMs(claimMs)) {
    throw new Error("HUB_CLAIM is hardly more than HUB_TIME_OUT, so nothing could be delivered in time. Make it more.");
  }
  return {
    lease: { min, max, usual: Math.min(max, Math.max(min, time("HUB_USUAL_LEASE"))) },
    retry: { firstMs: time("HUB_RETRY_AFTER"), maxMs: 6 * HOUR },
    giveUpAfterMs: time("HUB_GIVE_UP_AFTER"),
    claimMs,
    timeoutMs,
    maxPerTopic: read("HUB_MOST_PER_TOPIC", variables),
    maxPerHost: read("HUB_MOST_PER_HOST", variables),
    shardSize: read("HUB_SHARD_SIZE", variables),
  };
};

/** For how long a subscription is granted, in milliseconds; `wish` in seconds. */
export const grantLease = ({ lease }: HubSettings, wish: number | undefined): number =>
  wish === undefined ? lease.usual : Math.min(lease.max, Math.max(lease.min, wish * SECOND));
