import type { HubRequest } from "./websub.ts";

/** Seconds. rssCloud has no word for the time: who wants more asks again every day. */
const LEASE = 25 * 3600;

const MAX_FEEDS = 20;

/** A name, an address, or one of IPv6 in brackets; what it may be is judged with the callback. */
const HOST = /^(?:[^\s/?#:@[\]\\]+|\[[^\s/?#@[\]\\]+\])$/;

const readPort = (text: string, usual: number): number | undefined => {
  const port = text === "" ? usual : Number(/^\d+$/.exec(text)?.[0]);
  return port > 0 && port < 65_536 ? port : undefined;
};

/**
 * Reads rssCloud's form: where somebody wants to be told (protocol, domain, port, path), and of which feeds (url1, url2 …). Gives a
 * request for each feed, or a sentence for the subscriber's developer.
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
    lease: LEASE,
  }));
};
