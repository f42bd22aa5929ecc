/// <reference types="@cloudflare/vitest-plugin/types" />
import { createScheduledController, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../src/newsroom-worker.ts";
import type { SchedulerObject } from "../../src/schedule/scheduler.ts";
import { story } from "../fixtures/publication.ts";
import { insertStories } from "./many-stories.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// With the real clock: the alarm of a Durable Object cannot use another.

const SECOND = 1000;
const iso = (time: number): string => new Date(time).toISOString();
const wholeSecond = (time: number): number => Math.ceil(time / SECOND) * SECOND;

let newsroom: NewsroomWorker;
let stub: DurableObjectStub<SchedulerObject>;
let objects = 0;

beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: Date.now(), database: await createEmptyDatabase() });
  if (env.SCHEDULER === undefined) throw new Error("the tests have no scheduler");
  stub = env.SCHEDULER.getByName(`test ${objects++}`);
});

const alarm = (): Promise<number | null> => runInDurableObject(stub, (_, state) => state.storage.getAlarm());

/** For `vi.waitFor`: a check fails, and is to be repeated, if the database of a busy machine takes longer than two seconds. */
const PATIENCE = { timeout: 300_000 };

/** Has the scheduler check, and returns for when it has set its alarm. */
const checkedAlarm = async (): Promise<number | null> => {
  await stub.check();
  return alarm();
};

describe("the scheduler", () => {
  it("sets its alarm for the time at which a story appears, and then reports it once", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    // On a busy machine a story may have appeared before its alarm could be set: another one then has more time.
    const scheduleStory = async (delayMs: number): Promise<{ readonly name: string; readonly at: number }> => {
      const name = `soon-in-${delayMs}`;
      const at = wholeSecond(Date.now() + delayMs);
      await newsroom.put(name, story(name, { published: iso(at) }));
      await vi.waitUntil(async () => (await checkedAlarm()) === at || Date.now() >= at, PATIENCE);
      if (Date.now() < at) return { name, at };
      if (delayMs > 60 * SECOND) throw new Error(`no alarm was set for ${iso(at)}, within ${delayMs} ms`);
      await vi.waitFor(
        async () => expect((await checkedAlarm()) ?? 0).toBeGreaterThan(Date.now() + 60 * SECOND),
        PATIENCE,
      );
      log.mockClear();
      return scheduleStory(2 * delayMs);
    };
    const { name, at } = await scheduleStory(SECOND);
    if (Date.now() < at) expect(log).not.toHaveBeenCalled();
    await vi.waitUntil(() => Date.now() >= at, PATIENCE);
    // Whether the alarm has run by itself or runs now, the story is reported once.
    await runDurableObjectAlarm(stub);
    await vi.waitFor(
      async () => expect((await checkedAlarm()) ?? 0).toBeGreaterThan(Date.now() + 60 * SECOND),
      PATIENCE,
    );
    expect(log.mock.calls.filter(([text]) => String(text).includes("soon"))).toEqual([[`appeared or left: ${name}`]]);
    log.mockRestore();
  });

  it("sets its alarm for an expiry if that comes first", async () => {
    const at = wholeSecond(Date.now() + 600 * SECOND);
    await newsroom.put("later", story("later", { published: iso(at + 60 * SECOND) }));
    await newsroom.put("ending", story("ending", { expires: iso(at) }));
    await vi.waitFor(async () => expect(await checkedAlarm()).toBe(at), PATIENCE);
  });

  it("sets its alarm within the hour if no transition is to come", async () => {
    await vi.waitFor(async () => {
      const set = (await checkedAlarm()) ?? 0;
      expect(set).toBeLessThanOrEqual(Date.now() + 3_600_000);
      expect(set).toBeGreaterThan(Date.now() + 3_500_000);
    }, PATIENCE);
  });

  it("compiles stored stories again, a step at a time, until none is left", async () => {
    const tooMany = 60;
    await insertStories(newsroom.database, tooMany);
    await newsroom.database.prepare("UPDATE stories SET compiler = 0").run();
    const countOutdated = async (): Promise<unknown> =>
      newsroom.database.prepare("SELECT COUNT(*) FROM stories WHERE compiler = 0").first("COUNT(*)");
    // The alarm may run by itself between two lines here, so the steps are counted by what they leave.
    const counts = new Set<unknown>([await countOutdated()]);
    await vi.waitUntil(async () => {
      const set = await checkedAlarm();
      const count = await countOutdated();
      counts.add(count);
      if (count !== 0) expect(set ?? 0).toBeLessThan(Date.now() + 60 * SECOND);
      return count === 0;
    }, PATIENCE);
    expect(counts.size).toBeGreaterThan(2);
    await vi.waitFor(
      async () => expect((await checkedAlarm()) ?? 0).toBeGreaterThan(Date.now() + 60 * SECOND),
      PATIENCE,
    );
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
