import type { RetryDelays } from "../outbound/retry.ts";

/** The limits of the hub. */
export interface HubSettings {
  /** For how long a subscription holds: as the subscriber wishes between these bounds, or `usualMs`. */
  readonly lease: { readonly minMs: number; readonly usualMs: number; readonly maxMs: number };
  /** When a failed delivery is tried again. */
  readonly retry: RetryDelays;
  /** A subscriber to whom deliveries have failed for so long is given up. */
  readonly giveUpAfterMs: number;
  /** A batch of deliveries that was handed out and not reported for so long is handed out again. */
  readonly claimMs: number;
  /** How long a callback may take to answer, in the end. */
  readonly timeoutMs: number;
  /**
   * How long it may take at first, so that others need not wait for it: whoever takes longer is asked again, with the
   * others that do.
   */
  readonly quickTimeoutMs: number;
  /** The same for deliveries to a subscriber that has accepted one before. */
  readonly provenTimeoutMs: number;
  /** Subscriptions of one topic. */
  readonly maxPerTopic: number;
  /** Subscriptions of all callbacks on one host, or at one address. */
  readonly maxPerHost: number;
  /** Subscriptions in one shard of a topic, before there are twice as many shards. */
  readonly shardSize: number;
}

/**
 * How many callbacks one invocation sends requests to, so that it stays below the platform's limit of subrequests: each
 * is one, and with a resolver two more for each host.
 */
export const MAX_CALLBACKS_PER_INVOCATION = 40;

/** How many connections an invocation may have open at the same time. */
export const CONCURRENCY = 6;

/** The variables of wrangler.toml that change a setting, with their defaults. Times in seconds. */
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

const SECOND_MS = 1000;
const MIN_QUICK_TIMEOUT_MS = SECOND_MS;
const MAX_RETRY_DELAY_MS = 6 * 3600 * SECOND_MS;

/** Returns how long checking a callback's address may take, in milliseconds, before something is sent to it. */
export const checkTimeoutMs = (claimMs: number): number => Math.min(10 * SECOND_MS, claimMs / 4);

const read = (name: Name, { [name]: text }: HubVariables): number => {
  if (text === undefined || text === "") return HUB_DEFAULTS[name];
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`${name} is \`${text}\`. Set it to a number above 0, or leave it out.`);
};

/**
 * Reads the settings from the variables of wrangler.toml. A default gives way to another variable that was set and
 * contradicts it. Throws an error that says what to do if a variable is not a number above 0, or if two that were set
 * contradict each other.
 */
export const readHubSettings = (variables: HubVariables): HubSettings => {
  const readMs = (name: Name): number => read(name, variables) * SECOND_MS;
  const readAtLeastMs = (name: Name, minMs: number): number =>
    (variables[name] ?? "") === "" ? Math.max(readMs(name), minMs) : readMs(name);
  const minMs = readMs("HUB_LEAST_LEASE");
  const maxMs = readAtLeastMs("HUB_MOST_LEASE", minMs);
  if (minMs > maxMs) throw new Error("HUB_LEAST_LEASE is more than HUB_MOST_LEASE. Make it less.");
  const timeoutMs = readMs("HUB_TIME_OUT");
  const claimMs = readAtLeastMs("HUB_CLAIM", 3 * timeoutMs);
  if (claimMs <= timeoutMs + checkTimeoutMs(claimMs)) {
    throw new Error("HUB_CLAIM is hardly more than HUB_TIME_OUT, so nothing could be delivered in time. Make it more.");
  }
  const quickTimeoutMs = Math.min(timeoutMs, Math.max(MIN_QUICK_TIMEOUT_MS, timeoutMs / 10));
  return {
    lease: { minMs, maxMs, usualMs: Math.min(maxMs, Math.max(minMs, readMs("HUB_USUAL_LEASE"))) },
    retry: { firstMs: readMs("HUB_RETRY_AFTER"), maxMs: MAX_RETRY_DELAY_MS },
    giveUpAfterMs: readMs("HUB_GIVE_UP_AFTER"),
    claimMs,
    timeoutMs,
    quickTimeoutMs,
    provenTimeoutMs: Math.min(timeoutMs, 3 * quickTimeoutMs),
    maxPerTopic: read("HUB_MOST_PER_TOPIC", variables),
    maxPerHost: read("HUB_MOST_PER_HOST", variables),
    shardSize: read("HUB_SHARD_SIZE", variables),
  };
};

/**
 * Returns for how many milliseconds a subscription is granted; `wishSeconds` is what the subscriber asked for, if
 * anything.
 */
export const grantLeaseMs = ({ lease }: HubSettings, wishSeconds: number | undefined): number =>
  wishSeconds === undefined ? lease.usualMs : Math.min(lease.maxMs, Math.max(lease.minMs, wishSeconds * SECOND_MS));
