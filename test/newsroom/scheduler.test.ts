/// <reference types="@cloudflare/vitest-plugin/types" />
import { createScheduledController, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../src/newsroom-worker.ts";
import type { SchedulerObject } from "../../src/schedule/scheduler.ts";
import { story } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// With the real clock: the alarm of a Durable Object cannot use another.

const SECOND = 1000;
const iso = (time: number): string => new Date(time).toISOString();
const wholeSecond = (time: number): number => Math.ceil(time / SECOND) * SECOND;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

let newsroom: NewsroomWorker;
let stub: DurableObjectStub<SchedulerObject>;
let objects = 0;

beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: Date.now(), database: await createEmptyDatabase() });
  if (env.SCHEDULER === undefined) throw new Error("the tests have no scheduler");
  stub = env.SCHEDULER.getByName(`test ${objects++}`);
});

const alarm = (): Promise<number | null> => runInDurableObject(stub, (_, state) => state.storage.getAlarm());

describe("the scheduler", () => {
  it("sets its alarm for the time at which a story appears, and then reports it once", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const at = wholeSecond(Date.now() + 500);
    await newsroom.put("soon", story("soon", { published: iso(at) }));
    await stub.check();
    expect(await alarm()).toBe(at);
    expect(log).not.toHaveBeenCalled();
    await pause(at - Date.now() + 50);
    // Whether the alarm has run by itself or runs now, the story is reported once.
    await runDurableObjectAlarm(stub);
    await stub.check();
    expect(log.mock.calls.filter(([text]) => String(text).includes("soon"))).toEqual([["appeared or left: soon"]]);
    log.mockRestore();
  });

  it("sets its alarm for an expiry if that comes first", async () => {
    const at = wholeSecond(Date.now() + 60 * SECOND);
    await newsroom.put("later", story("later", { published: iso(at + 60 * SECOND) }));
    await newsroom.put("ending", story("ending", { expires: iso(at) }));
    await stub.check();
    expect(await alarm()).toBe(at);
  });

  it("sets its alarm within the hour if no transition is to come", async () => {
    await stub.check();
    expect((await alarm()) ?? 0).toBeLessThanOrEqual(Date.now() + 3_600_000);
    expect((await alarm()) ?? 0).toBeGreaterThan(Date.now() + 3_500_000);
  });

  it("does not fail if the database does, and tries again soon", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    await newsroom.database.prepare("DROP TABLE transitions").run();
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
