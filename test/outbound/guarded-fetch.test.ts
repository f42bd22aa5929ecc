import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { appendQuery, guardedFetch } from "../../src/outbound/guarded-fetch.ts";

it("a request says who sends it, whatever headers it has, and follows no redirect", async () => {
  const fetch = vi.fn(async (..._: Parameters<typeof globalThis.fetch>) => new Response());
  const client = { fetch, timeoutMs: 1000, userAgent: "Feedwright/1.2.3 (+https://courier.example.org/hub)" };
  await guardedFetch(client, "https://news.example.com/");
  await guardedFetch(client, "https://news.example.com/", { headers: { accept: "text/plain", "User-Agent": "other" } });
  const sent = fetch.mock.calls.map(([, init]) => [...new Headers(init?.headers)]);
  expect(sent).toEqual([
    [["user-agent", client.userAgent]],
    [
      ["accept", "text/plain"],
      ["user-agent", client.userAgent],
    ],
  ]);
  expect(fetch.mock.calls.map(([, init]) => init?.redirect)).toEqual(["manual", "manual"]);
});

describe("a URL with more parameters", () => {
  it.each<[string, string]>([
    ["https://news.example.com/", "https://news.example.com/?hub.mode=denied"],
    ["https://news.example.com", "https://news.example.com?hub.mode=denied"],
    ["https://news.example.com/?a=1", "https://news.example.com/?a=1&hub.mode=denied"],
    ["https://news.example.com/?a=b%26c&a=%C3%BC+x", "https://news.example.com/?a=b%26c&a=%C3%BC+x&hub.mode=denied"],
    ["https://news.example.com/?a", "https://news.example.com/?a&hub.mode=denied"],
    ["https://news.example.com/?hub.mode=x", "https://news.example.com/?hub.mode=x&hub.mode=denied"],
  ])("%s keeps those that it has", (callback, url) =>
    expect(appendQuery(callback, { "hub.mode": "denied" })).toBe(url),
  );

  it("has all of them, behind its own", () => {
    const text = fc.string({ unit: "grapheme" });
    const pairs = fc.array(fc.tuple(text, text), { maxLength: 5 });
    fc.assert(
      fc.property(pairs, text, text, (own, topic, reason) => {
        const query = new URLSearchParams(own.map(([name, value]): [string, string] => [name, value])).toString();
        const callback = `https://news.example.com/x${query === "" ? "" : `?${query}`}`;
        const { searchParams } = new URL(appendQuery(callback, { "hub.topic": topic, "hub.reason": reason }));
        expect([...searchParams]).toEqual([
          ...new URLSearchParams(query),
          ["hub.topic", topic],
          ["hub.reason", reason],
        ]);
      }),
    );
  });
});
