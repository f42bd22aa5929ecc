/** How a language writes a date with the time of day. */
export interface DateStyle {
  /** From January on, in the form that stands in a date. */
  readonly months: readonly string[];
  /**
   * A template: `day` and `m` (the month) as numbers, `dd` and `mm` in two digits, `month` from `months`, `year`; `hour` from 00
   * to 23, `minute`; `hour12` from 12 to 11 with `period`, AM or PM.
   */
  readonly pattern: string;
  /** The first day of a month, where it is not a plain number. */
  readonly firstDay?: string;
  /** The months in the form that stands alone, where that is another one. */
  readonly monthsAlone?: readonly string[];
  /** A month alone, and with its year; by default the month's name, and the name before the year. */
  readonly monthPattern?: string;
  readonly monthOfYearPattern?: string;
}

/** For languages without a style of their own (ISO 8601). */
export const ISO_STYLE: DateStyle = {
  months: [],
  pattern: "{year}-{mm}-{dd} {hour}:{minute}",
  monthPattern: "{mm}",
  monthOfYearPattern: "{year}-{mm}",
};

const months = (names: string): readonly string[] => names.split(" ");

const DAY_FIRST = "{day} {month} {year}, {hour}:{minute}";

const american: DateStyle = {
  months: months("January February March April May June July August September October November December"),
  pattern: "{month} {day}, {year}, {hour12}:{minute} {period}",
};
const british: DateStyle = { ...american, pattern: DAY_FIRST };

const german: DateStyle = {
  months: months("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
  pattern: "{day}. {month} {year}, {hour}:{minute} Uhr",
};
const austrian: DateStyle = { ...german, months: ["Jänner", ...german.months.slice(1)] };

const brazilian: DateStyle = {
  months: months("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
  pattern: "{day} de {month} de {year}, {hour}:{minute}",
  firstDay: "1º",
  monthOfYearPattern: "{month} de {year}",
};
const { firstDay: _, ...portuguese } = brazilian;

const arabic: DateStyle = {
  months: months("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
  pattern: "{day} {month} {year}، {hour}:{minute}",
};
const levantine: DateStyle = {
  ...arabic,
  months: [
    ...["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"],
    ...["تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"],
  ],
};

const eastAsian: DateStyle = {
  months: [],
  pattern: "{year}年{m}月{day}日 {hour}:{minute}",
  monthPattern: "{m}月",
  monthOfYearPattern: "{year}年{m}月",
};

/** The styles by language. A region is here if it differs from others of its language. */
export const DATE_STYLES: Readonly<Record<string, DateStyle>> = {
  en: american,
  "en-001": british,
  de: german,
  "de-AT": austrian,
  fr: {
    months: months("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    pattern: "{day} {month} {year} à {hour}h{minute}",
    firstDay: "1er",
  },
  es: {
    months: months("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    pattern: "{day} de {month} de {year}, {hour}:{minute}",
    monthOfYearPattern: "{month} de {year}",
  },
  it: {
    months: months("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    pattern: DAY_FIRST,
  },
  pt: brazilian,
  "pt-PT": portuguese,
  nl: {
    months: months("januari februari maart april mei juni juli augustus september oktober november december"),
    pattern: DAY_FIRST,
  },
  pl: {
    months: months(
      "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    ),
    monthsAlone: months(
      "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    ),
    pattern: DAY_FIRST,
  },
  sv: {
    months: months("januari februari mars april maj juni juli augusti september oktober november december"),
    pattern: "{day} {month} {year} kl. {hour}:{minute}",
  },
  ru: {
    months: months("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    monthsAlone: months("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
    pattern: DAY_FIRST,
  },
  ar: arabic,
  "ar-IQ": levantine,
  "ar-JO": levantine,
  "ar-LB": levantine,
  "ar-PS": levantine,
  "ar-SY": levantine,
  zh: eastAsian,
  ja: eastAsian,
};
