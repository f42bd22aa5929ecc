import { type Files, site, story } from "../../fixtures/publication.ts";
import { media, PICTURES } from "./media.ts";
import type { Language, StoryText, Texts } from "./texts.ts";
import { arabic } from "./texts-ar.ts";
import { english } from "./texts-en.ts";

/** The publication's words in each language. */
export const texts: Readonly<Record<Language, Texts>> = { en: english, ar: arabic };

const SECTIONS = ["town", "sea", "culture"] as const;
const AUTHORS = ["news-desk", "second", "third"] as const;
const DAY = 86_400_000;
const NEWEST = Date.parse("2025-11-20T18:00:00Z");

/** The date of a story, `days` before the newest. */
const daysBefore = (days: number): string => new Date(NEWEST - days * DAY).toISOString();

const pictureOf = (number: number, { picture, credit }: Texts) => ({
  image: { src: `media/picture-${number % PICTURES}.svg`, alt: picture, credit },
});

const tell = (one: StoryText, days: number, words: Texts): string => {
  const front = {
    title: one.title,
    published: daysBefore(days),
    authors: [AUTHORS[one.author]],
    section: SECTIONS[one.section],
    tags: one.tags.map((index) => words.tags[index]),
    summary: one.summary,
    ...(one.picture !== undefined && pictureOf(one.picture, words)),
  };
  return story(one.slug, front, one.paragraphs.join("\n\n"));
};

/** A text with every element that Markdown and our HTML have, and words and lines that are wider than a phone. */
const everyElement = ({ longWord, words, picture, stories, note }: Texts): string => {
  const [first, second] = stories;
  const text = first?.paragraphs[0] ?? "";
  return `${text} [${second?.title}](${second?.slug}.md)

${longWord} <https://courier.example/${"a-very-long-address-".repeat(9)}>

# ${words[0]}

| ${words[2]} | ${words[3]} | ${words[1]} | ${words[4]} | ${words[5]} |
|---|--:|---|---|---|
${Array.from({ length: 4 }, (_, row) => `| ${words[2]} ${row} | ${row * 1234.5} | ${words[1]} | ${longWord.slice(0, 40)} | ${words[5]} |`).join("\n")}

![${picture}](media/picture-1.svg)

## ${words[1]}

> ${text}
>
> — ${words[5]}

\`\`\`js
const departures = await fetch("https://courier.example/api/departures?from=harbour&to=islands&day=2025-11-20").then((answer) => answer.json());
if (departures.length === 0) throw new Error("nobody sails tonight");
\`\`\`

1. ${words[0]}
   - ${words[1]}
     - ${words[3]}
       1. ${longWord}
   - \`inline code\` **${words[2]}** *${words[3]}* ~~${words[4]}~~ <kbd>Esc</kbd> <mark>${words[5]}</mark>
2. ${words[2]}

- [x] ${words[3]}
- [ ] ${words[4]}

> [!NOTE]
> \`${words[2]}(1);\` ${note} [\`${words[3]}\`](https://courier.example/)

> [!CAUTION]
> ${note}

<figure><img src="media/picture-3.svg" alt="${picture}"><figcaption>${words[4]}</figcaption></figure>

<audio controls src="media/horn.wav"></audio>

<video controls width="160" height="90" src="media/crossing.webm"></video>

<details><summary>${words[5]}</summary>

${note} [${first?.title}](${first?.slug}.md)

</details>

### ${words[5]}

${text}[^1]

---

${note}

[^1]: ${words[5]}. [${first?.title}](${first?.slug}.md)
`;
};

/** How many short reports there are, so that there is a second page, and an archive of two years. */
const REPORTS = 14;

/** The whole publication in a language: its content/ folder. */
export const publicationIn = (language: Language): Files => {
  const words = texts[language];
  const other = texts[language === "en" ? "ar" : "en"];
  const [abroad] = other.stories;
  const reports = Array.from({ length: REPORTS }, (_, index): [string, string] => {
    const front = {
      title: index === 1 ? words.longWord : `${words.weekly} ${REPORTS - index}`,
      published: daysBefore(28 + index * 40),
      section: SECTIONS[index % 2],
      tags: [...new Set([words.tags[0], words.tags[index % words.tags.length]])],
      ...(index % 3 === 0 && pictureOf(index, words)),
    };
    return [`report-${REPORTS - index}.md`, story(`report-${REPORTS - index}`, front, words.weeklyText)];
  });
  return {
    "site.yaml": site({
      title: words.title,
      description: words.description,
      language,
      timeZone: "Europe/Oslo",
      authors: Object.fromEntries(
        AUTHORS.map((key, index) => [
          key,
          { name: words.authors[index], ...(index === 1 && { url: "https://courier.example/second" }) },
        ]),
      ),
      sections: Object.fromEntries(SECTIONS.map((key, index) => [key, words.sections[index]])),
      feeds: { harbour: { title: words.tags[0], include: { tags: [words.tags[0]] } } },
      rights: words.rights,
      license: "https://creativecommons.org/licenses/by/4.0/",
      icon: "media/icon.svg",
      hubs: ["built-in"],
      // Just dark enough for the background of a page, and too faint on any other.
      ...(language === "ar" && { accent: "#b3590e" }),
      // Short pages, which browsers are through with sooner.
      feedLength: 9,
    }),
    ...media,
    ...Object.fromEntries(words.stories.map((one, index) => [`${one.slug}.md`, tell(one, index, words)])),
    "every-element.md": story(
      "every-element",
      {
        title: words.longHeadline,
        published: daysBefore(7),
        authors: [...AUTHORS],
        section: "sea",
        tags: [...words.tags, words.longWord],
        ...pictureOf(3, words),
        source: { title: other.title, author: other.authors[1] },
        corrections: [
          { at: daysBefore(6), note: words.correction },
          { at: daysBefore(5), note: words.withdrawal },
        ],
        attachments: [
          { src: "media/horn.wav", duration: 1, title: words.words[4] },
          { src: "media/crossing.webm", duration: 1, title: words.words[2] },
          { src: "media/vessels.csv", title: `${words.words[3]} ${words.longWord}` },
        ],
      },
      everyElement(words),
    ),
    "abroad.md": story(
      "abroad",
      {
        title: abroad?.title,
        published: daysBefore(8),
        language: other.language,
        section: "culture",
        summary: abroad?.summary,
        tags: [words.tags[1]],
      },
      abroad?.paragraphs.join("\n\n"),
    ),
    "note.md": story("note", { title: "", published: daysBefore(9) }, words.note),
    "withdrawn.md": story("withdrawn", {
      published: daysBefore(20),
      withdrawn: { at: daysBefore(19), reason: words.withdrawal },
    }),
    "expired.md": story("expired", { published: daysBefore(30), expires: daysBefore(10) }),
    "pages/imprint.md": `---\ntitle: ${words.ownPage}\n---\n\n${words.description}\n\n## ${words.words[5]}\n\n${words.longWord}\n`,
    ...Object.fromEntries(reports),
  };
};
