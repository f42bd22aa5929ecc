import { characterEntities } from "character-entities";
import { expect, it } from "vitest";
import { writeHtml } from "../../../src/content/body/write-html.ts";
import { characterEntitiesHtml4 } from "../../../src/lib/replacements/character-entities-html4.ts";

it("no character has a name, and the HTML of stories needs none", () => {
  expect(characterEntitiesHtml4).toEqual({});
  for (const character of Object.values(characterEntities)) {
    const html = writeHtml({
      type: "element",
      tagName: "p",
      properties: { title: character },
      children: [{ type: "text", value: `a${character}b` }],
    });
    expect(html).not.toMatch(/&[a-z]/i);
  }
});
