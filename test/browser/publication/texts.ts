/** The languages that the pages are tried in: one that runs from left to right, and one that runs from right to left. */
export const LANGUAGES = ["en", "ar"] as const;

/** One of the languages that the pages are tried in. */
export type Language = (typeof LANGUAGES)[number];

/** A story as a newsroom would write it: the paragraphs of its text, one by one. */
export interface StoryText {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly paragraphs: readonly string[];
  /** The number of its section and of its author in the lists of `Texts`; and of its tags. */
  readonly section: number;
  readonly author: number;
  readonly tags: readonly number[];
  /** The number of its picture; without one, it has none. */
  readonly picture?: number;
}

/** All words of a publication that is served to browsers, in one language. */
export interface Texts {
  readonly language: Language;
  readonly title: string;
  readonly description: string;
  readonly rights: string;
  /** Keys of sections and authors are the same in every language, as they are in addresses. */
  readonly sections: readonly [string, string, string];
  readonly authors: readonly [string, string, string];
  readonly tags: readonly string[];
  /** Newest first. */
  readonly stories: readonly StoryText[];
  /** The title of a short weekly report, of which there are so many that the front page does not hold them. */
  readonly weekly: string;
  readonly weeklyText: string;
  readonly longWord: string;
  readonly longHeadline: string;
  readonly note: string;
  readonly correction: string;
  readonly withdrawal: string;
  readonly picture: string;
  readonly credit: string;
  readonly ownPage: string;
  /** Words for the parts of a text: headings, cells, captions. */
  readonly words: readonly [string, string, string, string, string, string];
}
