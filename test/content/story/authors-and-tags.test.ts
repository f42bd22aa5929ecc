import { describe, expect, it } from "vitest";
import { compile } from "../../../src/content/compile.ts";
import { CHANNEL, CONTEXT, storyOf } from "../support.ts";

const AUTHORS = [
  { key: "boss", name: "Ann" },
  { key: "li-wei", name: "Li-Wei" },
  { key: "jo-do", name: "Jo Do" },
  { key: "kim", name: "Kim", url: "https://example.org/kim" },
  { key: "café", name: "Café" },
];

const compileWith = (keys: string, authors: typeof AUTHORS = AUTHORS) => {
  const channel = { ...CHANNEL, authors, sections: [{ key: "été", name: "Été" }] };
  const { item, file } = compile("hello.md", storyOf("Text.", keys), { ...CONTEXT, channel });
  return { item, messages: file.messages.map(({ line, column, reason }) => `${line}:${column} ${reason}`) };
};

describe("an author", () => {
  it.each([
    ["a key of site.yaml", "[kim]", [{ key: "kim", name: "Kim", url: "https://example.org/kim" }]],
    ["a key in another normal form", "[cafe\u{301}]", [{ key: "café", name: "Café" }]],
    ["somebody with the name of another key", "[{ name: Ann }]", [{ key: "ann", name: "Ann" }]],
    ["a name that site.yaml has with its former key", "[{ name: Li-Wei }]", [{ key: "li-wei", name: "Li-Wei" }]],
    ["a name with a former key that site.yaml has for another", "[{ name: Jo-Do }]", [{ key: "jo_do", name: "Jo-Do" }]],
    [
      "one of site.yaml with other data",
      "[{ name: Kim, email: kim@example.org }]",
      [{ key: "kim", name: "Kim", email: "kim@example.org" }],
    ],
  ])("may be %s", (_, written, authors) => {
    expect(compileWith(`authors: ${written}\n`)).toMatchObject({ item: { authors }, messages: [] });
  });

  it.each([
    [
      "{ name: LI-WEI }",
      "5:11 `LI-WEI` and `Li-Wei` of site.yaml would have one address: li-wei. Write `li-wei` if they are the same.",
    ],
    [
      "{ name: jo do }",
      "5:11 `jo do` and `Jo Do` of site.yaml would have one address: jo-do. Write `jo-do` if they are the same.",
    ],
    ["kimm", "5:11 `kimm` is no author of site.yaml (it has boss, li-wei, jo-do, kim, café). Did you mean `kim`?"],
    [
      "nobody",
      "5:11 `nobody` is no author of site.yaml (it has boss, li-wei, jo-do, kim, café). Add it there, or write { name: … } here.",
    ],
    ["{ name: '+' }", "5:11 The name `+` needs letters or digits. Add some."],
  ])("can't be %s", (written, message) => {
    expect(compileWith(`authors: [${written}]\n`)).toEqual({ item: undefined, messages: [message] });
  });

  it("that is unknown is told of twenty others at most", () => {
    const authors = Array.from({ length: 21 }, (_, index) => ({ key: `k${index}k`, name: `N${index}` }));
    const list = authors.slice(0, 20).map(({ key }) => key);
    expect(compileWith("authors: [nobody]\n", authors).messages).toEqual([
      `5:11 \`nobody\` is no author of site.yaml (it has ${list.join(", ")}). Add it there, or write { name: … } here.`,
    ]);
    expect(compileWith("authors: [nobody]\n", []).messages).toEqual([
      "5:11 `nobody` is no author of site.yaml (it has none). Add it there, or write { name: … } here.",
    ]);
  });

  it("stands in a story once", () => {
    expect(compileWith("authors: [kim, { name: Zed }, { name: Kim }, { name: ZED }]\n")).toMatchObject({
      item: {
        authors: [
          { key: "kim", name: "Kim" },
          { key: "zed", name: "Zed" },
        ],
      },
      messages: [
        "5:31 The author `Kim` stands here twice. Delete one.",
        "5:46 The author `ZED` is the same as `Zed`: they would have one address, zed. Only `Zed` is shown. Delete one.",
      ],
    });
  });
});

it.each([
  ["e\u{301}te\u{301}", { key: "été", name: "Été" }, []],
  ["sport", undefined, ["5:10 `sport` is no section of site.yaml (it has été). Add it there, or mend the name."]],
])("the section %s is found by its key, in any normal form", (written, section, messages) => {
  const result = compileWith(`section: ${written}\n`);
  expect([result.item?.section, result.messages]).toEqual([section, messages]);
});

describe("an invisible character in a tag", () => {
  const warningOf = (tag: string): string | undefined => compileWith(`tags: ["${tag}"]\n`).messages[0];

  it.each([
    ["\u{200B}", "200B"],
    ["\u{AD}", "00AD"],
    ["\u{200E}", "200E"],
    ["\u{2060}", "2060"],
    ["\u{3164}", "3164"],
    ["\u{180E}", "180E"],
  ])("is told: %j", (character, code) => {
    expect(warningOf(`a${character}b`)).toMatch(
      new RegExp(
        `^5:8 The tag .* has the invisible character U\\+${code}, which makes another tag of it than it looks\\.`,
      ),
    );
  });

  it.each(["\u{200C}", "\u{200D}", "\u{FE00}", "\u{FE0F}", "\u{E0067}", "\u{E0FFF}", " ", "\u{301}"])(
    "is left alone where it joins, separates or shapes what is seen: %j",
    (character) => {
      expect(warningOf(`a${character}b`)).toBeUndefined();
    },
  );
});
