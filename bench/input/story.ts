import { type Random, randomFrom } from "./random.ts";
import { writeSentence } from "./sentence.ts";

const TAGS = ["Iraq", "trade & tariffs", "harbour", "courts", "climate", "élections", "transport", "science"] as const;
const SECTIONS = ["world", "city", "opinion"] as const;
const AUTHORS = ["news-desk", "oliveira", "angstrom"] as const;

/** When the newest story, number 0, is published. */
export const NEWEST_STORY = Date.UTC(2026, 8, 1);

/** Milliseconds between two stories. */
export const HOUR = 3_600_000;

const paragraph = (random: Random, sentences: number): string =>
  Array.from({ length: sentences }, () => writeSentence(random)).join(" ");

const link = (random: Random, index: number): string =>
  `More in [our earlier report](https://archive.example.org/story?id=${index}&page=${random.below(9)}&lang=en) and on [the page of the court](/courts/${random.below(500)}).`;

const body = (random: Random, index: number): string =>
  [
    paragraph(random, 5),
    `${paragraph(random, 3)} ${link(random, index)}`,
    `> ${paragraph(random, 2)}`,
    "## What happens next",
    `**${paragraph(random, 1)}** ${paragraph(random, 3)}`,
    ...(index % 20 === 7 ? ["The old parser stopped at `a[b[0]]>1`, as the report notes."] : []),
    Array.from({ length: 4 }, () => `- ${writeSentence(random)}`).join("\n"),
    `${paragraph(random, 4)}${index % 3 === 0 ? " 📰 Follow the story as it develops 🇮🇶 👩‍🚒" : ""}`,
    `_${paragraph(random, 1)}_ ${paragraph(random, 4)} ${link(random, index + 1)}`,
    paragraph(random, 5),
  ].join("\n\n");

/**
 * A story's file: front matter and a body of about 4.9 kB as HTML. Every fourth has a picture, every tenth a recording.
 */
export const writeStory = (index: number): string => {
  const random = randomFrom(index + 1);
  const published = NEWEST_STORY - index * HOUR;
  const updated = index % 5 === 0 ? `updated: ${new Date(published + HOUR / 2).toISOString()}\n` : "";
  const image = index % 4 === 0 ? 'image: { src: media/press.png, alt: "A press", credit: R. Hoe & Co. }\n' : "";
  const audio =
    index % 10 === 3
      ? `attachments: [{ src: "https://audio.example.org/${index}.mp3", type: audio/mpeg, length: 4096000, duration: 61 }]\n`
      : "";
  return `---
id: tag:courier.example.org,2026:story-${index}
title: ${JSON.stringify(`No. ${index}: ${random.pick(["Talks & tensions", "“Enough”, say dockers", "Tariffs < 5% again"])}`)}
published: ${new Date(published).toISOString()}
${updated}authors: [${random.pick(AUTHORS)}]
section: ${random.pick(SECTIONS)}
tags: ${JSON.stringify([...new Set([random.pick(TAGS), random.pick(TAGS)])])}
summary: ${JSON.stringify(paragraph(random, 2))}
${image}${audio}---

${body(random, index)}
`;
};
