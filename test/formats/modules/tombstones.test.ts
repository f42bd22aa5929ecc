import { describe, expect, it } from "vitest";
import { renderDeletedEntry, TOMBSTONES_NAMESPACE } from "../../../src/formats/modules/tombstones.ts";
import type { Tombstone } from "../../../src/model/tombstone.ts";
import { tombstoneName } from "../support/names.ts";
import { expired, withdrawn } from "../support/samples.ts";
import { childOf, childrenOf, readXml, textOf } from "../support/xml-reader.ts";

const read = (tombstone: Tombstone) =>
  childOf(
    readXml(`<feed xmlns:at="${TOMBSTONES_NAMESPACE}">${renderDeletedEntry(tombstone)}</feed>`),
    tombstoneName("deleted-entry"),
  );

describe("at:deleted-entry (RFC 6721 §3)", () => {
  it("names the story's id and the time at which it was withdrawn, with the reason as a comment", () => {
    const deleted = read(withdrawn);
    expect(Object.fromEntries(deleted.attributes)).toEqual({ ref: withdrawn.id, when: "2026-01-02T09:00:00Z" });
    expect(textOf(deleted, tombstoneName("comment"))).toBe("It was wrong & <harmful>");
  });

  it("has no comment for a story that expired", () => {
    const deleted = read(expired);
    expect(deleted.attributes.get("ref")).toBe(expired.id);
    expect(childrenOf(deleted, tombstoneName("comment"))).toEqual([]);
  });

  it("escapes an id that XML could not hold as it is", () => {
    const id = `tag:example.org,2026:"<&>'`;
    expect(read({ ...expired, id }).attributes.get("ref")).toBe(id);
  });
});
