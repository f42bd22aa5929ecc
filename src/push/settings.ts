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
  /** For which a callback may take to answer. */
  readonly timeOut: number;
  /** Subscriptions of one topic, and of all callbacks on one host (or at one address). */
  readonly mostPerTopic: number;
  readonly mostPerHost: number;
  /** Subscriptions in one shard of a topic, before it is cut into more of them. */
  readonly shardSize: number;
}

/** How many callbacks a message of the queue names; each is one subrequest. */
export const CALLBACKS_A_MESSAGE = 40;

/** How many connections a worker may have at once. */
export const AT_ONCE = 6;

/** The variables of wrangler.toml that change a setting: numbers, times in seconds. */
export interface HubVariables {
  readonly HUB_LEAST_LEASE?: string;
  readonly HUB_USUAL_LEASE?: string;
  readonly HUB_MOST_LEASE?: string;
  readonly HUB_RETRY_AFTER?: string;
  readonly HUB_GIVE_UP_AFTER?: string;
  readonly HUB_CLAIM?: string;
  readonly HUB_TIME_OUT?: string;
  readonly HUB_MOST_PER_TOPIC?: string;
  readonly HUB_MOST_PER_HOST?: string;
  readonly HUB_SHARD_SIZE?: string;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** Milliseconds that checking a callback may take before it is asked. */
export const checkingTime = (claim: number): number => Math.min(10 * SECOND, claim / 4);

const read = (name: keyof HubVariables, { [name]: text }: HubVariables, otherwise: number, unit = 1): number => {
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value * unit;
  throw new Error(`${name} is \`${text}\`. Set it to a number above 0, or leave it out.`);
};

/** Reads the settings; throws where a variable is no number, or two of them contradict each other. */
export const readHubSettings = (variables: HubVariables): HubSettings => {
  const least = read("HUB_LEAST_LEASE", variables, HOUR, SECOND);
  const most = read("HUB_MOST_LEASE", variables, Math.max(30 * DAY, least), SECOND);
  if (least > most) throw new Error("HUB_LEAST_LEASE is more than HUB_MOST_LEASE. Make it less.");
  const timeOut = read("HUB_TIME_OUT", variables, 10 * SECOND, SECOND);
  const claim = read("HUB_CLAIM", variables, Math.max(180 * SECOND, 3 * timeOut), SECOND);
  if (claim <= timeOut + checkingTime(claim)) {
    throw new Error("HUB_CLAIM is hardly more than HUB_TIME_OUT, so nothing could be delivered in time. Make it more.");
  }
  return {
    lease: {
      least,
      most,
      usual: Math.min(most, Math.max(least, read("HUB_USUAL_LEASE", variables, 10 * DAY, SECOND))),
    },
    retryAfter: read("HUB_RETRY_AFTER", variables, 60 * SECOND, SECOND),
    mostRetryAfter: 6 * HOUR,
    giveUpAfter: read("HUB_GIVE_UP_AFTER", variables, 3 * DAY, SECOND),
    claim,
    timeOut,
    mostPerTopic: read("HUB_MOST_PER_TOPIC", variables, 100_000),
    mostPerHost: read("HUB_MOST_PER_HOST", variables, 1000),
    shardSize: read("HUB_SHARD_SIZE", variables, 10_000),
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
