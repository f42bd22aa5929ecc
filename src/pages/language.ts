import { directionOf } from "../model/language.ts";
import { type Html, html } from "./html.ts";

/** The attributes that say in which language a text is, and in which direction that is written. */
export const renderLanguage = (language: string): Html => html` lang="${language}" dir="${directionOf(language)}"`;

/**
 * The attributes of a name or a line that stands by itself among others, such as that of a section: its first letters say in which
 * direction it is written, and its language is said where that is not the one around it.
 */
export const renderLanguageOfName = (language: string, around: string): Html =>
  html`${language !== around && html` lang="${language}"`} dir="auto"`;
