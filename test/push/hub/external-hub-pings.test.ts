import { afterEach, describe, expect, it, vi } from "vitest";
import { openPings, type Pings, sendPings } from "../../../src/push/hub/external-hub-pings.ts";
import { readHubSettings } from "../../../src/push/settings.ts";
import { NOW } from "../in-durable-object.ts";
import { withTables } from "./with-tables.ts";

const HUB = "https://hub.example.net/";
const OTHER = "https://other.example.org/hub";
const MINUTE = 60_000;

/** Opens pings, and what tells all that is stored of them. */
const withPings = (
  test: (pings: Pings, stored: () => readonly unknown[], sql: SqlStorage) => void | Promise<void>,
): Promise<void> =>
  withTables((sql) => test(openPings(sql), () => sql.exec("SELECT * FROM pings ORDER BY hub, topic").toArray(), sql));

const rowOf = (hub: string, topic: string, more: object = {}) => ({
  ...{ hub, topic, etag: "first", attempts: 0, due: NOW },
  ...more,
});

const addAll = (pings: Pings, etag = "first", now = NOW): void => {
  for (const hub of [HUB, OTHER]) for (const topic of ["a", "b"]) pings.add(hub, topic, etag, now);
};

describe("a ping", () => {
  it("is of one hub and one topic", () =>
    withPings((pings, stored) => {
      addAll(pings);
      pings.recordAttempt({ hub: HUB, topic: "a", attempts: 0 }, NOW + 5);
      pings.recordAttempt({ hub: HUB, topic: "a", attempts: 1 }, NOW + 9);
      pings.recordAttempt({ hub: OTHER, topic: "b", attempts: 0 }, null);
      expect(stored()).toEqual([
        rowOf(HUB, "a", { attempts: 2, due: NOW + 9 }),
        rowOf(HUB, "b"),
        rowOf(OTHER, "a"),
        rowOf(OTHER, "b", { attempts: 1, due: null }),
      ]);
    }));

  it("is due again, as if nothing had failed, with another entity tag and only then", () =>
    withPings((pings, stored) => {
      addAll(pings);
      pings.recordAttempt({ hub: HUB, topic: "a", attempts: 0 }, NOW + 5);
      pings.recordAttempt({ hub: HUB, topic: "b", attempts: 0 }, null);
      const before = stored();
      addAll(pings, "first", NOW + 1);
      expect(stored()).toEqual(before);
      for (const topic of ["a", "b"]) pings.add(HUB, topic, "second", NOW + 2);
      expect(stored()).toEqual([
        rowOf(HUB, "a", { etag: "second", due: NOW + 2 }),
        rowOf(HUB, "b", { etag: "second", due: NOW + 2 }),
        rowOf(OTHER, "a"),
        rowOf(OTHER, "b"),
      ]);
      expect([pings.etagOf(HUB, "a"), pings.etagOf(OTHER, "a"), pings.etagOf(HUB, "c")]).toEqual([
        ...["second", "first", undefined],
      ]);
    }));

  it("that is due comes after those that were so before it", () =>
    withPings((pings) => {
      for (const [topic, due] of [
        ["a", 3],
        ["b", 1],
        ["c", 2],
        ["d", 4],
      ] as const)
        pings.add(HUB, topic, "first", NOW + due);
      pings.recordAttempt({ hub: HUB, topic: "c", attempts: 0 }, NOW + 2);
      const due = (now: number, limit: number) => pings.due(now, limit).map(({ topic }) => topic);
      expect([due(NOW + 3, 9), due(NOW + 3, 2), due(NOW, 9)]).toEqual([["b", "c", "a"], ["b", "c"], []]);
      expect(pings.due(NOW + 2, 9).at(-1)).toEqual({ hub: HUB, topic: "c", attempts: 1 });
      expect(pings.nextDue()).toBe(NOW + 1);
      for (const topic of ["a", "b", "c", "d"]) pings.recordAttempt({ hub: HUB, topic, attempts: 0 }, null);
      expect(pings.nextDue()).toBeNull();
    }));

  it("is forgotten with its hub; and with its topic, once it was sent", () =>
    withPings((pings, stored, sql) => {
      const topics = { "no row": null, "not public": 0, "a last time": -1, public: 1 };
      for (const [topic, isPublic] of Object.entries(topics)) {
        if (isPublic !== null) sql.exec("INSERT INTO topics (topic, is_public) VALUES (?, ?)", topic, isPublic);
        for (const hub of [HUB, OTHER]) pings.add(hub, topic, "first", NOW);
        pings.add(HUB, `${topic}, sent`, "first", NOW);
        if (isPublic !== null)
          sql.exec("INSERT INTO topics (topic, is_public) VALUES (?, ?)", `${topic}, sent`, isPublic);
        pings.recordAttempt({ hub: HUB, topic: `${topic}, sent`, attempts: 0 }, null);
      }
      pings.deleteUnused([HUB]);
      expect(stored()).toEqual([
        rowOf(HUB, "a last time"),
        rowOf(HUB, "a last time, sent", { attempts: 1, due: null }),
        rowOf(HUB, "no row"),
        rowOf(HUB, "not public"),
        rowOf(HUB, "public"),
        rowOf(HUB, "public, sent", { attempts: 1, due: null }),
      ]);
    }));
});

describe("sending the pings that are due", () => {
  afterEach(() => void vi.restoreAllMocks());

  /** Sends them, with what hubs answer; returns the requests and what was logged. */
  const sendAll = async (pings: Pings, answer: (hub: string) => Response | Promise<Response>) => {
    const lines: string[] = [];
    vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
    const requests: string[] = [];
    const underWay = { now: 0, most: 0 };
    await sendPings(pings, {
      settings: readHubSettings({}),
      now: () => NOW,
      random: () => 1,
      outbound: {
        ...{ timeoutMs: 9, userAgent: "Tests" },
        async fetch(input, init) {
          underWay.now += 1;
          underWay.most = Math.max(underWay.most, underWay.now);
          await Promise.resolve();
          underWay.now -= 1;
          requests.push(`${init?.method} ${String(input)} ${String(init?.body)}`);
          return answer(String(input));
        },
      },
    });
    return { requests, lines, most: underWay.most };
  };

  it("names the topic by both names; what fails is sent again after as long as the attempts tell, which is logged", () =>
    withPings(async (pings, stored) => {
      for (const hub of [HUB, OTHER]) pings.add(hub, "https://courier.example.org/rss.xml", "first", NOW);
      pings.recordAttempt({ hub: HUB, topic: "https://courier.example.org/rss.xml", attempts: 0 }, NOW);
      const { requests, lines } = await sendAll(
        pings,
        (hub) => new Response(null, { status: hub === HUB ? 503 : 204 }),
      );
      const topic = encodeURIComponent("https://courier.example.org/rss.xml");
      expect(requests).toEqual(
        [HUB, OTHER].map((hub) => `POST ${hub} hub.mode=publish&hub.url=${topic}&hub.topic=${topic}`),
      );
      expect(lines).toEqual([
        `${HUB} could not be told that https://courier.example.org/rss.xml has changed: it answers 503`,
      ]);
      expect(stored()).toMatchObject([
        { hub: HUB, attempts: 2, due: NOW + 2 * MINUTE },
        { hub: OTHER, attempts: 1, due: null },
      ]);
    }));

  it.each([
    [6, NOW + 64 * MINUTE],
    [7, null],
  ])("gives up what has failed eight times: after %i failures and one more", (attempts, due) =>
    withPings(async (pings, stored) => {
      pings.add(HUB, "a", "first", NOW);
      for (let times = 0; times < attempts; times++) pings.recordAttempt({ hub: HUB, topic: "a", attempts: 0 }, NOW);
      await sendAll(pings, () => Promise.reject(new Error("no connection")));
      expect(stored()).toEqual([rowOf(HUB, "a", { attempts: attempts + 1, due })]);
    }),
  );

  it("sends forty at once, six at the same time", () =>
    withPings(async (pings) => {
      for (let index = 0; index < 41; index++) pings.add(HUB, `${index}`, "first", NOW + index - 100);
      const { requests, most } = await sendAll(pings, () => new Response(null));
      expect([requests.length, most]).toEqual([40, 6]);
      expect(pings.due(NOW, 99).map(({ topic }) => topic)).toEqual(["40"]);
    }));
});
