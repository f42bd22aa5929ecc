import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import type { Env } from "../../src/app/environment.ts";
import { openPush } from "../../src/app/open-push.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, site } from "../fixtures/publication.ts";
import { assetsOf } from "../routes/support/serve.ts";

const notCalled = (): never => {
  throw new Error("opening must not call a binding");
};

const HUB: Partial<Env> = {
  HUB: { getByName: notCalled },
  TOPICS: { getByName: notCalled },
  DELIVERIES: { sendBatch: notCalled },
};

const { DELIVERIES: _, ...WITHOUT_QUEUE } = HUB;

const open = async (hubs: readonly string[], bindings: Partial<Env>) => {
  const { channel } = openBundled(await compileText({ "site.yaml": site({ hubs }) }), "", { id: "one", at: 0 });
  return openPush(channel, { ASSETS: assetsOf({}), ...bindings });
};

describe("push", () => {
  let warn: MockInstance;
  beforeEach(() => {
    warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  });
  afterEach(() => warn.mockRestore());

  it.each([
    ["is open if site.yaml names the built-in hub", ["built-in"], HUB, true, 0],
    ["is not open without a hub", [], HUB, false, 0],
    ["is not open for an external hub, which the Durable Object HUB notifies", ["https://hub.example/"], HUB, false, 0],
    ["warns if nothing notifies an external hub", ["https://hub.example/"], {}, false, 1],
  ])("%s", async (_, hubs, bindings, isOpen, warnings) => {
    expect((await open(hubs, bindings)) !== undefined).toBe(isOpen);
    expect(warn).toHaveBeenCalledTimes(warnings);
  });

  it.each([
    ["a missing binding", WITHOUT_QUEUE, /DELIVERIES in wrangler\.toml/],
    ["an unknown variable of the hub", { ...HUB, HUB_MOST: "1" }, /HUB_MOST is no setting of the hub/],
  ])("does not open with %s, and says what to change", async (_, bindings, message) => {
    await expect(open(["built-in"], bindings)).rejects.toThrow(message);
  });
});
