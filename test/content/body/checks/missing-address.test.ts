import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../support.ts";

describe("an element that should show something", () => {
  it.each([
    [
      '<img alt="A">',
      "refused",
      "1:1 error no-address: This picture has no address. Write one in `src`, such as media/x.jpg, or delete it.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<picture></picture> b",
      "refused",
      '1:1 error no-address: This <picture> has no <img>, so nothing shows. Put <img src="media/x.jpg" alt="…"> in it, behind its sources.',
    ],
    [
      '<picture><source srcset="media/x.png"></picture> b',
      "refused",
      '1:1 error no-address: This <picture> has no <img>, so nothing shows. Put <img src="media/x.jpg" alt="…"> in it, behind its sources.',
    ],
    [
      "<audio></audio> b",
      "refused",
      '1:1 error no-address: This <audio> has no address. Write one in `src`, or put <source src="…"> in it.',
    ],
    [
      "<video></video> b",
      "refused",
      '1:1 error no-address: This <video> has no address. Write one in `src`, or put <source src="…"> in it.',
    ],
    [
      "<video><source></video> b",
      "refused",
      '1:1 error no-address: This <video> has no address. Write one in `src`, or put <source src="…"> in it.',
      "1:8 error no-address: This <source> has no address. Write one in `src`, or delete it.",
    ],
    [
      '<video><source srcset="media/x.png"></video> b',
      "refused",
      '1:1 error no-address: This <video> has no address. Write one in `src`, or put <source src="…"> in it.',
      "1:8 error no-address: This <source> has no address. Write one in `src`, or delete it.",
    ],
    [
      '<picture><source src="media/x.png"><img src="media/x.png" alt="A"></picture>',
      "refused",
      "1:10 error no-address: This <source> has no address. Write one in `srcset`, or delete it.",
    ],
    [
      '<source src="media/x.png"> b',
      "refused",
      "1:1 error no-address: This <source> stands in no <picture>, <audio> or <video>, so nothing shows. Put it into one, or delete it.",
    ],
    [
      '<div><source src="media/x.png"></div> b',
      "refused",
      "1:6 error no-address: This <source> stands in no <picture>, <audio> or <video>, so nothing shows. Put it into one, or delete it.",
    ],
    [
      '<video src="media/film.mp4"><track></video> b',
      "refused",
      "1:29 error no-address: This <track> has no address. Write one in `src`, or delete it.",
    ],
    [
      '<img srcset="media/x.png" alt="A">',
      '<img srcset="https://feedwright.invalid/media/x.png" alt="A" src="https://feedwright.invalid/media/x.png" width="640" height="480">',
      "1:1 warning lazy-media: This picture has a `srcset` only, which few feed readers know; its first address was taken for `src`. Write one.",
    ],
  ])("%s", (text, ...outcome) => {
    expect(outcomeOf(text)).toEqual(outcome);
  });
});
