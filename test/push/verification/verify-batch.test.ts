import { afterEach, describe, expect, it, vi } from "vitest";
import { createBoundedCache } from "../../../src/lib/bounded-cache.ts";
import { createHangTracker } from "../../../src/outbound/hang-tracker.ts";
import type { Shard, Verification, VerificationBatch, VerificationOutcome } from "../../../src/push/rpc.ts";
import { readHubSettings } from "../../../src/push/settings.ts";
import { verifyBatch } from "../../../src/push/verification/verify-batch.ts";

const TOPIC = "https://courier.example.org/rss.xml";

afterEach(() => {
  vi.restoreAllMocks();
});

const unused = async (): Promise<never> => {
  throw new Error("nothing that verifies calls this");
};

const verification = (callback: string, more: Partial<Verification> = {}): Verification => ({
  ...{ callback, protocol: "websub", mode: "subscribe", address: null, leaseMs: 1000, verifyToken: null, reason: null },
  ...{ challenge: `challenge of ${callback}`, isSubscriber: false },
  ...more,
});

/**
 * Verifies batches that a shard hands out, one after the other. Callbacks whose host begins with `hang` hang for as long
 * as they may; those at `/no` do not confirm. Times pass on the test's own clock only.
 */
const open = () => {
  const clock = { now: 0 };
  const asked: string[] = [];
  const underWay = new Set<string>();
  const reports: (readonly VerificationOutcome[])[] = [];
  const batches: VerificationBatch[] = [];
  const fakes = { beforeReport: async (): Promise<void> => {}, beforeAnswer: async (): Promise<void> => {} };
  const shard: Shard = {
    ...{ request: unused, deny: unused, publish: unused, has: unused, suspend: unused, drop: unused },
    ...{ replay: unused, status: unused, takeBatch: unused, reportOutcomes: unused },
    takeVerifications: async () => batches.shift(),
    async reportVerifications(outcomes) {
      reports.push(outcomes);
      await fakes.beforeReport();
    },
  };
  const context = {
    settings: readHubSettings({}),
    shard: () => shard,
    signature: "sha256" as const,
    payloads: createBoundedCache<never>(0, () => 0),
    hangs: createHangTracker(),
    patientHangs: createHangTracker(),
    now: () => clock.now,
    outbound: {
      ...{ timeoutMs: 10_000, userAgent: "Tests" },
      check: async () => undefined,
      addressOf: async () => undefined,
      async fetch(input: RequestInfo | URL) {
        const { hostname, pathname, searchParams } = new URL(String(input));
        asked.push(hostname + pathname);
        expect(underWay).not.toContain(hostname);
        underWay.add(hostname);
        await fakes.beforeAnswer();
        underWay.delete(hostname);
        if (hostname.startsWith("hang")) throw new DOMException("The time is up.", "TimeoutError");
        return new Response(pathname === "/no" ? "no" : searchParams.get("hub.challenge"));
      },
    },
  };
  return {
    ...{ asked, reports, fakes, clock, context },
    /** Verifies a batch, and returns the answers by callback. */
    async verify(verifications: readonly Verification[], isPatient = false): Promise<Record<string, string>> {
      reports.length = 0;
      batches.push({ topic: TOPIC, isPatient, verifications });
      await verifyBatch({ shard: `${TOPIC}#0/1`, batch: 1, kind: "verification" }, context);
      return Object.fromEntries(reports.flat().map(({ callback, answer }) => [callback, answer]));
    },
  };
};

describe("a batch of verifications", () => {
  it("is asked, and its shard is told what each has answered; what is confirmed at once", async () => {
    const { verify, reports } = open();
    const callbacks = ["https://a.com/", "https://b.com/no", "https://hang.com/"].map((one) => verification(one));
    expect(await verify([...callbacks, verification("https://c.com/", { mode: "denied", reason: "Full." })])).toEqual({
      "https://a.com/": "confirmed",
      "https://b.com/no": "not confirmed",
      "https://hang.com/": "hung",
      "https://c.com/": "told",
    });
    expect(reports.map((outcomes) => outcomes.length)).toEqual([1, 3]);
    expect(reports[0]?.[0]).toEqual({
      ...{ callback: "https://a.com/", answer: "confirmed" },
      challenge: "challenge of https://a.com/",
    });
  });

  it("has one question at a time for each host", async () => {
    const { verify, asked, fakes } = open();
    fakes.beforeAnswer = () => new Promise((done) => setImmediate(done));
    const paths = Array.from({ length: 6 }, (_, index) => verification(`https://a.com/${index}`));
    await verify([...paths, verification("https://b.com/")]);
    expect(asked.slice(0, 2)).toEqual(["a.com/0", "b.com/"]);
    expect(asked).toHaveLength(7);
  });

  it("wastes no more than three time-outs on a host, a domain or a network that hangs, also in another batch", async () => {
    const { verify, asked, clock } = open();
    const hosts = Array.from({ length: 12 }, (_, index) => verification(`https://hang${index}.evil.com/`));
    expect(Object.values(await verify(hosts)).sort()).toEqual([...Array(3).fill("hung"), ...Array(9).fill("slow")]);
    const more = verification("https://hang-again.evil.com/");
    expect(await verify([more, verification("https://good.com/")])).toEqual({
      "https://hang-again.evil.com/": "slow",
      "https://good.com/": "confirmed",
    });
    clock.now += 60_000;
    expect(await verify([more])).toEqual({ "https://hang-again.evil.com/": "hung" });
    expect(asked).toHaveLength(5);
    const network = Array.from({ length: 5 }, (_, index) =>
      verification(`https://hang.evil${index}.com/`, { address: `2606:4700:1:${index}::1` }),
    );
    expect(Object.values(await verify(network)).filter((answer) => answer === "hung")).toHaveLength(3);
  });

  it("sends denials even to a host that hangs: to say so", async () => {
    const { verify, asked } = open();
    const denial = (path: number) => verification(`https://hang.com/${path}`, { mode: "denied", reason: "Full." });
    vi.spyOn(console, "log").mockImplementation(() => {});
    expect(Object.values(await verify([1, 2, 3, 4].map(denial)))).toEqual(Array(4).fill("hung"));
    expect(asked).toHaveLength(4);
    expect(await verify([verification("https://hang.com/")])).toEqual({ "https://hang.com/": "slow" });
  });

  it("asks a subscriber all the same if others hang at its domain, but not if it is its host that hangs", async () => {
    const { verify } = open();
    await verify(Array.from({ length: 3 }, (_, index) => verification(`https://hang${index}.hosting.com/`)));
    const renewal = (callback: string) => verification(callback, { isSubscriber: true });
    const newcomer = verification("https://new.hosting.com/");
    expect(await verify([newcomer, renewal("https://good.hosting.com/")])).toEqual({
      "https://new.hosting.com/": "slow",
      "https://good.hosting.com/": "confirmed",
    });
    for (let times = 0; times < 3; times++) await verify([renewal("https://hang.com/")]);
    expect(await verify([renewal("https://hang.com/")])).toEqual({ "https://hang.com/": "slow" });
  });

  it("with patience asks everybody, with the whole time-out", async () => {
    const { verify, context } = open();
    const timeouts: number[] = [];
    const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation((delay) => {
      timeouts.push(delay);
      return new AbortController().signal;
    });
    const hosts = Array.from({ length: 4 }, (_, index) => verification(`https://hang${index}.evil.com/`));
    await verify(hosts);
    expect(Object.values(await verify(hosts, true))).toEqual(Array(4).fill("hung"));
    expect(timeouts).toEqual([...Array(3).fill(context.settings.quickTimeoutMs), ...Array(4).fill(10_000)]);
    timeout.mockRestore();
  });

  it("wastes the whole time-out no more than three times on a host: then it is as if it had hung again", async () => {
    const { verify, asked } = open();
    const paths = Array.from({ length: 6 }, (_, index) => verification(`https://hang.com/${index}`));
    expect(Object.values(await verify([...paths, verification("https://good.com/")], true)).sort()).toEqual([
      "confirmed",
      ...Array(6).fill("hung"),
    ]);
    expect(asked).toHaveLength(3 + 1);
  });

  it("begins nothing once the time-out has passed twice, which is reported", async () => {
    const { verify, clock, context, fakes, asked } = open();
    fakes.beforeAnswer = async () => {
      clock.now += context.settings.quickTimeoutMs;
    };
    const answers = await verify(Array.from({ length: 9 }, (_, index) => verification(`https://a${index}.com/`)));
    expect(asked).toHaveLength(6);
    expect(Object.values(answers).filter((answer) => answer === "not asked")).toHaveLength(3);
  });

  it("that was given up, or was handed out before, asks nobody", async () => {
    const { context, asked, reports } = open();
    await verifyBatch({ shard: `${TOPIC}#0/1`, batch: 1, kind: "verification" }, context);
    expect([asked, reports]).toEqual([[], []]);
  });

  it("of a shard that fails is reported three times, and logged", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { verify, reports, fakes } = open();
    fakes.beforeReport = () => Promise.reject(new Error("the shard is gone"));
    await verify([verification("https://b.com/no")]);
    expect(reports).toHaveLength(3);
    expect(log).toHaveBeenCalledWith(expect.any(String), new Error("the shard is gone"));
  });

  it("does not wait longer for a resolver than for a callback", async () => {
    const { verify, context } = open();
    vi.spyOn(context.outbound, "check").mockImplementation(() => new Promise(() => {}));
    context.settings = { ...context.settings, quickTimeoutMs: 20 };
    expect(await verify([verification("https://a.com/")])).toEqual({ "https://a.com/": "hung" });
  });

  it.each([
    [false, 1999, "confirmed"],
    [false, 2000, "not asked"],
    [true, 9999, "confirmed"],
    [true, 10_000, "not asked"],
  ])(
    "begins nothing when its time is up: patient %j, after %i ms the seventh is %s",
    async (isPatient, ms, expected) => {
      const { verify, clock, fakes } = open();
      fakes.beforeAnswer = async () => {
        clock.now = ms;
      };
      const hosts = Array.from({ length: 7 }, (_, index) => verification(`https://a${index}.com/`));
      expect((await verify(hosts, isPatient))["https://a6.com/"]).toBe(expected);
    },
  );

  it("with patience lets a domain that hangs have its turn, but not a host; and for others both have hung", async () => {
    const { verify, asked } = open();
    for (const index of [0, 0, 0, 1, 1]) await verify([verification(`https://hang${index}.evil.com/`)], true);
    expect(
      await verify([verification("https://hang0.evil.com/"), verification("https://hang1.evil.com/")], true),
    ).toEqual({
      "https://hang0.evil.com/": "hung",
      "https://hang1.evil.com/": "hung",
    });
    // The first of them was not asked.
    expect(asked).toHaveLength(6);
    expect(await verify([verification("https://other.evil.com/")])).toEqual({ "https://other.evil.com/": "slow" });
    expect(await verify([verification("https://other.evil.com/")], true)).toEqual({
      "https://other.evil.com/": "confirmed",
    });
  });

  it("with patience asks a host that has hung only without", async () => {
    const { verify, asked } = open();
    for (let times = 0; times < 4; times++) await verify([verification("https://hang.com/")]);
    expect(asked).toHaveLength(3);
    await verify([verification("https://hang.com/")], true);
    expect(asked).toHaveLength(4);
  });

  it.each([
    [false, 1],
    [true, 3],
  ])("asks hosts of one domain at the same time with patience only: %j", async (isPatient, expected) => {
    const { verify, fakes } = open();
    const underWay = { now: 0, most: 0 };
    fakes.beforeAnswer = async () => {
      underWay.now += 1;
      underWay.most = Math.max(underWay.most, underWay.now);
      await new Promise((done) => setImmediate(done));
      underWay.now -= 1;
    };
    await verify(
      ["a", "b", "c"].map((name) => verification(`https://${name}.hosting.com/`)),
      isPatient,
    );
    expect(underWay.most).toBe(expected);
  });

  it("that is confirmed by all is reported once for each, and no more", async () => {
    const { verify, reports } = open();
    await verify([verification("https://a.com/"), verification("https://b.com/")]);
    expect(reports.map((outcomes) => outcomes.map(({ callback }) => callback))).toEqual([
      ["https://a.com/"],
      ["https://b.com/"],
    ]);
  });

  it.each([
    [2, ["a.com/"]],
    [3, []],
  ])("is asked for three times: after %i failures it asks %j", async (failures, expected) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { verify, context, asked } = open();
    const shard = context.shard();
    let left: number = failures;
    const { takeVerifications } = shard;
    context.shard = () => ({
      ...shard,
      async takeVerifications(batch) {
        left -= 1;
        if (left >= 0) throw new Error("the object was reset");
        return takeVerifications(batch);
      },
    });
    await verify([verification("https://a.com/")]);
    expect([asked, log.mock.calls.length]).toEqual([expected, expected.length === 0 ? 1 : 0]);
  });

  it("asks with all that belongs to the request, and denies with the reason", async () => {
    const { verify, context } = open();
    const urls: string[] = [];
    const { fetch: answer } = context.outbound;
    context.outbound.fetch = (input) => {
      urls.push(String(input));
      return answer(input);
    };
    await verify([
      verification("https://a.com/?x=1", { leaseMs: 86_400_000, verifyToken: "t" }),
      verification("https://b.com/", { mode: "unsubscribe" }),
      verification("https://c.com/", { mode: "denied", reason: "Full." }),
    ]);
    expect(urls.map((url) => Object.fromEntries(new URL(url).searchParams))).toEqual([
      {
        ...{
          x: "1",
          "hub.mode": "subscribe",
          "hub.topic": TOPIC,
          "hub.lease_seconds": "86400",
          "hub.verify_token": "t",
        },
        "hub.challenge": "challenge of https://a.com/?x=1",
      },
      { "hub.mode": "unsubscribe", "hub.topic": TOPIC, "hub.challenge": "challenge of https://b.com/" },
      { "hub.mode": "denied", "hub.topic": TOPIC, "hub.reason": "Full." },
    ]);
  });

  it("reads no answer that refuses", async () => {
    const { verify, context } = open();
    const cancel = vi.fn();
    context.outbound.fetch = async () => new Response(new ReadableStream({ cancel }), { status: 404 });
    expect(await verify([verification("https://a.com/")])).toEqual({ "https://a.com/": "not confirmed" });
    expect(cancel).toHaveBeenCalledTimes(1);
  });
});
