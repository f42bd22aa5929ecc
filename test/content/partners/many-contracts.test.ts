import { describe, expect, it } from "vitest";
import { compilePartners } from "../../../src/content/partners/partners.ts";

const contractsOf = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `p${index}:\n  contact: desk@acme.example\n  formats: [rss]\n  tokens: [{ sha256: "${"ab".repeat(32)}" }]\n`,
  ).join("");

describe("content/partners.yaml", () => {
  it("may have thousands of contracts", () => {
    const { partners, file } = compilePartners(contractsOf(3000), []);
    expect([partners.length, file.messages]).toEqual([3000, []]);
  });

  it("is refused beyond 1 MiB, before it is parsed", () => {
    const { partners, file } = compilePartners(contractsOf(20_000), []);
    expect([partners, file.messages.map(({ reason }) => reason)]).toEqual([
      [],
      [expect.stringMatching(/^The file has \d+ bytes; 1048576 /)],
    ]);
  });
});
