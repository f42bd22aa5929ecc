import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { createBoundedCache } from "../../../src/lib/bounded-cache.ts";
import { createHangTracker } from "../../../src/outbound/hang-tracker.ts";
import { createOutbound } from "../../../src/outbound/outbound.ts";
import { deliverBatch } from "../../../src/push/delivery/deliver-batch.ts";
import type { Payload } from "../../../src/push/protocol/protocol.ts";
import type { DeliveryBatch, DeliveryOutcome, Shard } from "../../../src/push/rpc.ts";
import { type HubVariables, readHubSettings } from "../../../src/push/settings.ts";
import { acceptAll, type Subscribers, startSubscribers } from "../../end-to-end/subscribers.ts";

const payload: Payload = {
  etag: "a",
  topic: "http://localhost:8787/rss.xml",
  hubUrl: "http://localhost:8787/hub",
  contentType: "application/rss+xml; charset=utf-8",
  body: new TextEncoder().encode("the edition"),
};

/** Subscribers that have accepted a delivery before. */
const PROVEN = { patience: "proven" } as const;

const NAME = `${payload.topic}#0/1`;

let subscribers: Subscribers;
let log: MockInstance;
let onCall = (): void => {};

beforeAll(async () => {
  subscribers = await startSubscribers((call) => {
    onCall();
    return acceptAll(call);
  });
});

afterAll(() => subscribers.close());

beforeEach(() => {
  log = vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** The time of callbacks below /hang is up soon; that of others is what the hub gives them. */
const fetchUntilHung: typeof fetch = (input, init) =>
  fetch(input, String(input).includes("/hang/") ? { ...init, signal: AbortSignal.timeout(100) } : init);

const unused = async (): Promise<never> => {
  throw new Error("nothing that delivers calls this");
};

/**
 * Makes a shard that hands out batches, and delivers with it. Its calls fail as often as the test says, and a stub
 * through which one has failed is of no use any longer.
 */
const openShard = (
  batches: readonly (DeliveryBatch | undefined)[],
  failures: { take?: number; report?: number } = {},
  variables: HubVariables = {},
) => {
  const failuresLeft = { take: 0, report: 0, ...failures };
  const batchesLeft = [...batches];
  const knownEtags: (string | undefined)[] = [];
  const reports: { readonly batch: number; readonly etag: string; readonly outcomes: readonly DeliveryOutcome[] }[] =
    [];
  const openStub = (): Shard => {
    let isBroken = false;
    const failFirst = (call: "take" | "report"): void => {
      if (isBroken) throw new Error("the stub is broken");
      failuresLeft[call] -= 1;
      if (failuresLeft[call] < 0) return;
      isBroken = true;
      throw new Error(`${call} was lost`);
    };
    return {
      ...{
        request: unused,
        takeVerifications: unused,
        reportVerifications: unused,
        deny: unused,
        publish: unused,
        has: unused,
        suspend: unused,
        drop: unused,
        replay: unused,
        status: unused,
      },
      async takeBatch(_batch, known) {
        failFirst("take");
        knownEtags.push(known);
        return batchesLeft.shift();
      },
      async reportOutcomes(batch, etag, outcomes) {
        reports.push({ batch, etag, outcomes });
        failFirst("report");
      },
    };
  };
  const clock = { now: 0 };
  const context = {
    // No machine takes as long as this.
    settings: readHubSettings({ HUB_TIME_OUT: "36000", ...variables }),
    shard: openStub,
    outbound: createOutbound("http://localhost:8787", { fetch: fetchUntilHung, timeoutMs: 0, userAgent: "Tests" }),
    signature: "sha256" as const,
    hangs: createHangTracker(),
    patientHangs: createHangTracker(),
    payloads: createBoundedCache<Payload>(1_000_000, () => 1000),
    now: () => clock.now,
  };
  return { knownEtags, reports, clock, deliver: (batch = 1) => deliverBatch({ shard: NAME, batch }, context) };
};

const recipient = (path: string, id = 1) =>
  ({ id, protocol: "websub", callback: `${subscribers.url}/${path}` }) as const;

const bodiesAt = (path: string): readonly string[] => subscribers.requestsAt(`/${path}`).map(({ body }) => `${body}`);

describe("a batch", () => {
  it("is delivered, and its shard is told what became of each", async () => {
    const { deliver, reports } = openShard([
      { recipients: [recipient("one"), recipient("two", 2)], ...PROVEN, payload },
    ]);
    await deliver(7);
    expect([...bodiesAt("one"), ...bodiesAt("two")]).toEqual(["the edition", "the edition"]);
    const outcomes = [
      { id: 1, kind: "delivered" },
      { id: 2, kind: "delivered" },
    ];
    expect(reports).toEqual([{ batch: 7, etag: "a", outcomes }]);
  });

  it("that somebody else has taken is left alone", async () => {
    const { deliver, reports } = openShard([undefined]);
    await deliver();
    expect([reports, log.mock.calls]).toEqual([[], []]);
  });

  it("is sent with the payload that is cached, if the shard says that it is still current", async () => {
    const batchFor = (path: string): DeliveryBatch => ({ recipients: [recipient(path)], ...PROVEN });
    const other = { ...payload, etag: "b", body: new TextEncoder().encode("another one") };
    const batches = [
      { ...batchFor("first"), payload },
      batchFor("second"),
      { ...batchFor("third"), payload: other },
      batchFor("fourth"),
    ];
    const { deliver, knownEtags, reports } = openShard(batches);
    for (const batch of [1, 2, 3, 4]) await deliver(batch);
    expect(knownEtags).toEqual([undefined, "a", "a", "b"]);
    expect([...bodiesAt("second"), ...bodiesAt("fourth")]).toEqual(["the edition", "another one"]);
    expect(reports.map(({ etag }) => etag)).toEqual(["a", "a", "b", "b"]);
  });

  it("is not sent without a payload, which is logged", async () => {
    const { deliver, reports } = openShard([{ recipients: [recipient("empty")], ...PROVEN }]);
    await deliver();
    expect([bodiesAt("empty"), reports]).toEqual([[], []]);
    expect(log).toHaveBeenCalledWith(expect.any(String), new Error(`${NAME} gave no payload`));
  });

  it("is not started for those for whom no time is left, which is reported", async () => {
    const recipients = Array.from({ length: 12 }, (_, index) => recipient(`late-${index}`, index));
    const { deliver, reports, clock } = openShard([{ recipients, ...PROVEN, payload }]);
    // The first six take all the time that there is: twice what one callback may take.
    onCall = () => {
      clock.now = 72_000_000;
    };
    await deliver();
    onCall = () => {};
    const kinds = Array.from({ length: 12 }, (_, index) => (index < 6 ? "delivered" : "not started"));
    expect(reports[0]?.outcomes.map(({ kind }) => kind)).toEqual(kinds);
    expect(recipients.flatMap(({ id }) => bodiesAt(`late-${id}`))).toHaveLength(6);
  });

  it("is started for nobody if the claim could end meanwhile", async () => {
    const { deliver, reports, clock } = openShard(
      [{ recipients: [recipient("claimed")], ...PROVEN, payload }],
      {},
      { HUB_TIME_OUT: "10", HUB_CLAIM: "20" },
    );
    const delivering = deliver();
    // Less ten seconds for the answer, and five for checking.
    clock.now = 5000;
    await delivering;
    expect(bodiesAt("claimed")).toEqual([]);
    expect(reports[0]?.outcomes).toEqual([{ id: 1, kind: "not started" }]);
  });
});

describe("subscribers that hang", () => {
  /** A batch whose callbacks hang, each on a host of its own or all on one, and a good one at its end. */
  const batchOf = async (hosts: number, callbacks: number, patience: DeliveryBatch["patience"]) => {
    const servers = await Promise.all(
      Array.from({ length: hosts }, () => startSubscribers(() => ({ status: 204, after: Number.POSITIVE_INFINITY }))),
    );
    const hanging = Array.from({ length: callbacks }, (_, id) => ({
      ...{ id, protocol: "websub" as const },
      callback: `${servers[id % hosts]?.url}/hang/${id}`,
    }));
    const recipients = [...hanging, recipient(`good-${patience}-${hosts}`, callbacks)];
    return {
      batch: { recipients, patience, payload },
      countAsked: () =>
        hanging.filter(({ id }) => (servers[id % hosts]?.requestsAt(`/hang/${id}`) ?? []).length > 0).length,
      close: () => Promise.all(servers.map((server) => server.close())),
    };
  };
  it("of one host do not hold up another host, and are not all tried", async () => {
    const { batch, countAsked, close } = await batchOf(1, 20, "unproven");
    const { deliver, reports } = openShard([batch]);
    await deliver();
    expect(bodiesAt("good-unproven-1")).toEqual(["the edition"]);
    const kinds = reports[0]?.outcomes.map(({ kind }) => kind);
    expect(kinds).toEqual([...Array(20).fill("slow"), "delivered"]);
    // As many as there are connections, and in the place of the first two: only the third makes the host slow.
    expect(countAsked()).toBeLessThanOrEqual(6 + 2);
    await close();
  });

  it("have failed only if they had the whole time-out", async () => {
    const { batch, close } = await batchOf(2, 2, "patient");
    const { deliver, reports } = openShard([batch]);
    await deliver();
    expect(reports[0]?.outcomes).toEqual([
      { id: 0, kind: "failed", isTimeout: true, reason: "the callback does not answer in time" },
      { id: 1, kind: "failed", isTimeout: true, reason: "the callback does not answer in time" },
      { id: 2, kind: "delivered" },
    ]);
    await close();
  });
});

describe("how long a subscriber may take", () => {
  /** Delivers to callbacks one after the other; each takes as long as its `ms` says, on the test's own clock. */
  const openClocked = () => {
    const clock = { now: 0 };
    const asked: string[] = [];
    const hangs = createHangTracker();
    /** Delivers one batch, which takes `takeMs` to hand out; returns the outcomes without their ids. */
    const deliverTo = async (
      patience: DeliveryBatch["patience"],
      callbacks: readonly string[],
      more: { readonly address?: string; readonly takeMs?: number } = {},
    ) => {
      const { takeMs = 0, ...address } = more;
      const recipients = callbacks.map((callback, id) => ({ id, protocol: "websub" as const, callback, ...address }));
      const outcomes: DeliveryOutcome[] = [];
      const shard: Shard = {
        ...{ request: unused, deny: unused, publish: unused, has: unused, suspend: unused, drop: unused },
        ...{ replay: unused, status: unused, takeVerifications: unused, reportVerifications: unused },
        async takeBatch() {
          clock.now += takeMs;
          return { recipients, patience, payload };
        },
        reportOutcomes: async (_batch, _etag, reported) => void outcomes.push(...reported),
      };
      await deliverBatch(
        { shard: NAME, batch: 1 },
        {
          ...{ settings: readHubSettings({}), shard: () => shard, signature: "sha256" as const, hangs },
          ...{ patientHangs: createHangTracker(), payloads: createBoundedCache<Payload>(0, () => 1) },
          now: () => clock.now,
          outbound: {
            ...{ timeoutMs: 0, userAgent: "Tests", check: async () => undefined, addressOf: async () => undefined },
            async fetch(input) {
              const { host, searchParams } = new URL(String(input));
              asked.push(host);
              clock.now += Number(searchParams.get("ms") ?? 0);
              if (host.startsWith("hang")) throw new DOMException("The time is up.", "TimeoutError");
              return new Response(null, { status: 204 });
            },
          },
        },
      );
      return outcomes.map((outcome) =>
        outcome.kind === "delivered" && outcome.isSlow ? "delivered late" : outcome.kind,
      );
    };
    return { clock, asked, deliverTo };
  };

  it.each([
    ["patient", 10_000],
    ["proven", 3000],
    ["unproven", 1000],
  ] as const)("with patience %j is %i ms", async (patience, expected) => {
    const timeouts = vi.spyOn(AbortSignal, "timeout");
    await openClocked().deliverTo(patience, ["https://a.com/"]);
    expect(timeouts.mock.calls).toEqual([[expected]]);
  });

  it.each([
    [0, 3000, "delivered"],
    [0, 3001, "delivered late"],
    // Only its own time counts.
    [4000, 3000, "delivered"],
  ])("to be quick is three seconds: after %i ms for its shard, %i ms make it %s", async (takeMs, ms, expected) => {
    expect(await openClocked().deliverTo("patient", [`https://a.com/?ms=${ms}`], { takeMs })).toEqual([expected]);
  });

  it.each([
    [19_999, "delivered"],
    [20_000, "not started"],
  ])("counts from when its batch was asked for: %i ms later it is %s", async (takeMs, expected) => {
    expect(await openClocked().deliverTo("patient", ["https://a.com/"], { takeMs })).toEqual([expected]);
  });

  const hanging = [0, 1, 2].map((index) => `https://hang${index}.evil.com/`);

  it("is no time at all while its domain hangs, unless it has accepted one before, or has all patience", async () => {
    const { deliverTo, asked } = openClocked();
    expect(await deliverTo("unproven", hanging)).toEqual(["slow", "slow", "slow"]);
    const good = "https://good.evil.com/";
    expect([await deliverTo("unproven", [good]), asked.length]).toEqual([["slow"], 3]);
    expect([await deliverTo("proven", ["https://other.evil.com/"]), asked.length]).toEqual([["delivered"], 4]);
    // Somebody there has answered.
    expect(await deliverTo("unproven", [good])).toEqual(["delivered"]);
    await deliverTo("unproven", hanging);
    expect(await deliverTo("unproven", [good])).toEqual(["slow"]);
    expect(await deliverTo("patient", [good])).toEqual(["delivered"]);
  });

  it("is no time at all while its host hangs, even if it has accepted one before", async () => {
    const { deliverTo, asked } = openClocked();
    for (let times = 0; times < 4; times++) expect(await deliverTo("proven", ["https://hang.com/"])).toEqual(["slow"]);
    expect(asked).toHaveLength(3);
    expect(await deliverTo("patient", ["https://hang.com/"])).toEqual(["failed"]);
  });

  it("is no time at all while its network hangs", async () => {
    const { deliverTo, asked } = openClocked();
    const at = (index: number) => ({ address: `2606:4700:1:${index}::1` });
    for (const index of [0, 1, 2]) await deliverTo("unproven", [`https://hang.evil${index}.com/`], at(index));
    expect([await deliverTo("unproven", ["https://good.com/"], at(3)), asked.length]).toEqual([["slow"], 3]);
    expect(await deliverTo("unproven", ["https://good.com/"])).toEqual(["delivered"]);
  });

  it("begins sooner at another host, which another port is", async () => {
    const { deliverTo, asked } = openClocked();
    const many = Array.from({ length: 7 }, (_, index) => `https://a.com/${index}`);
    await deliverTo("proven", [...many, "https://a.com:8443/", "https://b.com/"]);
    expect(asked.slice(0, 3)).toEqual(["a.com", "a.com:8443", "b.com"]);
  });
});

describe("a shard that fails", () => {
  it("is asked for a batch three times", async () => {
    const batch: DeliveryBatch = { recipients: [recipient("asked")], ...PROVEN, payload };
    const twice = openShard([batch], { take: 2 });
    await twice.deliver();
    expect([bodiesAt("asked"), twice.reports.length]).toEqual([["the edition"], 1]);
    const thrice = openShard([batch], { take: 3 });
    await thrice.deliver();
    expect([bodiesAt("asked"), thrice.reports.length]).toEqual([["the edition"], 0]);
    expect(log).toHaveBeenCalledWith(expect.any(String), new Error("take was lost"));
  });

  it("is told the same three times, for which nothing is sent twice", async () => {
    const { deliver, reports } = openShard([{ recipients: [recipient("told")], ...PROVEN, payload }], { report: 3 });
    await deliver();
    expect(bodiesAt("told")).toEqual(["the edition"]);
    expect(reports).toHaveLength(3);
    expect(new Set(reports.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(log).toHaveBeenCalledWith(expect.any(String), new Error("report was lost"));
  });
});
