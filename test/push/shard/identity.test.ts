import { expect, it } from "vitest";
import { applySchemaSteps } from "../../../src/lib/schema-steps.ts";
import { openIdentity } from "../../../src/push/shard/identity.ts";
import { SHARD_SCHEMA } from "../../../src/push/shard/schema.ts";
import { inDurableObject } from "../in-durable-object.ts";

it("a shard knows who it is by the latest call of the hub, and its batches and deliveries each by themselves", () =>
  inDurableObject(async ({ storage }) => {
    applySchemaSteps(storage, "TopicShard", SHARD_SCHEMA);
    const identity = openIdentity(storage.sql);
    const stored = () => [identity.lastCall(), identity.lastBatch(), identity.lastDelivery()];
    expect(stored()).toEqual([{ name: "", topic: "", calls: 0 }, 0, 0]);
    identity.recordCall({ name: "t#0/1", topic: "t", calls: 5 });
    identity.recordBatch(7);
    identity.recordDelivery(9);
    expect(stored()).toEqual([{ name: "t#0/1", topic: "t", calls: 5 }, 7, 9]);
    // It was overtaken by a later one.
    identity.recordCall({ name: "t#0/1", topic: "t", calls: 4 });
    expect(identity.lastCall().calls).toBe(5);
    identity.recordCall({ name: "u#0/1", topic: "u", calls: 6 });
    identity.recordBatch(8);
    identity.recordDelivery(10);
    expect(stored()).toEqual([{ name: "u#0/1", topic: "u", calls: 6 }, 8, 10]);
    const again = openIdentity(storage.sql);
    expect([again.lastCall(), again.lastBatch(), again.lastDelivery()]).toEqual(stored());
  }));
