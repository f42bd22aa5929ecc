import { describe, expect, it } from "vitest";
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

const open = async (hubs: readonly string[], bindings: Partial<Env>) => {
  const { channel } = openBundled(await compileText({ "site.yaml": site({ hubs }) }), "", { id: "one", at: 0 });
  return openPush(channel, { ASSETS: assetsOf({}), ...bindings });
};

describe("push", () => {
  it.each([
    ["is open if the built-in hub is among the hubs", ["built-in"], true],
    ["is not open without a hub", [], false],
    ["is not open for an external hub, which the Durable Object HUB notifies", ["https://hub.example/"], false],
  ])("%s", async (_, hubs, isOpen) => {
    expect((await open(hubs, HUB)) !== undefined).toBe(isOpen);
  });

  it("does not open with an unknown variable of the hub, and says what to change", async () => {
    const misspelt = { ...HUB, HUB_MOST: "1" };
    await expect(open(["built-in"], misspelt)).rejects.toThrow(/HUB_MOST is no setting of the hub/);
  });
});
