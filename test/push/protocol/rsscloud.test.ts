import { describe, expect, it } from "vitest";
import { readPleaseNotify } from "../../../src/push/protocol/rsscloud.ts";

const TOPIC = "https://courier.example.org/rss.xml";

const form = (more: Readonly<Record<string, string>> = {}): URLSearchParams =>
  new URLSearchParams({
    ...{ protocol: "http-post", domain: "news.example.com", port: "80", path: "/told", url1: TOPIC },
    ...{ registerProcedure: "", notifyProcedure: "" },
    ...more,
  });

const callbackOf = (more: Readonly<Record<string, string>>): string | undefined => {
  const requests = readPleaseNotify(form(more));
  return typeof requests === "string" ? requests : requests[0]?.callback;
};

describe("rssCloud's form", () => {
  it("asks to be told of a feed for 25 hours", () => {
    const request = { protocol: "rsscloud", mode: "subscribe", topic: TOPIC, leaseSeconds: 90_000 };
    expect(readPleaseNotify(form())).toEqual([{ ...request, callback: "http://news.example.com/told" }]);
  });

  it("names a feed or several, each once", () => {
    const several = { url1: "a", url2: "b", url3: "a", url12: "c", urlx: "d", curl1: "e", url4: "", url: "f" };
    const requests = readPleaseNotify(form(several));
    expect(typeof requests === "string" || requests.map(({ topic }) => topic)).toEqual(["a", "b", "c", "f"]);
  });

  it.each<[Readonly<Record<string, string>>, string]>([
    [{ port: "5337" }, "http://news.example.com:5337/told"],
    [{ port: "" }, "http://news.example.com/told"],
    [{ protocol: "https-post", port: "" }, "https://news.example.com/told"],
    [{ port: "443" }, "https://news.example.com/told"],
    [{ protocol: "https-post", port: "443" }, "https://news.example.com/told"],
    [{ protocol: "HTTPS-Post", port: "8443" }, "https://news.example.com:8443/told"],
    [{ protocol: "https-post", port: "80" }, "https://news.example.com:80/told"],
    [{ domain: "[2606:4700::1111]", port: "8080" }, "http://[2606:4700::1111]:8080/told"],
    [{ path: "told" }, "http://news.example.com/told"],
    [{ path: "" }, "http://news.example.com/"],
    [{ path: "/?rss=told&x=%20" }, "http://news.example.com/?rss=told&x=%20"],
  ])("says where the callback is: %o", (more, callback) => expect(callbackOf(more)).toBe(callback));

  it.each<[Readonly<Record<string, string>>, RegExp]>([
    [{ protocol: "xml-rpc" }, /^protocol must be http-post or https-post\.$/],
    [{ protocol: "soap" }, /^protocol/],
    [{ domain: "" }, /^domain is missing/],
    [{ domain: "news.example.com/x" }, /^domain must be a host name and nothing else/],
    [{ domain: "https://news.example.com" }, /^domain must/],
    [{ domain: "news.example.com:80" }, /^domain must/],
    [{ domain: "user@news.example.com" }, /^domain must/],
    [{ port: "0" }, /^port must be a number/],
    [{ port: "65536" }, /^port/],
    [{ port: "80.5" }, /^port/],
    [{ port: "eighty" }, /^port/],
    [{ port: "0x50" }, /^port/],
    [{ port: "-80" }, /^port/],
    [{ url1: "" }, /^url1 is missing/],
    [Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`url${index}`, `${index}`])), /^Send at most 20/],
  ])("is refused with %o", (more, why) => expect(readPleaseNotify(form(more))).toMatch(why));
});
