import { compilePublication } from "../../src/content/publication.ts";
import type { Publication } from "../../src/model/publication.ts";
import { writeStory } from "./story.ts";

const SITE = `
id: tag:courier.example.org,2026:feeds
url: https://courier.example.org
title: The Harbour Courier & Gazette
description: News of the harbour "as it is", and of the world <beyond>.
language: en
rights: © 2026 The Harbour Courier
authors:
  news-desk: { name: News Desk, email: desk@courier.example.org }
  oliveira: { name: Marta Oliveira, url: "https://courier.example.org/oliveira" }
  angstrom: { name: Zoë Ångström }
sections: { world: World, city: City & Region, opinion: Opinion }
hubs: ["https://hub.example.org/"]
`;

/** A picture of one pixel, in base64. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";

/** A publication of `count` generated stories, the same every time, compiled as content/ would be; `partners` is a partners.yaml. */
export const benchPublication = async (count: number, feedLength: number, partners?: string): Promise<Publication> => {
  const encoder = new TextEncoder();
  const stories = Array.from(
    { length: count },
    (_, index) => [`story-${index}.md`, encoder.encode(writeStory(index))] as const,
  );
  const { files, publication } = await compilePublication(
    new Map<string, Uint8Array>([
      ["site.yaml", encoder.encode(`${SITE}feedLength: ${feedLength}\n`)],
      ...(partners === undefined ? [] : [["partners.yaml", encoder.encode(partners)] as const]),
      ["media/press.png", Buffer.from(PNG, "base64")],
      ...stories,
    ]),
  );
  if (publication === undefined) {
    throw new Error(`The generated stories do not compile: ${files.flatMap(({ messages }) => messages)[0]}`);
  }
  return publication;
};
