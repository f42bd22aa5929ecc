import { randomFrom } from "../input/random.ts";
import { writeSentence } from "../input/sentence.ts";

const SENTENCES = 12;

const random = randomFrom(1);

/** The paragraph that is the text of every story here, without anything that Markdown or HTML would read otherwise. */
export const TEXT = Array.from({ length: SENTENCES }, () => writeSentence(random))
  .join(" ")
  .replace(/[^\p{L}\p{N} .,;:“”’–]/gu, "");
