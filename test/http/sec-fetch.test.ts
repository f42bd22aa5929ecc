import { expect, it } from "vitest";
import { isNavigation } from "../../src/http/sec-fetch.ts";

it.each([
  [
    "a browser's window",
    { "sec-fetch-dest": "document", "sec-fetch-mode": "navigate", "sec-fetch-site": "none" },
    true,
  ],
  ["a frame", { "sec-fetch-dest": "iframe", "sec-fetch-mode": "navigate" }, false],
  ["a script of a web reader", { "sec-fetch-dest": "empty", "sec-fetch-mode": "cors" }, false],
  ["a feed reader", { accept: "text/html" }, false],
])("%s: %j", (_, fields, expected) => {
  expect(isNavigation(new Headers(fields))).toBe(expected);
});
