/// <reference types="@cloudflare/vitest-plugin/types" />
import { createScheduledController, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../src/newsroom-worker.ts";
import type { SchedulerObject } from "../../src/schedule/scheduler.ts";
import { emptyDatabase, type Office, openOffice, story } from "./newsroom.ts";

// The real clock here: a Durable Object's alarm knows no other.

const SECOND = 1000;
const iso = (time: number): string => new Date(time).toISOString();
const wholeSecond = (time: number): number => Math.ceil(time / SECOND) * SECOND;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

let office: Office;
let stub: DurableObjectStub<SchedulerObject>;
let objects = 0;

beforeEach(async () => {
  office = await openOffice({ now: Date.now(), database: await emptyDatabase() });
  if (env.SCHEDULER === undefined) throw new Error("the tests have no scheduler");
  stub = env.SCHEDULER.getByName(`test ${objects++}`);
});

const alarm = (): Promise<number | null> => runInDurableObject(stub, (_, state) => state.storage.getAlarm());

describe("the scheduler", () => {
  it("waits for the moment at which a story appears, and then tells of it once", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const at = wholeSecond(Date.now() + 500);
    await office.put("soon", story("soon", { published: iso(at) }));
    await stub.check();
    expect(await alarm()).toBe(at);
    expect(log).not.toHaveBeenCalled();
    await pause(at - Date.now() + 50);
    // Whether the alarm has gone off by itself or goes off now: it is told of once.
    await runDurableObjectAlarm(stub);
    await stub.check();
    expect(log.mock.calls.filter(([text]) => String(text).includes("soon"))).toEqual([["appeared or left: soon"]]);
    log.mockRestore();
  });

  it("waits for an expiry as well, whichever comes first", async () => {
    const at = wholeSecond(Date.now() + 60 * SECOND);
    await office.put("later", story("later", { published: iso(at + 60 * SECOND) }));
    await office.put("ending", story("ending", { expires: iso(at) }));
    await stub.check();
    expect(await alarm()).toBe(at);
  });

  it("looks again within the hour where nothing is to come", async () => {
    await stub.check();
    expect((await alarm()) ?? 0).toBeLessThanOrEqual(Date.now() + 3_600_000);
    expect((await alarm()) ?? 0).toBeGreaterThan(Date.now() + 3_500_000);
  });

  it("does not fail where the database does, and tries again soon", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    await office.database.prepare("DROP TABLE transitions").run();
    await stub.check();
    expect(error).toHaveBeenCalled();
    expect((await alarm()) ?? 0).toBeLessThanOrEqual(Date.now() + 60_000);
    error.mockRestore();
  });

  it("is woken by the cron trigger", async () => {
    await worker.scheduled(createScheduledController(), env);
    const real = env.SCHEDULER?.getByName("scheduler");
    if (real === undefined) throw new Error("the tests have no scheduler");
    expect(await runInDurableObject(real, (_, state) => state.storage.getAlarm())).toBeGreaterThan(Date.now());
  });
});
