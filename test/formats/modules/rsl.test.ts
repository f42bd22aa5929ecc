import { expect, it } from "vitest";
import { RSL_NAMESPACE, renderRslContent } from "../../../src/formats/modules/rsl.ts";
import type { Usage } from "../../../src/model/item.ts";
import { readXml, type XmlElement } from "../support/xml-reader.ts";

const outline = ({ name, attributes, children, text }: XmlElement): unknown => [
  name.replace(`{${RSL_NAMESPACE}}`, ""),
  Object.fromEntries(attributes),
  children.length === 0 ? text : children.map(outline),
];

const read = (rights: Usage): unknown =>
  outline(
    readXml(`<item xmlns:rsl="${RSL_NAMESPACE}">${renderRslContent("https://a.example/?a&b", rights, "rsl:")}</item>`)
      .children[0] ?? readXml(""),
  );

const URL = { url: "https://a.example/?a&b" };
const TYPE = { type: "usage" };

it("uses that are allowed and forbidden stand in one licence, and what is not stated in neither", () => {
  expect(read({ search: true, aiInput: false, aiTrain: false, license: "https://a.example/t?a&b" })).toEqual([
    "content",
    URL,
    [
      [
        "license",
        {},
        [
          ["permits", TYPE, "search"],
          ["prohibits", TYPE, "ai-input ai-train"],
        ],
      ],
      ["terms", {}, "https://a.example/t?a&b"],
    ],
  ]);
  expect(read({ aiInput: true })).toEqual(["content", URL, [["license", {}, [["permits", TYPE, "ai-input"]]]]]);
});

it("terms alone are a licence to ask for, since an empty licence would allow everything", () => {
  const license = "https://a.example/t";
  expect(read({ license })).toEqual([
    "content",
    URL,
    [
      ["license", {}, [["payment", {}, [["custom", {}, license]]]]],
      ["terms", {}, license],
    ],
  ]);
});
