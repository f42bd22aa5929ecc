import { describe, expect, it } from "vitest";
import { idProblems } from "../../../src/content/schema/id-syntax.ts";

describe("an id", () => {
  it.each([
    "tag:example.org,2026:my-story",
    "tag:example.org,2026-11:x",
    "tag:example.org,2024-02-29:x",
    "tag:jane.doe@example.org,2026:x",
    "tag:localhost,2026:",
    "tag:127.0.0.1,2026:x",
    "TAG:Example.ORG,2026:a/b?c=d;e:f@g,(h)*'!$&+~_%C3%A9#i?j",
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "URN:UUID:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
    "urn:isbn:9783161484100",
    "https://example.org/?p=1",
  ])("%s is as it should be", (id) => {
    expect(idProblems(id)).toEqual([]);
  });

  it.each([
    ["tag:example.org:x", "is not of the form tag:"],
    ["tag:example.org,2026", "is not of the form tag:"],
    ["tag:,2026:x", "must have a domain"],
    ["tag:my_host,2026:x", "must have a domain"],
    ["tag:-a.example,2026:x", "must have a domain"],
    ["tag:example..org,2026:x", "must have a domain"],
    ["tag:a@b@example.org,2026:x", "must have a domain"],
    ["tag:example.org,26:x", "must have a date"],
    ["tag:example.org,2026-2:x", "must have a date"],
    ["tag:example.org,2026-13:x", "must have a date"],
    ["tag:example.org,2026-02-30:x", "must have a date"],
    ["tag:example.org,2026-02-03T04:x", "must have a date"],
    ["tag:example.org,2026:a[b]", "must be percent-encoded"],
    ["tag:example.org,2026:100%", "must be percent-encoded"],
    ["tag:example.org,2026:a#b#c", "must be percent-encoded"],
    ["tag:example.org,2026:日本語", "beyond ASCII"],
    ["https://example.org/é", "beyond ASCII"],
    ["urn:uuid:f81d4fae", "is not of the form urn:uuid:"],
    ["urn:uuid:f81d4fae7dec11d0a76500a0c91e6bf6", "is not of the form urn:uuid:"],
    ["urn:uuid:g81d4fae-7dec-11d0-a765-00a0c91e6bf6", "is not of the form urn:uuid:"],
  ])("%s %s", (id, problem) => {
    expect(idProblems(id)).toEqual([expect.stringContaining(problem)]);
    expect(idProblems(id)).toEqual([expect.stringContaining("an id never changes.")]);
  });

  it("may have two problems", () => {
    expect(idProblems("tag:example.org:日本語")).toHaveLength(2);
  });
});
