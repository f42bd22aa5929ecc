// Most workers of tests are bound to what the test is about and to nothing else: that they say so is no news.
// Vitest runs this before every file, and files share an isolate: what is quiet already stays as it is.
const { warn } = console;
const warnOfTheRest = (...args: readonly unknown[]): void => {
  if (!String(args[0]).startsWith("wrangler.toml has no binding")) warn(...args);
};
if (warn.name !== warnOfTheRest.name) console.warn = warnOfTheRest;
