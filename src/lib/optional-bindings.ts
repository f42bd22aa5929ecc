import { hubUrl } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";

/** Bindings of wrangler.toml without which a worker runs all the same, but does not do everything. */
export interface OptionalBindings {
  readonly names: readonly string[];
  /** What does not work if one of them is missing, as the second half of a sentence. */
  readonly without: string;
}

/** What a worker's publication needs bindings for. */
export interface BindingNeeds {
  /** Of site.yaml; absent if they are not known, and then nothing is said of hubs. */
  readonly channel?: Pick<Channel, "hubs" | "url"> | undefined;
  readonly isNewsroom: boolean;
  /** Whether the publication is loaded while the worker runs: it has no partners then. */
  readonly isLoaded?: boolean;
}

/** Whether site.yaml names the built-in hub, be it on or not. */
export const namesBuiltInHub = ({ hubs, url }: Pick<Channel, "hubs" | "url">): boolean => hubs.includes(hubUrl(url));

const ofHubs = (channel: Pick<Channel, "hubs" | "url">): readonly OptionalBindings[] => {
  if (channel.hubs.length === 0) return [];
  if (!namesBuiltInHub(channel)) return [{ names: ["HUB"], without: "no hub is told of changes" }];
  return [
    {
      names: ["HUB", "TOPICS", "DELIVERIES"],
      without: "the built-in hub is off, so nobody can subscribe and feeds do not name it",
    },
    { names: ["HUB_LIMIT"], without: "how often one address may ask the hub is not limited" },
  ];
};

/** What only a publication that was built, or the newsroom, has a use for. */
const ofBuilt: readonly OptionalBindings[] = [
  { names: ["USAGE"], without: "what partners take is not counted" },
  {
    names: ["PARTNER_STANDARD", "PARTNER_STANDARD_BURST", "PARTNER_HIGH", "PARTNER_HIGH_BURST"],
    without: "the rates of partners' contracts are not enforced",
  },
];

/** The optional bindings that a publication has a use for, with what each is for. */
export const optionalBindings = ({
  channel,
  isNewsroom,
  isLoaded = false,
}: BindingNeeds): readonly OptionalBindings[] => [
  {
    names: ["SCHEDULER"],
    without: isLoaded
      ? "the publication is loaded by each isolate, and nobody knows since when it is as it is, so that there is no Last-Modified"
      : `hubs and subscribers hear of changes only with the next deployment${isNewsroom ? ", and stored stories are not compiled again" : ""}`,
  },
  ...(channel === undefined ? [] : ofHubs(channel)),
  { names: ["MISS_LIMIT"], without: "requests for what does not exist are not limited" },
  ...(isLoaded ? [] : ofBuilt),
  {
    names: ["VERSION"],
    without: "Last-Modified does not move with a deployment, and caches may serve what the version before made",
  },
  ...(isNewsroom ? [{ names: ["MEDIA"], without: "editors cannot upload pictures and other files" }] : []),
];

/** What is amiss without each compatibility flag that the hub takes, as the second half of a sentence. */
export const HUB_FLAGS: Readonly<Record<string, string>> = {
  global_fetch_strictly_public: "callbacks of subscribers may reach addresses of your own zone that are not public",
  queue_consumer_no_wait_for_wait_until: "a subscriber that lets us wait holds up all others",
};

/** The sentence that says what does not work until these bindings are there. `section` is where they are missing. */
export const missingBindings = (names: readonly string[], without: string, section = ""): string =>
  `wrangler.toml has no ${names.length === 1 ? "binding" : "bindings"} ${names.join(", ")}${section === "" ? "" : ` under ${section}`}: ${without}.`;
