import { describe, expect, it } from "vitest";
import { outcomeOf } from "../support.ts";

describe("media that a script would load", () => {
  it.each([
    [
      '<img data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img data-lazy-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img data-original="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img data-original-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img data-lazy="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img data-url="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img data-img="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img data-echo="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img lazy-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img data-caption="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img data-x="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img data-caption="https://example.org/a" alt="A">',
      "refused",
      "1:1 warning removed: The attribute `data-caption` of <img> is not allowed in a feed and was removed.",
      "1:1 error no-address: This picture has no address. Write one in `src`, such as media/x.jpg, or delete it.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      '<img data-image="https://example.org/a" alt="A">',
      '<img alt="A" src="https://example.org/a">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="data:image/gif;base64,R0" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="about:blank" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="1x1.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="x/blank.gif" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="clear.gif" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="dot.svg" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="empty.jpg" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="grey.gif" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="gray.gif" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="lazy.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="loader.gif" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="loading.gif" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="pixel.gif" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="placeholder.jpeg" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="spacer.gif" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="trans.gif" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="transparent.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="img-placeholder_1.png?x" data-src="https://example.org/a.jpg" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<img src="https://example.org/real.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img src="https://example.org/real.png" alt="A">',
      "1:1 warning removed: The attribute `data-src` of <img> is not allowed in a feed and was removed.",
    ],
    [
      '<img class="lazy" src="https://example.org/real.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img src="https://example.org/a.jpg" alt="A">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
      "1:1 warning removed: The attribute `class` of <img> is not allowed in a feed and was removed.",
    ],
    [
      '<img class="lazyload" src="https://example.org/real.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img src="https://example.org/a.jpg" alt="A">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
      "1:1 warning removed: The attribute `class` of <img> is not allowed in a feed and was removed.",
    ],
    [
      '<img class="lozad" src="https://example.org/real.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img src="https://example.org/a.jpg" alt="A">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
      "1:1 warning removed: The attribute `class` of <img> is not allowed in a feed and was removed.",
    ],
    [
      '<img class="b-lazy" src="https://example.org/real.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img src="https://example.org/a.jpg" alt="A">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
      "1:1 warning removed: The attribute `class` of <img> is not allowed in a feed and was removed.",
    ],
    [
      '<img class="img-lazy" src="https://example.org/real.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img src="https://example.org/a.jpg" alt="A">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
      "1:1 warning removed: The attribute `class` of <img> is not allowed in a feed and was removed.",
    ],
    [
      '<img class="img_lazy" src="https://example.org/real.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img src="https://example.org/a.jpg" alt="A">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
      "1:1 warning removed: The attribute `class` of <img> is not allowed in a feed and was removed.",
    ],
    [
      '<img class="x lazy" src="https://example.org/real.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img src="https://example.org/a.jpg" alt="A">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
      "1:1 warning removed: The attribute `class` of <img> is not allowed in a feed and was removed.",
    ],
    [
      '<img class="crazy" src="https://example.org/real.png" data-src="https://example.org/a.jpg" alt="A">',
      '<img src="https://example.org/real.png" alt="A">',
      "1:1 warning removed: The attribute `class` of <img> is not allowed in a feed and was removed.",
      "1:1 warning removed: The attribute `data-src` of <img> is not allowed in a feed and was removed.",
    ],
    [
      '<img data-srcset="https://example.org/a.jpg 2x" alt="A">',
      '<img alt="A" srcset="https://example.org/a.jpg 2x" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-srcset` or the like was taken. Write it in `srcset`.",
      "1:1 warning lazy-media: This picture has a `srcset` only, which few feed readers know; its first address was taken for `src`. Write one.",
    ],
    [
      '<img data-src="https://example.org/a-{width}.jpg" alt="A"> b',
      "refused",
      "1:1 warning removed: The attribute `data-src` of <img> is not allowed in a feed and was removed.",
      "1:1 error no-address: This picture has no address. Write one in `src`, such as media/x.jpg, or delete it.",
    ],
    [
      '<img data-src="https://example.org/a-%7Bw%7D.jpg" alt="A"> b',
      "refused",
      "1:1 warning removed: The attribute `data-src` of <img> is not allowed in a feed and was removed.",
      "1:1 error no-address: This picture has no address. Write one in `src`, such as media/x.jpg, or delete it.",
    ],
    [
      '<img data-src="abc" alt="A"> b',
      "refused",
      "1:1 warning removed: The attribute `data-src` of <img> is not allowed in a feed and was removed.",
      "1:1 error no-address: This picture has no address. Write one in `src`, such as media/x.jpg, or delete it.",
    ],
    [
      '<img data-src="https://example.org/a.jpg" data-srcset="https://example.org/b.jpg 2x" hidden style="x" alt="A">',
      '<img alt="A" src="https://example.org/a.jpg" srcset="https://example.org/b.jpg 2x">',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<video data-src="media/film.mp4"></video>',
      '<p><video src="https://feedwright.invalid/media/film.mp4"></video></p>',
      "1:1 warning lazy-media: This <video> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<video><source data-src="media/film.mp4"></video>',
      '<p><video><source src="https://feedwright.invalid/media/film.mp4"></video></p>',
      "1:8 warning lazy-media: This <source> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<audio data-src="media/talk.mp3"></audio>',
      '<p><audio src="https://feedwright.invalid/media/talk.mp3"></audio></p>',
      "1:1 warning lazy-media: This <audio> has no address that works without a script; the one in `data-src` or the like was taken. Write it in `src`.",
    ],
    [
      '<p data-src="https://example.org/a.jpg">a</p>',
      "<p>a</p>",
      "1:1 warning removed: The attribute `data-src` of <p> is not allowed in a feed and was removed.",
    ],
    [
      '<img srcset="https://example.org/a.jpg 2x, https://example.org/b.jpg" alt="A">',
      '<img srcset="https://example.org/a.jpg 2x, https://example.org/b.jpg" alt="A" src="https://example.org/a.jpg">',
      "1:1 warning lazy-media: This picture has a `srcset` only, which few feed readers know; its first address was taken for `src`. Write one.",
    ],
    [
      '<img src="data:image/gif;base64,R0" srcset="https://example.org/a.jpg 2x" alt="A">',
      '<img src="https://example.org/a.jpg" srcset="https://example.org/a.jpg 2x" alt="A">',
      "1:1 warning lazy-media: This picture has a `srcset` only, which few feed readers know; its first address was taken for `src`. Write one.",
    ],
    [
      '<img src="blank.gif" srcset="https://example.org/a.jpg 2x" alt="A">',
      "refused",
      "1:1 error link: `blank.gif` is no media file. Name one such as media/x.jpg, or an https URL.",
    ],
    [
      '<img src="data:x" alt="A"><noscript><img src="https://example.org/a.jpg" alt="A"></noscript>',
      '<p><img alt="A" src="https://example.org/a.jpg"></p>',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in the <noscript> beside it was taken. Write it in `src`.",
    ],
    [
      '<noscript><img src="https://example.org/a.jpg" alt="A"></noscript>',
      '<p><img src="https://example.org/a.jpg" alt="A"></p>',
      "1:1 warning lazy-media: Feed readers run no scripts, so what this <noscript> shows stands in its place. Write it without <noscript>.",
    ],
    [
      '<noscript><img src="https://example.org/a.jpg" alt="A"></noscript><img data-src="https://example.org/a.jpg" alt="B">',
      '<p><img alt="A" src="https://example.org/a.jpg"></p>',
      "1:67 warning lazy-media: This <img> has no address that works without a script; the one in the <noscript> beside it was taken. Write it in `src`.",
    ],
    [
      '<img src="https://example.org/a.jpg" alt="A"><noscript><img src="https://example.org/a.jpg" alt="A"></noscript>',
      '<p><img src="https://example.org/a.jpg" alt="A"></p>',
      "1:46 warning removed: <noscript> is not allowed in a feed and was removed with all it holds.",
    ],
    [
      '<img data-src="x.jpg" alt="A"><img data-src="y.jpg" alt="B"><noscript><img src="https://example.org/a.jpg" alt="A"><img src="https://example.org/b.jpg" alt="B"></noscript>',
      '<p><img alt="A" src="https://example.org/a.jpg"><img alt="B" src="https://example.org/b.jpg"></p>',
      "1:1 warning lazy-media: This <img> has no address that works without a script; the one in the <noscript> beside it was taken. Write it in `src`.",
      "1:31 warning lazy-media: This <img> has no address that works without a script; the one in the <noscript> beside it was taken. Write it in `src`.",
    ],
    [
      '<noscript><a href="https://example.org/"><img src="https://example.org/a.jpg" alt="A"></a></noscript>',
      '<p><a href="https://example.org/"><img src="https://example.org/a.jpg" alt="A"></a></p>',
      "1:1 warning lazy-media: Feed readers run no scripts, so what this <noscript> shows stands in its place. Write it without <noscript>.",
    ],
    [
      '<noscript><iframe src="https://example.org/x" title="T"></iframe></noscript>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning lazy-media: Feed readers run no scripts, so what this <noscript> shows stands in its place. Write it without <noscript>.",
      "1:11 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<noscript><img src="https://example.org/a.jpg" width="1" height="1" alt=""></noscript>text',
      "<p>text</p>",
      "1:1 warning removed: <noscript> is not allowed in a feed and was removed with all it holds.",
    ],
    [
      "<noscript>words only</noscript>text",
      "<p>text</p>",
      "1:1 warning removed: <noscript> is not allowed in a feed and was removed with all it holds.",
    ],
    [
      '<video></video><noscript><video src="media/film.mp4"></video></noscript>',
      '<p><video src="https://feedwright.invalid/media/film.mp4"></video></p>',
      "1:1 warning lazy-media: This <video> has no address that works without a script; the one in the <noscript> beside it was taken. Write it in `src`.",
    ],
  ])("%s", (text, ...outcome) => {
    expect(outcomeOf(text)).toEqual(outcome);
  });
});
