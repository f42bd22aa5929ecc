import { describe, expect, it } from "vitest";
import { htmlOf, itemOf, messagesOf, storyOf } from "../support.ts";

const alertOf = (word: string, html: string): string =>
  `<blockquote>\n<p><strong>${word}</strong></p>\n${html}\n</blockquote>`;

describe("an alert", () => {
  it.each([
    ["NOTE", "Note"],
    ["TIP", "Tip"],
    ["IMPORTANT", "Important"],
    ["WARNING", "Warning"],
    ["CAUTION", "Caution"],
    ["caution", "Caution"],
  ])("[!%s] says its word above its text", (kind, word) => {
    expect(htmlOf(`> [!${kind}]\n> Some *text*.\n>\n> More.`)).toBe(
      alertOf(word, "<p>Some <em>text</em>.</p>\n<p>More.</p>"),
    );
  });

  it("says it in the language of the story", () => {
    expect(itemOf(storyOf("> [!WARNING]\n> Text.", "language: de\n")).html).toBe(alertOf("Warnung", "<p>Text.</p>"));
  });

  it.each([
    ["in a paragraph of its own", "> [!NOTE]\n>\n> Text.", alertOf("Note", "\n<p>Text.</p>").replace("\n\n", "\n")],
    ["with a line break behind it", "> [!NOTE]  \n> Text.", alertOf("Note", "<p>Text.</p>")],
    ["before other marks", "> [!NOTE]\n> **Text.**", alertOf("Note", "<p><strong>Text.</strong></p>")],
    ["before a list", "> [!NOTE]\n> - One", alertOf("Note", "<ul>\n<li>One</li>\n</ul>")],
  ])("may have its mark %s", (_, text, html) => {
    expect(htmlOf(text)).toBe(html);
    expect(messagesOf(storyOf(text))).toEqual([]);
  });

  it.each([
    ["escaped", "> \\[!NOTE]\n> Text."],
    ["in code", "> `[!NOTE]`\n> Text."],
    ["behind other text", "> See [!NOTE]\n> Text."],
  ])("is none if the mark is %s", (_, text) => {
    expect(htmlOf(text)).not.toContain("<strong>");
  });

  it.each(["> [!NOTE] Title\n> Text.", "> [!INFO]\n> Text.", "[!NOTE]\nText."])(
    "is none, with a warning: %j",
    (text) => {
      expect(htmlOf(text)).not.toContain("<strong>");
      expect(messagesOf(storyOf(text))).toEqual([expect.stringMatching(/^7:\d syntax$/)]);
    },
  );
});
