import { expect, it } from "vitest";
import { PLACEHOLDER_ORIGIN } from "../../src/model/address.ts";
import { changedAtOf, readPublication, writePublication } from "../../src/model/publication.ts";
import { sampleChannel, sampleItem } from "../formats/support/samples.ts";

const publicationAt = (origin: string) => ({
  url: "https://example.org",
  channel: sampleChannel({ url: origin }),
  items: [sampleItem({ url: `${origin}/articles/a`, html: `<a href="${origin}/">A$&</a><a href="${origin}/b">B</a>` })],
  media: { "media/a.gif": { type: "image/gif", length: 42 } },
  formerScopes: [],
  feedMembers: {},
  partners: [],
  partnerMembers: {},
});

it.each([
  ["its own", undefined, "https://example.org"],
  ["another one", "http://localhost:8787", "http://localhost:8787"],
  ["one with a pattern of String.replace", "https://$&.example", "https://$&.example"],
])("a publication is read with every URL on %s origin", (_, origin, expected) => {
  for (const changedAt of [undefined, 1_772_323_200_000]) {
    const text = writePublication(publicationAt(PLACEHOLDER_ORIGIN), changedAt);
    expect(readPublication(text, origin)).toEqual(publicationAt(expected));
    expect(changedAtOf(text)).toBe(changedAt);
  }
});

it.each(["", "./build/publication.txt", "https://example.org\n{"])(
  "a text that is no publication is named so: %j",
  (text) => {
    expect(() => readPublication(text)).toThrow(/^This text is no publication\. Pass that of build\/publication\.txt/);
  },
);
