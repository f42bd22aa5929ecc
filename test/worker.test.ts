import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import worker from "../src/worker.ts";

it("serves the sample publication as RSS", async () => {
  const response = await worker.fetch(new Request("https://example.org/rss.xml"), env);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("<rss");
});
