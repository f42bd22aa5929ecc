import { describe, expect, it } from "vitest";
import { outcomeOf } from "../support.ts";

describe("media without an address", () => {
  it.each([
    [
      'a <img src="sms:1" alt="A"> b',
      "<p>a A b</p>",
      "1:3 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
    [
      'a <img src="sms:1" alt=""> b',
      "<p>a  b</p>",
      "1:3 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
    [
      '<picture><source srcset="sms:1"><img src="sms:1" alt="A"></picture> b',
      "<p>A b</p>",
      "1:10 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
      "1:33 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
    [
      '<picture><source srcset="media/x.png"><img src="sms:1" alt="A"></picture> b',
      "<p>A b</p>",
      "1:39 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
    [
      '<video src="sms:1"></video> b',
      "<p> b</p>",
      "1:1 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
    [
      '<video><source src="sms:1"></video> b',
      "<p> b</p>",
      "1:8 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
    [
      '<video src="media/film.mp4"><track src="sms:1"></video> b',
      '<p><video src="https://feedwright.invalid/media/film.mp4"></video> b</p>',
      "1:29 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
    [
      '<audio><source src="sms:1"><source src="media/talk.mp3"></audio> b',
      '<p><audio><source src="https://feedwright.invalid/media/talk.mp3"></audio> b</p>',
      "1:8 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
    [
      '<img srcset="sms:1, media/x.png 2x" src="sms:1" alt="A"> b',
      '<p><img srcset="https://feedwright.invalid/media/x.png 2x" alt="A"> b</p>',
      "1:1 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
    [
      '<video poster="sms:1" src="media/film.mp4"></video> b',
      '<p><video src="https://feedwright.invalid/media/film.mp4"></video> b</p>',
      "1:1 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
  ])("%s", (text, ...outcome) => {
    expect(outcomeOf(text)).toEqual(outcome);
  });
});
