/// <reference types="@cloudflare/vitest-plugin/types" />
import { createScheduledController, runInDurableObject } from "cloudflare:test";
import { env, waitUntil } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createWorker } from "../src/app/create-worker.ts";
import worker from "../src/worker.ts";
import { compileText, instant, story } from "./fixtures/publication.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const url = "https://courier.example/rss.xml";

describe("the deployed worker", () => {
  it.each(["rss.xml", "atom.xml", "feed.json", ""])(
    "serves the publication of content/ with its real bindings: /%s",
    async (file) => {
      const response = await worker.fetch(new Request(`https://example.org/${file}`), env);
      expect(response.status).toBe(200);
      expect((await response.text()).length).toBeGreaterThan(100);
    },
  );

  it("has its version from the binding VERSION", () => {
    expect(env.VERSION?.id).toMatch(/./);
    expect(Date.parse(env.VERSION?.timestamp ?? "")).toBeGreaterThan(0);
  });
});

describe("the scheduler", () => {
  it("sets its alarm for the stories of content/, too", async () => {
    await worker.scheduled(createScheduledController(), env);
    const stub = env.SCHEDULER?.getByName("scheduler");
    if (stub === undefined) throw new Error("there is no scheduler");
    const alarm = await runInDurableObject(stub, (_, state) => state.storage.getAlarm());
    expect(alarm).toBeGreaterThan(Date.now());
  });
});

describe("Last-Modified", () => {
  const modified = async (timestamp: string | undefined, now: number): Promise<number> => {
    const text = await compileText({ "a.md": story("a", { published: "2026-03-01T00:00:00Z" }) });
    const version = timestamp === undefined ? {} : { VERSION: { id: "one", tag: "", timestamp } };
    const response = await createWorker(text, { now: () => now, waitUntil }).fetch(new Request(url), {
      ASSETS: env.ASSETS,
      ...version,
    });
    return Date.parse(response.headers.get("last-modified") ?? "");
  };

  it.each([
    ["of a version deployed after the last transition", "2026-03-01T06:00:00.789Z", NOW, "2026-03-01T06:00:00Z"],
    ["of a version deployed before the last transition", "2026-02-01T00:00:00Z", NOW, "2026-03-01T00:00:00Z"],
    ["of a worker without the version binding", undefined, NOW, "2026-03-01T00:00:00Z"],
    ["of a version without a date", "", NOW, "2026-03-01T00:00:00Z"],
    ["of a worker without the version binding, before anything is published", undefined, 0, "1970-01-01T00:00:00Z"],
  ])("%s", async (_, timestamp, now, expected) => {
    expect(await modified(timestamp, now)).toBe(instant(expected));
  });
});

it("two workers share no cache", async () => {
  const texts = await Promise.all(["one", "two"].map((name) => compileText({ [`${name}.md`]: story(name) })));
  const workers = texts.map((text) => createWorker(text, { now: () => NOW, waitUntil }));
  const bodies = await Promise.all(workers.map(async (one) => (await one.fetch(new Request(url), env)).text()));
  expect(bodies.map((body) => /<item>\n<title>(\w+)/.exec(body)?.[1])).toEqual(["one", "two"]);
});
