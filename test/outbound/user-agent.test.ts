import { expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { userAgentOf } from "../../src/outbound/user-agent.ts";

it("the User-Agent names the product, its version and the hub's address, where its operator is found", () => {
  expect(userAgentOf("https://courier.example")).toBe(`Feedwright/${manifest.version} (+https://courier.example/hub)`);
});
