const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

const WEEKDAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const LONG_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
const MONTH = "(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const TIME = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";

/** IMF-fixdate, RFC 850 and asctime, in that order. */
const FORMS = [
  new RegExp(`^${WEEKDAY}, (?<day>\\d\\d) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^${LONG_WEEKDAY}, (?<day>\\d\\d)-${MONTH}-(?<year>\\d\\d) ${TIME} GMT$`),
  new RegExp(`^${WEEKDAY} ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
];

/** Two digits are of the years from 1970 to 2069: HTTP is no older. */
const fullYear = (year: string): string => (year.length === 4 ? year : `${Number(year) < 70 ? 20 : 19}${year}`);

/** A date of HTTP in any of its three forms (RFC 9110 §5.6.7) as milliseconds; nothing where it is none. */
export const parseHttpDate = (text: string): number | undefined => {
  const parts = FORMS.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) return undefined;
  const { year = "", month = "", day = "", hour, minute, second } = parts;
  const number = MONTHS.indexOf(month) / 3 + 1;
  const date = `${fullYear(year)}-${String(number).padStart(2, "0")}-${day.replace(" ", "0")}`;
  // The grammar knows a leap second; Date does not.
  const isLeap = second === "60";
  const written = `${date}T${hour}:${minute}:${isLeap ? "59" : second}.000Z`;
  const time = Date.parse(written);
  // A day that its month lacks runs over into the next one, 24:00 into the next day.
  const isReal = !Number.isNaN(time) && new Date(time).toISOString() === written;
  return isReal ? time + (isLeap ? 1000 : 0) : undefined;
};

/** Milliseconds as an IMF-fixdate, cut to the second. */
export const httpDate = (time: number): string => new Date(time).toUTCString();
