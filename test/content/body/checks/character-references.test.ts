import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../support.ts";

describe("a reference to a character that is none", () => {
  it.each([
    [
      "a&#1;b",
      "<p>a�b</p>",
      "1:1 warning damaged-text: `�` stands where a program could not read a character. Write what was there.",
    ],
    [
      "a&#0;b",
      "<p>a�b</p>",
      "1:2 warning damaged-text: `&#0;` stands for no character: readers see �. Write what was there.",
    ],
    [
      "a&#x80;b",
      "<p>a�b</p>",
      "1:2 warning damaged-text: `&#x80;` stands for no character: readers see �. In Windows-1252 it is €; write that.",
    ],
    [
      "a&#150;b",
      "<p>a�b</p>",
      "1:2 warning damaged-text: `&#150;` stands for no character: readers see �. In Windows-1252 it is –; write that.",
    ],
    [
      "a&#129;b",
      "<p>a�b</p>",
      "1:2 warning damaged-text: `&#129;` stands for no character: readers see �. Write what was there.",
    ],
    [
      "a&#xD800;b",
      "<p>a�b</p>",
      "1:2 warning damaged-text: `&#xD800;` stands for no character: readers see �. Write what was there.",
    ],
    [
      "a&#xFFFE;b",
      "<p>a�b</p>",
      "1:1 warning damaged-text: `�` stands where a program could not read a character. Write what was there.",
    ],
    [
      "a&#xFFFD;b",
      "<p>a�b</p>",
      "1:2 warning damaged-text: `&#xFFFD;` stands for no character: readers see �. Write what was there.",
    ],
    [
      "a&#1;b&#1;c&#2;d",
      "<p>a�b�c�d</p>",
      "1:1 warning damaged-text: `�` stands where a program could not read a character. Write what was there.",
    ],
    [
      '<p title="&#1;">a</p>',
      "refused",
      "1:11 error illegal-character: The control character U+0001 can't stand in a feed. Delete it.",
    ],
    [
      "a&#65279;b",
      "<p>a﻿b</p>",
      "1:2 warning damaged-text: A byte order mark stands in the text, which shows nothing, or a box. Delete it.",
    ],
    [
      "a&#x9F;b&#x9F;c",
      "<p>a�b�c</p>",
      "1:2 warning damaged-text: `&#x9F;` stands for no character: readers see �. In Windows-1252 it is Ÿ; write that.",
    ],
    [
      "a&#127;b",
      "<p>a�b</p>",
      "1:2 warning damaged-text: `&#127;` stands for no character: readers see �. Write what was there.",
    ],
    ["a&#160;b", "<p>a b</p>"],
    [
      "a&#x110000;b",
      "<p>a�b</p>",
      "1:2 warning damaged-text: `&#x110000;` stands for no character: readers see �. Write what was there.",
    ],
    [
      "a&#1114112;b",
      "<p>a�b</p>",
      "1:2 warning damaged-text: `&#1114112;` stands for no character: readers see �. Write what was there.",
    ],
  ])("%s", (text, ...outcome) => {
    expect(outcomeOf(text)).toEqual(outcome);
  });
});
