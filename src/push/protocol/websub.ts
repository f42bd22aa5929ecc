/** How a subscriber is spoken to: by WebSub, which brings it the feed, or by rssCloud, which only says that it has changed. */
export type Protocol = "websub" | "rsscloud";

/** A request to subscribe or to unsubscribe (WebSub §5.1). */
export interface HubRequest {
  readonly protocol: Protocol;
  readonly mode: "subscribe" | "unsubscribe";
  readonly topic: string;
  readonly callback: string;
  /** Seconds, as the subscriber wishes. */
  readonly lease?: number;
  /** Signs what is delivered. */
  readonly secret?: string;
  /** IP address of the callback's host, where it was resolved. */
  readonly address?: string;
}

const MAX_SECRET_BYTES = 199;

const readLease = (text: string | null): number | undefined | "bad" => {
  if (text === null || text === "") return undefined;
  return /^\d{1,12}$/.test(text) && Number(text) > 0 ? Number(text) : "bad";
};

/** Reads a form; a sentence for the subscriber's developer where it is no such request. Unknown parameters are ignored. */
export const readHubRequest = (form: URLSearchParams): HubRequest | string => {
  const mode = form.get("hub.mode");
  if (mode !== "subscribe" && mode !== "unsubscribe") return "hub.mode must be subscribe or unsubscribe, or publish.";
  const topic = form.get("hub.topic");
  const callback = form.get("hub.callback");
  if (topic === null || topic === "") return "hub.topic is missing: the URL of a feed, as its link rel=self says.";
  if (callback === null || callback === "") return "hub.callback is missing: the URL at which you wait for news.";
  const lease = readLease(form.get("hub.lease_seconds"));
  if (lease === "bad") return "hub.lease_seconds must be a whole number of seconds, more than 0.";
  const secret = form.get("hub.secret");
  if (secret !== null && new TextEncoder().encode(secret).byteLength > MAX_SECRET_BYTES) {
    return "hub.secret must have less than 200 bytes.";
  }
  return {
    protocol: "websub",
    mode,
    topic,
    callback,
    ...(lease !== undefined && { lease }),
    ...(secret !== null && secret !== "" && { secret }),
  };
};
