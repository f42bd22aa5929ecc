import { describe, expect, it } from "vitest";
import { compile } from "../../../../src/content/compile.ts";
import { CONTEXT, storyOf } from "../../support.ts";

/** The messages of a text, each with its place in the text. */
const messagesOf = (text: string): readonly string[] =>
  compile("hello.md", storyOf(text), CONTEXT).file.messages.map(
    ({ line = 0, column, reason }) => `${line - 6}:${column} ${reason}`,
  );

/** What is no mistake has no message. */
type Case = readonly [text: string, ...message: readonly string[]];

const expectMessages =
  (explain: (...words: readonly string[]) => string) =>
  (text: string, place?: string, ...words: readonly string[]) =>
    expect(messagesOf(text)).toEqual(place === undefined ? [] : [`${place} ${explain(...words)}`]);

describe("a heading that is none", () => {
  it.each<Case>([
    ["#\n\ntext", "1:1"],
    ["A title\n-", "1:1", "A title", "-"],
    ["A title\n--"],
    ["A title\n=="],
    ["A title\n=", "1:1", "A title", "="],
    ["A sentence.\n---", "1:1", "A sentence.", "---"],
    ["Clause,\n---", "1:1", "Clause,", "---"],
    ["Clause;\n---", "1:1", "Clause;", "---"],
    ["Clause:\n---", "1:1", "Clause:", "---"],
    ["句。\n---", "1:1", "句。", "---"],
    ["句，\n---", "1:1", "句，", "---"],
    ["句；\n---", "1:1", "句；", "---"],
    ["句：\n---", "1:1", "句：", "---"],
    ["A title?\n---"],
    [`${"x".repeat(100)}\n---`],
    [`${"x".repeat(101)}\n---`, "1:1", `${"x".repeat(59)}…`, "---"],
    ["Two\nlines\n---", "1:1", "Two lines", "---"],
    ["## Two\n\ntext."],
  ])(
    "%j",
    expectMessages((text, underline) =>
      text === undefined
        ? "This heading has no words. Write some, or delete it."
        : `\`${text}\` became a heading, since \`${underline}\` stands directly below. If it is none, put a blank line between them.`,
    ),
  );
});

describe("a number that begins a list, or a wrong one in it", () => {
  it.each<Case>([
    ["1984. It was", "1:1", "", "1984.", "1984\\."],
    ["1. One"],
    ["2. Two", "1:1", "", "2.", "2\\."],
    ["2) Two", "1:1", "", "2)", "2\\)"],
    ["text\n1. One", "2:1", "", "1.", "1\\."],
    ["text\n\n1. One"],
    ["1. a\n2. b\n\ntext\n\n3. c"],
    ["5. a\n6. b\n\ntext\n\n3. c", "6:1", "", "3.", "3\\."],
    ["3. a\n\ntext\n\n3. b", "1:1", "", "3.", "3\\."],
    ["- a\n\ntext\n\n3. b", "5:1", "", "3.", "3\\."],
    ["1. a\n3. b\n4. c", "2:1", "wrong", "2", "3"],
    ["1. a\n1. b"],
    ["2. a\n2. b"],
    ["0. a\n1. b"],
    ["1. a\n2. b\n2. c", "3:1", "wrong", "3", "2"],
  ])(
    "%j",
    expectMessages((kind, first, second) =>
      kind === "wrong"
        ? `Readers see ${first} here, not ${second}: the numbers of a list go up by one from its first. Write it so, or put a backslash behind each number: \`${second}\\.\`.`
        : `\`${first}\` became the number of a list, which the summary is without. If it is a part of the text, write \`${second}\`.`,
    ),
  );
});

describe("a sign before a number that begins a list", () => {
  it.each<Case>([
    ["- 5 degrees", "1:1", "- 5", "−5"],
    ["+ 5 degrees", "1:1", "+ 5", "\\+5"],
    ["* 5 degrees"],
    ["- 5\n- 6"],
    ["- five"],
    ["-  5°", "1:1", "- 5°", "−5°"],
  ])(
    "%j",
    expectMessages(
      (written, meant) =>
        `\`${written}\` became an entry of a list. If the sign belongs to the number, write \`${meant}\`.`,
    ),
  );
});

describe("lines that run together", () => {
  it.each<Case>([
    ["• a\n• b", "1:1"],
    ["• a"],
    ["• a\ntext\n• b", "1:1"],
    ["text\n• a\n• b", "1:1"],
    ["a) x\nb) y", "1:1"],
    ["b) x\nc) y"],
    ["A) x\nB) y", "1:1"],
    ["(1) x\n(2) y", "1:1"],
    ["(2) x\n(3) y"],
    ["① a\n② b", "1:1"],
    ["② a\n③ b"],
    ["1、a\n2、b", "1:1"],
    ["１．a\n２．b", "1:1"],
    ["（1）a\n（2）b", "1:1"],
    ["一、a\n二、b", "1:1"],
    ["– a\n– b", "1:1"],
    ["– a\nb"],
    ["— a\n— b", "1:1"],
    ["• a\\\n• b"],
    ["• a  \n• b"],
    ["• a<br>\n• b"],
    ["• a\\\n• b\n• c", "1:1"],
    ["> • a\n> • b", "1:3"],
    ["· a\n· b", "1:1"],
  ])(
    "%j",
    expectMessages(
      () =>
        "These lines run together to one. Begin each with - and a space for a list, or put a backslash at the end of each to break the line.",
    ),
  );
});

describe("text that is indented like code", () => {
  it.each<Case>([
    ["    Once upon a time there was", "1:1"],
    ["    Once upon a time there"],
    ["    Once upon a time there was = x"],
    ["    Once upon a time there was;"],
    ["    今日は天気がいいです。", "1:1"],
    ["    ## Heading", "1:1"],
    ["    ## heading"],
    ["    > quoted", "1:1"],
    ["    - Nested item", "1:1"],
    ["    - ab"],
    ["    1. Nested item", "1:1"],
    ["    - key: Nested"],
    ["    [^1]: note", "1:1"],
    ["    [a](b)", "1:1"],
    ["    ![a](b)", "1:1"],
    ["    ```", "1:1"],
    ["    ~~~", "1:1"],
    ["\tOnce upon a time there was", "1:1"],
  ])(
    "%j",
    expectMessages(
      () =>
        "Four spaces or a tab before it made code of this. Delete them; if it is code, put a line of ``` above and below it instead.",
    ),
  );
});

describe("code that has no end, or is drawn elsewhere", () => {
  it.each<Case>([
    ["~~~\ncode", "1:1", "open", "~~~"],
    ["~~~\ncode\n~~~"],
    ["```\ncode\n~~~", "1:1", "open", "```"],
    ["~~~\ncode\n```", "1:1", "open", "~~~"],
    ["````\ncode\n```", "1:1", "open", "````"],
    ["```\ncode\n````"],
    ["> ```\n> code\n\ntext", "1:3", "open", "```"],
    ["> ```\n> code\n> ```"],
    ["- ```\n  code\n  ```"],
    ["```mermaid\nx\n```", "1:1", "drawn", "mermaid"],
    ["~~~Mermaid\nx\n~~~", "1:1", "drawn", "Mermaid"],
    ["```math\nx\n```", "1:1", "drawn", "math"],
    ["```geojson\nx\n```", "1:1", "drawn", "geojson"],
    ["```stl\nx\n```", "1:1", "drawn", "stl"],
    ["```topojson\nx\n```", "1:1", "drawn", "topojson"],
    ["```{r}\nx\n```", "1:1", "drawn", "{r}"],
    ["```js\nx\n```"],
    ["```js{1}\nx\n```"],
    ["```\nx\n``` y", "1:1", "open", "```"],
  ])(
    "%j",
    expectMessages((kind, word) =>
      kind === "drawn"
        ? `\`${word}\` is drawn by other systems; here readers see what stands in it. Add a picture of it, or delete this word.`
        : `This code has no end, so all from here on is in it. Put a line of ${word} behind the code.`,
    ),
  );
});

describe("a box that can't be checked", () => {
  it.each<Case>([
    ["- []", "1:1", "[]"],
    ["- [ ]text", "1:1", "[ ]"],
    ["- [x]text", "1:1", "[x]"],
    ["- [X]text", "1:1", "[X]"],
    ["- [ ] ok"],
    ["- [x](other.md)"],
    ["* []", "1:1", "[]"],
    ["+ []", "1:1", "[]"],
    ["1. [ ]x", "1:1", "[ ]"],
    ["1) [x]", "1:1", "[x]"],
    ["- [y]"],
    ["- [x] done"],
  ])(
    "%j",
    expectMessages((box) => `\`${box}\` became no check box. Write \`- [ ] \` or \`- [x] \`, with a space behind it.`),
  );
});

describe("a heading without a space behind the #", () => {
  it.each<Case>([
    ["#Title\n\nText", "1:1", "#Title"],
    ["#title\n\nText"],
    ["#Title"],
    ["#Title\n\n## Text"],
    ["#Title.\n\nText"],
    ["#Title!\n\nText"],
    ["#TitleCase\n\nText"],
    ["#Title Case\n\nText", "1:1", "#Title Case"],
    ["#NATO\n\nText"],
    ["#NATO today\n\nText", "1:1", "#NATO today"],
    ["#Covid19\n\nText"],
    ["#One #Two\n\nText"],
    ["#A\n\nText"],
    ["#Ab\n\nText", "1:1", "#Ab"],
    [`#A${"b".repeat(80)}\n\nText`, "1:1", `#A${"b".repeat(57)}…`],
    [`#A${"b".repeat(81)}\n\nText`],
    ["#Title\nline\n\nText"],
  ])(
    "%j",
    expectMessages(
      (line) =>
        `\`${line}\` became no heading: there is no space behind the #. Add one; or, if it is a tag, put a backslash before the #.`,
    ),
  );
});

describe("emphasis amid words", () => {
  it.each<Case>([
    ["Autor*innen und Leser*innen", "1:6", "innen und Leser"],
    ["2*3*4", "1:2", "3"],
    ["un*believ*able"],
    ["a*b*c", "1:2", "b"],
    ["a**b c**d", "1:2", "b c"],
    ["*a* b"],
    ["x *a b*c"],
    ["a*b c* d"],
    ["3*ab*c", "1:2", "ab"],
    ["日*本 語*日"],
  ])(
    "%j",
    expectMessages(
      (text) =>
        `The * before and behind \`${text}\` became emphasis, and no reader sees them. If they belong to the text, write \`\\*\`.`,
    ),
  );
});
