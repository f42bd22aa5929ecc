import type { Instant } from "../../src/model/instant.ts";
import { randomFrom } from "../input/random.ts";
import { writeSentence } from "../input/sentence.ts";

const SENTENCES = 12;

const random = randomFrom(1);

/** The one paragraph of every story here, without any character that Markdown or HTML would interpret. */
export const TEXT = Array.from({ length: SENTENCES }, () => writeSentence(random))
  .join(" ")
  .replace(/[^\p{L}\p{N} .,;:“”’–]/gu, "");

/** Later than any story that fill-database.ts writes. */
const FIRST_PUBLISHED = Date.UTC(2024, 0, 1);

const MINUTE = 60_000;

/** When the story with this number is published: each is newer than the one before. */
export const newestAt = (number: number): Instant => FIRST_PUBLISHED + number * MINUTE;

/** A story as it is sent to the API. Its title is its slug. */
export const storyText = (slug: string, published: Instant): string => `---
id: tag:courier.example.org,2026:${slug}
title: ${slug}
published: ${new Date(published).toISOString()}
authors: [news-desk]
section: world
tags: [News]
---

${TEXT}
`;
