import type { Channel } from "../channel.ts";
import { findByLanguage } from "../language.ts";
import { englishWords } from "./en.ts";
import type { Words } from "./words.ts";

/**
 * The words of a publication in a language, a BCP 47 tag in its canonical spelling: `de-AT` has those of `de`, and a
 * language that is not known those of English.
 */
export const wordsOf = ({ words }: Pick<Channel, "words">, language: string): Words =>
  findByLanguage(words, language) ?? englishWords;

/** The title of the notice in place of a withdrawn story, in the language of its tombstone. */
export const noticeTitleOf = (
  channel: Pick<Channel, "language" | "words">,
  { language = channel.language }: { readonly language?: string | undefined },
): string => wordsOf(channel, language).withdrawn;
