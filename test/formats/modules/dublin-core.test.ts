import { describe, expect, it } from "vitest";
import {
  DUBLIN_CORE_NAMESPACE,
  renderCreators,
  renderLanguage,
  renderSource,
} from "../../../src/formats/modules/dublin-core.ts";
import type { Item } from "../../../src/model/item.ts";
import { dcName } from "../support/names.ts";
import { richItem, sampleItem } from "../support/samples.ts";
import { readXml, textsOf } from "../support/xml-reader.ts";

const read = (render: (item: Item) => string, name: string, item: Item) =>
  textsOf(readXml(`<item xmlns:dc="${DUBLIN_CORE_NAMESPACE}">${render(item)}</item>`), dcName(name));

describe("Dublin Core", () => {
  it("is nothing to a story that has no authors, source and language", () => {
    expect([renderCreators, renderSource, renderLanguage].map((render) => render(sampleItem()))).toEqual(["", "", ""]);
  });

  it("has a creator for each author", () => {
    expect(read(renderCreators, "creator", richItem)).toEqual(["Ana & Béla", "Bo"]);
  });

  it("has a source with title, author and address, as far as they are known", () => {
    expect(read(renderSource, "source", richItem)).toEqual(["The Paper, Jo Writer, https://paper.example/1"]);
    expect(read(renderSource, "source", sampleItem({ source: { title: "A & <B>" } }))).toEqual(["A & <B>"]);
  });

  it("has the story's own language", () => {
    expect(read(renderLanguage, "language", richItem)).toEqual(["ar"]);
  });
});
