import type { Instant } from "../../src/model/instant.ts";
import { TEXT } from "./text.ts";

/** Later than any story that the benchmark fills in. */
const FIRST_PUBLISHED = Date.UTC(2024, 0, 1);

const MINUTE = 60_000;

/** When the story of a number was published: each is newer than the one before. */
export const newestAt = (number: number): Instant => FIRST_PUBLISHED + number * MINUTE;

/** A story as it is sent. Its title is its slug. */
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
