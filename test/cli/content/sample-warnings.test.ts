import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sampleWarnings } from "../../../src/cli/content/sample-warnings.ts";
import { readFolder } from "../../../src/cli/files/read-folder.ts";
import { compilePublication } from "../../../src/content/publication.ts";

const OWN = "tag:courier.news,2026:";
const SAMPLE = "tag:feedwright.example,2026:";

const publication = (url: string, siteId = `${OWN}feeds`, ids: readonly string[] = [`${OWN}a`]) => ({
  url,
  channel: { id: siteId },
  items: ids.map((id) => ({ id })),
});

describe("the address of a site", () => {
  it.each([
    ["https://courier.news", false, false],
    ["https://example.org", true, true],
    ["https://feeds.example.com/news", true, true],
    ["https://example.net:8443", true, true],
    ["https://courier.example", true, true],
    ["https://courier.test", true, true],
    ["https://courier.invalid", true, true],
    ["https://myexample.org", false, false],
    ["https://example.org.courier.news", false, false],
    ["https://courier-test", false, false],
    ["http://localhost:8787", false, true],
    ["http://courier.localhost", false, true],
  ])("%s is an example's: %s; as it is deployed: %s", (url, whenChecked, whenDeployed) => {
    const line = `content/site.yaml: no reader can reach ${url}. Set \`url\` to the address that your site will have.`;
    expect(sampleWarnings(publication(url), false)).toEqual(whenChecked ? [line] : []);
    expect(sampleWarnings(publication(url), true)).toEqual(whenDeployed ? [line] : []);
  });
});

describe("ids of the sample", () => {
  it.each([
    [`${OWN}feeds`, [`${OWN}a`, `${SAMPLE}b`], "1 story"],
    [`${SAMPLE}feeds`, [], "site.yaml"],
    [`${SAMPLE}feeds`, [`${SAMPLE}a`, `${SAMPLE}b`], "site.yaml and 2 stories"],
  ])("are found: %s %s", (siteId, ids, where) => {
    expect(sampleWarnings(publication("https://courier.news", siteId, ids), false)).toEqual([
      `content/: ids of the sample, which other sites have too, are in ${where}. Write ids of your own, and delete the sample's stories.`,
    ]);
  });

  it("are those of the sample in this repository", async () => {
    const sample = await compilePublication(await readFolder(join(import.meta.dirname, "../../../content")));
    const { url = "", channel, items = [] } = sample.publication ?? {};
    const lines = sampleWarnings({ url, channel: { id: channel?.id ?? "" }, items }, false);
    expect(lines).toEqual([
      expect.stringContaining("no reader can reach"),
      expect.stringContaining(`in site.yaml and ${items.length} stories`),
    ]);
  });
});
