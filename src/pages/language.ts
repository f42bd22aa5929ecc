import { directionOf } from "../model/language.ts";
import { type Html, html } from "./html.ts";

/** The attributes that say in which language an element is, and in which direction that is written. */
export const renderLanguage = (language: string): Html => html` lang="${language}" dir="${directionOf(language)}"`;

/** The same for an element in a language that may not be the one around it; nothing if it is. */
export const renderLanguageWithin = (language: string, around: string): Html | undefined =>
  language === around ? undefined : renderLanguage(language);
