// rssCloud, http://scripting.com/opmlHowto/dave/rssCloud/walkthrough.html: a subscriber is told that a feed has
// changed, and fetches it.

import type { CallbackProtocol, HubRequest } from "./protocol.ts";

/** A subscription holds for 25 hours, as the form cannot ask for another time: who wants more asks again every day. */
const LEASE_SECONDS = 25 * 3600;

const MAX_FEEDS = 20;

/** A name, an IPv4 address, or an IPv6 address in brackets. Whether it is allowed is checked with the callback. */
const HOST = /^(?:[^\s/?#:@[\]\\]+|\[[^\s/?#@[\]\\]+\])$/;

const readPort = (text: string, usual: number): number | undefined => {
  const port = text === "" ? usual : Number(/^\d+$/.exec(text)?.[0]);
  return port > 0 && port < 65_536 ? port : undefined;
};

/**
 * Reads the form of pleaseNotify: where a subscriber waits (protocol, domain, port, path), and for which feeds (url1,
 * url2 …). Returns a request for each feed, or a sentence for the subscriber's developer that says what is wrong.
 */
export const readPleaseNotify = (form: URLSearchParams): readonly HubRequest[] | string => {
  const protocol = (form.get("protocol") ?? "http-post").toLowerCase();
  if (protocol !== "http-post" && protocol !== "https-post") return "protocol must be http-post or https-post.";
  const domain = form.get("domain") ?? "";
  if (domain === "") return "domain is missing: the name of the host that you wait at.";
  if (!HOST.test(domain)) return "domain must be a host name and nothing else: no scheme, port or path.";
  const port = readPort(form.get("port") ?? "", protocol === "https-post" ? 443 : 80);
  if (port === undefined) return "port must be a number from 1 to 65535.";
  const topics = [...form].flatMap(([name, value]) => (/^url\d*$/.test(name) && value !== "" ? [value] : []));
  if (topics.length === 0) return "url1 is missing: the address of a feed of this site.";
  if (topics.length > MAX_FEEDS) return `Send at most ${MAX_FEEDS} feeds at once.`;
  const scheme = protocol === "https-post" || port === 443 ? "https" : "http";
  const usualPort = scheme === "https" ? 443 : 80;
  const host = port === usualPort ? domain : `${domain}:${port}`;
  const callback = `${scheme}://${host}/${(form.get("path") ?? "").replace(/^\//, "")}`;
  return [...new Set(topics)].map((topic) => ({
    protocol: "rsscloud",
    mode: "subscribe",
    topic,
    callback,
    leaseSeconds: LEASE_SECONDS,
  }));
};

/** What is said to a subscriber. There is no unsubscribing, and no word for a denial. */
export const rsscloud: CallbackProtocol = {
  verificationQuery: ({ topic }, challenge) => ({ url: topic, challenge }),
  denialQuery: () => undefined,
  deliveryRequest: ({ topic }) => ({ method: "POST", body: new URLSearchParams({ url: topic }) }),
};
