// Formats dates in the three forms of HTTP (RFC 9110 §5.6.7) without the code that is tested.

/** `Sun, 06 Nov 1994 08:49:37 GMT` */
export const imfFixdate = (time: number): string => new Date(time).toUTCString();

const parts = (time: number): readonly string[] => imfFixdate(time).replace(",", "").split(" ");

const LONG = new Map([
  ["Mon", "Monday"],
  ["Tue", "Tuesday"],
  ["Wed", "Wednesday"],
  ["Thu", "Thursday"],
  ["Fri", "Friday"],
  ["Sat", "Saturday"],
  ["Sun", "Sunday"],
]);

/** `Sunday, 06-Nov-94 08:49:37 GMT` */
export const rfc850 = (time: number): string => {
  const [day = "", date, month, year = "", clock] = parts(time);
  return `${LONG.get(day)}, ${date}-${month}-${year.slice(2)} ${clock} GMT`;
};

/** `Sun Nov  6 08:49:37 1994` */
export const asctime = (time: number): string => {
  const [day, date = "", month, year, clock] = parts(time);
  return `${day} ${month} ${date.replace(/^0/, " ")} ${clock} ${year}`;
};
