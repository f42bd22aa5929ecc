const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const TIME = "(\\d\\d):(\\d\\d):(\\d\\d)";
const IMF_FIXDATE = new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\\d\\d) ([A-Z][a-z]{2}) (\\d{4}) ${TIME} GMT$`);
const RFC_850 = new RegExp(
  `^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\\d\\d)-([A-Z][a-z]{2})-(\\d\\d) ${TIME} GMT$`,
);
const ASCTIME = new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) ([ \\d]\\d) ${TIME} (\\d{4})$`);

const fromParts = (
  year: number,
  month: string,
  day: string,
  hour: string,
  minute: string,
  second: string,
): number | undefined => {
  const index = MONTHS.indexOf(month);
  const time = Date.UTC(year, index, Number(day), Number(hour), Number(minute), Number(second));
  const date = new Date(time);
  // A leap second (:60) runs over into the next minute, which the grammar allows.
  const isReal =
    index >= 0 &&
    date.getUTCDate() - Number(day) <= 1 &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) <= 60;
  return isReal && (date.getUTCMonth() === index || second === "60") && Number(day) > 0 ? time : undefined;
};

/** A date of HTTP in any of its three forms (RFC 9110 §5.6.7) as milliseconds; nothing where it is none. */
export const parseHttpDate = (text: string): number | undefined => {
  const fixed = IMF_FIXDATE.exec(text);
  if (fixed !== null) {
    const [, day = "", month = "", year = "", hour = "", minute = "", second = ""] = fixed;
    return fromParts(Number(year), month, day, hour, minute, second);
  }
  const old = RFC_850.exec(text);
  if (old !== null) {
    const [, day = "", month = "", year = "", hour = "", minute = "", second = ""] = old;
    // Two digits: HTTP is younger than 1970.
    return fromParts(Number(year) + (Number(year) < 70 ? 2000 : 1900), month, day, hour, minute, second);
  }
  const asctime = ASCTIME.exec(text);
  if (asctime === null) return undefined;
  const [, month = "", day = "", hour = "", minute = "", second = "", year = ""] = asctime;
  return fromParts(Number(year), month, day, hour, minute, second);
};

/** Milliseconds as an IMF-fixdate, cut to the second. */
export const httpDate = (time: number): string => new Date(time).toUTCString();
