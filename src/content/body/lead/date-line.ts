import { DATE_STYLES } from "../../../model/dates/date-styles.ts";

/** UTF-16 units. */
const MAX_LENGTH = 60;

/** What may stand beside a date: a place or "Last updated". */
const MAX_OTHER_WORDS = 2;

const MONTHS = Object.values(DATE_STYLES).flatMap(({ months }) =>
  months.flatMap((name) => name.toLowerCase().split(" ")),
);

const isMonth = (word: string): boolean => word.length >= 3 && MONTHS.some((month) => month.startsWith(word));

const NUMERIC_DATE = /\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日/;

/** Whether a text is nothing but a date, with a place or a word such as "Updated" before it. */
export const isDateLine = (text: string): boolean => {
  if (text.length > MAX_LENGTH || !/\d/.test(text)) return false;
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const isNumeric = NUMERIC_DATE.test(text);
  const others = words.filter((word) => !isMonth(word) && !/^[年月日時分t-z]$/.test(word));
  return others.length <= MAX_OTHER_WORDS && (isNumeric || (others.length < words.length && /\b\d{4}\b/.test(text)));
};
