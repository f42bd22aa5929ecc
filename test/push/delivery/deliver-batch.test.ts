import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { createBoundedCache } from "../../../src/lib/bounded-cache.ts";
import { createOutbound } from "../../../src/outbound/outbound.ts";
import type { Outcome, Payload } from "../../../src/push/delivery/deliver.ts";
import { deliverBatch } from "../../../src/push/delivery/deliver-batch.ts";
import type { Job, Shard } from "../../../src/push/rpc.ts";
import { type HubVariables, readHubSettings } from "../../../src/push/settings.ts";
import { agree, openSubscribers, type Subscribers } from "../../end-to-end/subscriber.ts";

const payload: Payload = {
  etag: "a",
  topic: "http://localhost:8787/rss.xml",
  hubUrl: "http://localhost:8787/hub",
  contentType: "application/rss+xml; charset=utf-8",
  body: new TextEncoder().encode("the edition"),
};

const NAME = `${payload.topic}#0/1`;

let subscribers: Subscribers;
let log: MockInstance;
let onCall = (): void => {};

beforeAll(async () => {
  subscribers = await openSubscribers((call) => {
    onCall();
    return agree(call);
  });
});

afterAll(() => subscribers.close());

beforeEach(() => {
  log = vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
});

const unused = async (): Promise<never> => {
  throw new Error("no courier calls this");
};

/** A courier, and the shard that it works for: each call of that fails as often as the test says. */
const open = (
  jobs: readonly (Job | undefined)[],
  failing: { take?: number; report?: number } = {},
  variables: HubVariables = {},
) => {
  const left = { take: 0, report: 0, ...failing };
  const waiting = [...jobs];
  const asked: (string | undefined)[] = [];
  const reports: { readonly batch: number; readonly etag: string; readonly outcomes: readonly Outcome[] }[] = [];
  const lose = (call: "take" | "report"): void => {
    left[call] -= 1;
    if (left[call] >= 0) throw new Error(`${call} was lost`);
  };
  const shard: Shard = {
    ...{
      request: unused,
      deny: unused,
      publish: unused,
      has: unused,
      suspend: unused,
      drop: unused,
      replay: unused,
      status: unused,
    },
    async take(_batch, known) {
      lose("take");
      asked.push(known);
      return waiting.shift();
    },
    async report(batch, etag, outcomes) {
      reports.push({ batch, etag, outcomes });
      lose("report");
    },
  };
  const clock = { now: 0 };
  const context = {
    settings: readHubSettings(variables),
    shard: () => shard,
    outbound: createOutbound("http://localhost:8787", 300, fetch, undefined),
    payloads: createBoundedCache<Payload>(1_000_000, () => 1000),
    now: () => clock.now,
  };
  return { asked, reports, clock, work: (batch = 1) => deliverBatch({ shard: NAME, batch }, context) };
};

const recipient = (path: string, id = 1) =>
  ({ id, protocol: "websub", callback: `${subscribers.url}/${path}` }) as const;

const bodiesAt = (path: string): readonly string[] => subscribers.callsAt(`/${path}`).map(({ body }) => `${body}`);

describe("a batch", () => {
  it("is delivered, and its shard is told what became of each", async () => {
    const { work, reports } = open([{ recipients: [recipient("one"), recipient("two", 2)], payload }]);
    await work(7);
    expect([...bodiesAt("one"), ...bodiesAt("two")]).toEqual(["the edition", "the edition"]);
    const outcomes = [
      { id: 1, kind: "taken" },
      { id: 2, kind: "taken" },
    ];
    expect(reports).toEqual([{ batch: 7, etag: "a", outcomes }]);
  });

  it("that somebody else has is left alone", async () => {
    const { work, reports } = open([undefined]);
    await work();
    expect([reports, log.mock.calls]).toEqual([[], []]);
  });

  it("is sent with the body at hand, where the shard says that this is still the one", async () => {
    const job = (path: string): Job => ({ recipients: [recipient(path)] });
    const other = { ...payload, etag: "b", body: new TextEncoder().encode("another one") };
    const jobs = [{ ...job("first"), payload }, job("second"), { ...job("third"), payload: other }, job("fourth")];
    const { work, asked, reports } = open(jobs);
    for (const batch of [1, 2, 3, 4]) await work(batch);
    expect(asked).toEqual([undefined, "a", "a", "b"]);
    expect([...bodiesAt("second"), ...bodiesAt("fourth")]).toEqual(["the edition", "another one"]);
    expect(reports.map(({ etag }) => etag)).toEqual(["a", "a", "b", "b"]);
  });

  it("is not sent without a body, which the log says", async () => {
    const { work, reports } = open([{ recipients: [recipient("empty")] }]);
    await work();
    expect([bodiesAt("empty"), reports]).toEqual([[], []]);
    expect(log).toHaveBeenCalledWith(expect.any(String), new Error(`${NAME} gave no payload`));
  });

  it("is not begun with those for whom there was no time: they are reported, and handed out anew", async () => {
    const recipients = Array.from({ length: 12 }, (_, index) => recipient(`late-${index}`, index));
    const { work, reports, clock } = open([{ recipients, payload }], {}, { HUB_TIME_OUT: "10" });
    // The first six take all the time that there is: twice what one callback may take.
    onCall = () => {
      clock.now = 20_000;
    };
    await work();
    onCall = () => {};
    const kinds = Array.from({ length: 12 }, (_, index) => (index < 6 ? "taken" : "not begun"));
    expect(reports[0]?.outcomes.map(({ kind }) => kind)).toEqual(kinds);
    expect(recipients.flatMap(({ id }) => bodiesAt(`late-${id}`))).toHaveLength(6);
  });

  it("is begun with nobody where the claim would end meanwhile", async () => {
    const { work, reports, clock } = open([{ recipients: [recipient("claimed")], payload }], {}, { HUB_CLAIM: "20" });
    const working = work();
    // Less ten seconds for the answer, and five for checking.
    clock.now = 5000;
    await working;
    expect(bodiesAt("claimed")).toEqual([]);
    expect(reports[0]?.outcomes).toEqual([{ id: 1, kind: "not begun" }]);
  });
});

describe("a shard that does not hear", () => {
  it("is asked for a batch three times", async () => {
    const job: Job = { recipients: [recipient("asked")], payload };
    const twice = open([job], { take: 2 });
    await twice.work();
    expect([bodiesAt("asked"), twice.reports.length]).toEqual([["the edition"], 1]);
    const thrice = open([job], { take: 3 });
    await thrice.work();
    expect([bodiesAt("asked"), thrice.reports.length]).toEqual([["the edition"], 0]);
    expect(log).toHaveBeenCalledWith(expect.any(String), new Error("take was lost"));
  });

  it("is told the same three times, and nothing is sent twice for that", async () => {
    const { work, reports } = open([{ recipients: [recipient("told")], payload }], { report: 3 });
    await work();
    expect(bodiesAt("told")).toEqual(["the edition"]);
    expect(reports).toHaveLength(3);
    expect(new Set(reports.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(log).toHaveBeenCalledWith(expect.any(String), new Error("report was lost"));
  });
});
