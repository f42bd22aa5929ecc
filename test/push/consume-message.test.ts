import { describe, expect, it } from "vitest";
import { createBoundedCache } from "../../src/lib/bounded-cache.ts";
import { createHangTracker } from "../../src/outbound/hang-tracker.ts";
import { createOutbound } from "../../src/outbound/outbound.ts";
import { consumeMessage } from "../../src/push/consume-message.ts";
import type { QueueMessage, Shard } from "../../src/push/rpc.ts";
import { readHubSettings } from "../../src/push/settings.ts";

const unused = async (): Promise<never> => {
  throw new Error("nothing that consumes calls this");
};

/** Consumes messages of a shard that lets us wait for its batches until the test says so. */
const open = () => {
  const taken: string[] = [];
  const handedOut = Promise.withResolvers<undefined>();
  const background: Promise<void>[] = [];
  const shard: Shard = {
    ...{ request: unused, deny: unused, publish: unused, has: unused, suspend: unused, drop: unused, replay: unused },
    ...{ status: unused, reportOutcomes: unused, reportVerifications: unused },
    takeBatch(batch) {
      taken.push(`deliveries ${batch}`);
      return handedOut.promise;
    },
    takeVerifications(batch) {
      taken.push(`verifications ${batch}`);
      return handedOut.promise;
    },
  };
  const context = {
    settings: readHubSettings({}),
    shard: () => shard,
    outbound: createOutbound("http://localhost:8787", { fetch, timeoutMs: 1000, userAgent: "Tests" }),
    signature: "sha256" as const,
    payloads: createBoundedCache<never>(0, () => 0),
    hangs: createHangTracker(),
    patientHangs: createHangTracker(),
    now: () => 0,
  };
  const consume = (message: QueueMessage): Promise<void> =>
    consumeMessage(message, context, (work) => void background.push(work));
  return { taken, background, consume, handOut: () => handedOut.resolve(undefined) };
};

describe("a message of the queue", () => {
  it.each<[QueueMessage["kind"], string]>([
    ["verification", "verifications 7"],
    ["patient delivery", "deliveries 7"],
  ])("of a %s does not hold up the next message", async (kind, expected) => {
    const { taken, background, consume, handOut } = open();
    await consume({ shard: "a#0/1", batch: 7, ...(kind !== undefined && { kind }) });
    expect([taken, background.length]).toEqual([[expected], 1]);
    handOut();
    await Promise.all(background);
  });

  it("of other deliveries, as version 0.1 has sent them, does: it is over when they are", async () => {
    const { taken, background, consume, handOut } = open();
    let isOver = false;
    const consuming = consume({ shard: "a#0/1", batch: 7 }).then(() => {
      isOver = true;
    });
    await new Promise((done) => setImmediate(done));
    expect([taken, background.length, isOver]).toEqual([["deliveries 7"], 0, false]);
    handOut();
    await consuming;
  });
});
