import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { Unavailable } from "../../src/lib/with-timeout.ts";
import {
  appendQuery,
  fetchDiscardingBody,
  guardedFetch,
  isTimeout,
  readTextUpTo,
} from "../../src/outbound/guarded-fetch.ts";

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

it("a request fails after the time-out, and that is known from other failures", async () => {
  const hanging: typeof globalThis.fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
    });
  const client = { fetch: hanging, timeoutMs: 1, userAgent: "Tests" };
  const error = await guardedFetch(client, "https://news.example.com/").catch((reason: unknown) => reason);
  expect(isTimeout(error)).toBe(true);
});

it.each<[string, unknown, boolean]>([
  ["a time-out of fetch", new DOMException("", "TimeoutError"), true],
  ["a time-out of our own", new Unavailable("no answer within 10 ms"), true],
  ["a request that was aborted", new DOMException("", "AbortError"), false],
  ["no connection", new TypeError("fetch failed"), false],
  ["what is no error", { name: "TimeoutError" }, false],
])("%s is a time-out or not", (_, error, expected) => expect(isTimeout(error)).toBe(expected));

it("a body that nobody reads is cancelled; where there is none, nothing is", async () => {
  const cancel = vi.fn();
  const answer = async (body: BodyInit | null): Promise<Response> => {
    const client = { fetch: async () => new Response(body, { headers: { a: "b" } }), timeoutMs: 1000, userAgent: "x" };
    return fetchDiscardingBody(client, "https://news.example.com/");
  };
  const response = await answer(new ReadableStream({ cancel }));
  expect([response.headers.get("a"), cancel.mock.calls.length]).toEqual(["b", 1]);
  expect((await answer(null)).status).toBe(200);
});

describe("a text that is read up to 5 characters", () => {
  /** A response in pieces, and how many of them were read. */
  const inPieces = (...pieces: readonly string[]) => {
    let read = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const piece = pieces[read];
          read += 1;
          if (piece === undefined) controller.close();
          else controller.enqueue(new TextEncoder().encode(piece));
        },
      },
      { highWaterMark: 0 },
    );
    return { response: new Response(body), piecesRead: () => read };
  };

  it.each<[string, readonly string[], string]>([
    ["is whole if it is shorter", ["ab", "c"], "abc"],
    ["is whole if it is as long", ["abc", "de"], "abcde"],
    ["is whole if its end comes late", ["abcde", "", ""], "abcde"],
    ["is longer than that if there is more", ["abc", "def"], "abcdef"],
    ["is longer than that if there is more after a piece that ends there", ["abcde", "f"], "abcdef"],
    ["is empty if there is none", [], ""],
    ["keeps a byte order mark, which no challenge has", ["\uFEFFab"], "\uFEFFab"],
  ])("%s", async (_, pieces, text) => {
    expect(await readTextUpTo(inPieces(...pieces).response, 5)).toBe(text);
  });

  it("is not read on once there is more", async () => {
    const { response, piecesRead } = inPieces(...Array.from({ length: 1000 }, () => "abcdef"));
    await readTextUpTo(response, 5);
    expect(piecesRead()).toBeLessThan(10);
  });

  it("is empty of a response without a body", async () => expect(await readTextUpTo(new Response(null), 5)).toBe(""));

  it("is UTF-8, cut anywhere", async () => {
    const bytes = new TextEncoder().encode("日本");
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await readTextUpTo(new Response(body), 5)).toBe("日本");
  });
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
