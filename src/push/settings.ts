/** What bounds the hub. Times in milliseconds. */
export interface HubSettings {
  /** For how long a subscription holds: as the subscriber wishes between these bounds, else `usual`. */
  readonly lease: { readonly least: number; readonly usual: number; readonly most: number };
  /** Until a failed delivery is tried again; twice as long each time. */
  readonly retryAfter: number;
  /** Never longer than that. */
  readonly mostRetryAfter: number;
  /** A subscriber that has failed for so long is given up. */
  readonly giveUpAfter: number;
  /** Until deliveries that were handed out and never came back are handed out again. */
  readonly claim: number;
  /** A callback may take so long to answer. */
  readonly timeOut: number;
  /** Subscriptions of one topic, and of all callbacks on one host (or at one address). */
  readonly mostPerTopic: number;
  readonly mostPerHost: number;
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
export const checkingTime = (claim: number): number => Math.min(10 * SECOND, claim / 4);

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
  const givingWay = (name: Name, least: number): number =>
    isLeftOut(name, variables) ? Math.max(time(name), least) : time(name);
  const least = time("HUB_LEAST_LEASE");
  const most = givingWay("HUB_MOST_LEASE", least);
  if (least > most) throw new Error("HUB_LEAST_LEASE is more than HUB_MOST_LEASE. Make it less.");
  const timeOut = time("HUB_TIME_OUT");
  const claim = givingWay("HUB_CLAIM", 3 * timeOut);
  if (claim <= timeOut + checkingTime(claim)) {
    throw new Error("HUB_CLAIM is hardly more than HUB_TIME_OUT, so nothing could be delivered in time. Make it more.");
  }
  return {
    lease: { least, most, usual: Math.min(most, Math.max(least, time("HUB_USUAL_LEASE"))) },
    retryAfter: time("HUB_RETRY_AFTER"),
    mostRetryAfter: 6 * HOUR,
    giveUpAfter: time("HUB_GIVE_UP_AFTER"),
    claim,
    timeOut,
    mostPerTopic: read("HUB_MOST_PER_TOPIC", variables),
    mostPerHost: read("HUB_MOST_PER_HOST", variables),
    shardSize: read("HUB_SHARD_SIZE", variables),
  };
};

/** For how long a subscription is granted, in milliseconds; `wish` in seconds. */
export const grantLease = ({ lease }: HubSettings, wish: number | undefined): number =>
  wish === undefined ? lease.usual : Math.min(lease.most, Math.max(lease.least, wish * SECOND));

/** Whole milliseconds until the next try after so many failures: doubling, with jitter, so that not all come back at once. */
export const retryDelay = (
  { retryAfter, mostRetryAfter }: HubSettings,
  failures: number,
  random: () => number,
): number => {
  const most = Math.min(mostRetryAfter, retryAfter * 2 ** Math.min(failures - 1, 20));
  return Math.min(mostRetryAfter, Math.ceil(most * (0.5 + random() / 2)));
};
