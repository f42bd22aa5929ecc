import { describe, expect, it } from "vitest";
import { oembedPath, renderOembed } from "../../src/formats/oembed.ts";
import { sampleChannel, sampleItem } from "./support/samples.ts";
import { readXml } from "./support/xml-reader.ts";

const channel = sampleChannel({ title: "The <Courier>", url: "https://example.org" });
const ANY = { width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY };
const image = { url: "https://example.org/media/x.png", alt: "", width: 640, height: 480 };

const jsonOf = (item: Parameters<typeof sampleItem>[0], limits = ANY): unknown =>
  JSON.parse(renderOembed(channel, sampleItem(item), "json", limits));

describe("what oEmbed says of a story", () => {
  it("is a link with a title, an author, the publication and a picture", () => {
    const authors = [{ key: "ann", name: "Ann", url: "https://ann.example/" }];
    expect(jsonOf({ title: "T & U", authors, image })).toEqual({
      ...{ version: "1.0", type: "link", title: "T & U" },
      ...{ author_name: "Ann", author_url: "https://ann.example/" },
      ...{ provider_name: "The <Courier>", provider_url: "https://example.org/" },
      ...{ thumbnail_url: image.url, thumbnail_width: 640, thumbnail_height: 480 },
    });
  });

  it("names several authors without an address, and a story without a title by its first words", () => {
    const authors = ["Ann", "Bob"].map((name) => ({ key: name, name, url: "https://x.example/" }));
    expect(jsonOf({ title: "", firstWords: "A micro post.", authors })).toEqual({
      ...{ version: "1.0", type: "link", title: "A micro post.", author_name: "Ann, Bob" },
      ...{ provider_name: "The <Courier>", provider_url: "https://example.org/" },
    });
  });

  it.each([
    [{ ...ANY, width: 640 }, true],
    [{ ...ANY, width: 639 }, false],
    [{ ...ANY, height: 480 }, true],
    [{ ...ANY, height: 479 }, false],
  ])("has no picture that is larger than %o", (limits, isShown) => {
    expect(Object.hasOwn(Object(jsonOf({ image }, limits)), "thumbnail_url")).toBe(isShown);
  });

  it("has no picture whose size is not known, as it must state it", () => {
    expect(jsonOf({ image: { url: "https://x.example/x.png", alt: "" } })).not.toHaveProperty("thumbnail_url");
  });

  it("is the same in XML", () => {
    const item = sampleItem({ title: "T <&> U", image });
    const { name, children } = readXml(renderOembed(channel, item, "xml", ANY));
    expect(name).toBe("oembed");
    expect(Object.fromEntries(children.map((one) => [one.name, one.text]))).toEqual(
      Object.fromEntries(
        Object.entries(Object(jsonOf({ title: "T <&> U", image }))).map(([key, value]) => [key, `${value}`]),
      ),
    );
  });
});

it("the path of what oEmbed says of an address has that percent-encoded", () => {
  expect(oembedPath("https://example.org/articles/a%20b", "json")).toBe(
    "/oembed?url=https%3A%2F%2Fexample.org%2Farticles%2Fa%2520b&format=json",
  );
});
