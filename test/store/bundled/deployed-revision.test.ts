import { describe, expect, it } from "vitest";
import { deployedRevision } from "../../../src/store/bundled/deployed-revision.ts";

const VERSION = { id: "a-version", timestamp: "2026-03-01T12:00:00.999Z" };
const DEPLOYED = Date.UTC(2026, 2, 1, 12);
const PLAIN = 'https://example.org\n{"items":[]}';

describe("the time of a deployment's revision", () => {
  it.each([
    ["when the version was deployed, in whole seconds", PLAIN, { VERSION }, DEPLOYED],
    ["0 if nobody says", PLAIN, {}, 0],
    ["when the publication changed, if the build wrote that", PLAIN.replace("\n", " 1000\n"), { VERSION }, 1000],
    ["the same without a version", PLAIN.replace("\n", " 1000\n"), {}, 1000],
  ])("is %s", (_, text, deployment, at) => {
    expect(deployedRevision(text, deployment, true).at).toBe(at);
  });
});

describe("the id of a deployment's revision", () => {
  const { id } = deployedRevision(PLAIN, { VERSION }, true);

  it("is the same for the same version, address and content", () => {
    expect(deployedRevision(PLAIN, { VERSION, SITE_URL: "" }, true).id).toBe(id);
  });

  it.each([
    ["version", PLAIN, { VERSION: { ...VERSION, id: "another" } }],
    ["address", PLAIN, { VERSION, SITE_URL: "https://other.example" }],
    ["content", PLAIN.replace("[]", "[1]"), { VERSION }],
  ])("is another one with another %s", (_, text, deployment) => {
    expect(deployedRevision(text, deployment, true).id).not.toBe(id);
  });

  it("is another one where there can be no hub, whatever the version", () => {
    expect(deployedRevision(PLAIN, { VERSION }, false).id).not.toBe(id);
  });
});
