import { describe, expect, it } from "vitest";
import { keysOf, partyOf } from "../../src/outbound/party.ts";

describe("whose callback it is", () => {
  it.each<[string, string | undefined, readonly string[]]>([
    ["https://news.example.com/a", undefined, ["host news.example.com", "domain example.com"]],
    ["https://example.com:8443/a", undefined, ["host example.com:8443", "domain example.com"]],
    ["https://a.b.c.example.com/", undefined, ["host a.b.c.example.com", "domain example.com"]],
    ["https://a.reader.co.uk/", undefined, ["host a.reader.co.uk", "domain reader.co.uk"]],
    ["https://a.reader.com.au/", undefined, ["host a.reader.com.au", "domain reader.com.au"]],
    ["https://a.reader.firm.in/", undefined, ["host a.reader.firm.in", "domain reader.firm.in"]],
    // A name of three letters below a top level that is no country's: that is the domain.
    ["https://a.b.ibm.com/", undefined, ["host a.b.ibm.com", "domain ibm.com"]],
    ["https://a.b.reader.de/", undefined, ["host a.b.reader.de", "domain reader.de"]],
    ["https://a.reader.de/", undefined, ["host a.reader.de", "domain reader.de"]],
    [
      "https://news.example.com/",
      "93.184.215.14",
      ["host news.example.com", "domain example.com", "network 93.184.215"],
    ],
    [
      "https://news.example.com/",
      "2606:4700:1:ffff::1",
      ["host news.example.com", "domain example.com", "network 2606:4700:1"],
    ],
    ["https://93.184.215.14/", undefined, ["host 93.184.215.14", "network 93.184.215"]],
    ["https://[2606:4700:1:ffff::1]/", undefined, ["host [2606:4700:1:ffff::1]", "network 2606:4700:1"]],
    // At home: each port is somebody else.
    ["http://127.0.0.1:9000/", undefined, ["host 127.0.0.1:9000"]],
    ["http://[::1]:9000/", undefined, ["host [::1]:9000"]],
    ["http://localhost:9000/", undefined, ["host localhost:9000"]],
  ])("%s at %s", (callback, address, keys) => {
    expect(keysOf(partyOf(callback, address))).toEqual(keys);
  });

  it.each([
    ["65,536 networks of a /48", "2606:4700:1:1::1", "2606:4700:1:ffff:1:2:3:4"],
    ["256 addresses of IPv4", "93.184.215.1", "93.184.215.254"],
  ])("is the same for %s", (_, one, other) => {
    const networkOf = (address: string) => keysOf(partyOf("https://a.example.com/", address)).at(-1);
    expect(networkOf(one)).toBe(networkOf(other));
  });
});
