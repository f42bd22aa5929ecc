// Dates in HTTP headers: RFC 9110 §5.6.7 (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7).

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

const WEEKDAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const LONG_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
const MONTH = "(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const TIME = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";

/** IMF-fixdate, which senders write, and the obsolete forms of RFC 850 and asctime, which recipients must accept. */
const FORMS = [
  new RegExp(`^${WEEKDAY}, (?<day>\\d\\d) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^${LONG_WEEKDAY}, (?<day>\\d\\d)-${MONTH}-(?<year>\\d\\d) ${TIME} GMT$`),
  new RegExp(`^${WEEKDAY} ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
];

/** Two digits stand for a year from 1970 to 2069: HTTP is no older. */
const fullYear = (year: string): string => (year.length === 4 ? year : `${Number(year) < 70 ? 20 : 19}${year}`);

/** Parses a date in any of HTTP's three forms. Returns milliseconds since 1970, or undefined if it is not valid. */
export const parseHttpDate = (text: string): number | undefined => {
  const parts = FORMS.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) return undefined;
  const { year = "", month = "", day = "", hour, minute, second } = parts;
  const monthNumber = MONTHS.indexOf(month) / 3 + 1;
  const date = `${fullYear(year)}-${String(monthNumber).padStart(2, "0")}-${day.replace(" ", "0")}`;
  // The grammar allows a leap second, Date does not.
  const isLeapSecond = second === "60";
  const iso = `${date}T${hour}:${minute}:${isLeapSecond ? "59" : second}.000Z`;
  const time = Date.parse(iso);
  // Date takes the 31st of a shorter month for a day of the next one, and 24:00 for the next day.
  const isReal = !Number.isNaN(time) && new Date(time).toISOString() === iso;
  return isReal ? time + (isLeapSecond ? 1000 : 0) : undefined;
};

/** Formats milliseconds since 1970 as an IMF-fixdate; fractions of a second are cut off. */
export const formatHttpDate = (time: number): string => new Date(time).toUTCString();
