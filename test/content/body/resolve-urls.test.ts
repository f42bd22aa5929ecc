import { describe, expect, it } from "vitest";
import { outcomeOf } from "../support.ts";

describe("an address in a story", () => {
  it.each([
    [
      "[a](sms:1)",
      "<p><a>a</a></p>",
      "1:1 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Write the address into the text, if people need it.",
    ],
    [
      "[a](file:///x)",
      "<p><a>a</a></p>",
      "1:1 warning scheme: Feed readers don't take addresses with `file:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
    [
      '<q cite="sms:1">a</q>',
      "<p><q>a</q></p>",
      "1:1 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Write the address into the text, if people need it.",
    ],
    [
      '<audio src="file:///x"></audio> b',
      "<p> b</p>",
      "1:1 warning scheme: Feed readers don't take addresses with `file:`, so this one was removed; the text stays. Save the file in content/media, and name it.",
    ],
    [
      "[a](#none)",
      '<p><a href="https://feedwright.invalid/articles/hello#hello-none">a</a></p>',
      '1:1 warning fragment: There is no place `#none` in this story. Put <a id="…"></a> there, or mend the link.',
    ],
    ["[a](#top)", '<p><a href="https://feedwright.invalid/articles/hello">a</a></p>'],
    ["[a](#TOP)", '<p><a href="https://feedwright.invalid/articles/hello">a</a></p>'],
    ["[a](#)", '<p><a href="https://feedwright.invalid/articles/hello">a</a></p>'],
    [
      '<a id="x"></a>[a](#x)',
      '<p><a id="hello-x"></a><a href="https://feedwright.invalid/articles/hello#hello-x">a</a></p>',
    ],
    [
      '<a name="y"></a>[a](#y)',
      '<p><a name="hello-y"></a><a href="https://feedwright.invalid/articles/hello#hello-y">a</a></p>',
    ],
    [
      '<p name="z">q</p>\n\n[a](#z)',
      '<p name="hello-z">q</p>\n<p><a href="https://feedwright.invalid/articles/hello#hello-z">a</a></p>',
      '3:1 warning fragment: There is no place `#z` in this story. Put <a id="…"></a> there, or mend the link.',
    ],
    [
      '<a id="é"></a>[a](#%C3%A9)',
      '<p><a id="hello-é"></a><a href="https://feedwright.invalid/articles/hello#hello-%C3%A9">a</a></p>',
    ],
    [
      '<a id="%C3%A9"></a>[a](#%C3%A9)',
      '<p><a id="hello-%C3%A9"></a><a href="https://feedwright.invalid/articles/hello#hello-%25C3%25A9">a</a></p>',
    ],
    [
      "[a](www.example.org)",
      '<p><a href="https://feedwright.invalid/articles/www.example.org">a</a></p>',
      "1:1 warning link: `www.example.org` leads to a page of this site. Write `https://www.example.org` if you mean another.",
    ],
    [
      "[a](https://user:x@example.org/)",
      '<p><a href="https://user:x@example.org/">a</a></p>',
      "1:1 warning user-name: `https://user:x@example.org/` holds a user name or password: everyone can read it. Delete it.",
    ],
    ["[a](https://example.org/@x)", '<p><a href="https://example.org/@x">a</a></p>'],
    [
      "![A](media/talk.mp3)",
      "refused",
      "1:1 error media: `content/media/talk.mp3` is audio/mpeg, no picture. Link to it instead.",
    ],
    [
      '<video src="media/x.png"></video> b',
      "refused",
      "1:1 error media: `content/media/x.png` is image/png, no film. Link to it instead.",
    ],
    [
      '<video src="media/talk.mp3"></video> b',
      '<p><video src="https://feedwright.invalid/media/talk.mp3"></video> b</p>',
    ],
    [
      '<audio src="media/film.mp4"></audio> b',
      '<p><audio src="https://feedwright.invalid/media/film.mp4"></audio> b</p>',
    ],
    [
      '<audio src="media/x.png"></audio> b',
      "refused",
      "1:1 error media: `content/media/x.png` is image/png, no sound. Link to it instead.",
    ],
    [
      '<video src="media/film.mp4"><track src="media/x.png"></video>',
      "refused",
      "1:29 error media: `content/media/x.png` is image/png, no WebVTT file. Link to it instead.",
    ],
    [
      '<video src="media/film.mp4" poster="media/talk.mp3"></video>',
      "refused",
      "1:1 error media: `content/media/talk.mp3` is audio/mpeg, no picture. Link to it instead.",
    ],
    [
      '<video src="media/film.mp4" poster="media/x.png"></video>',
      '<p><video src="https://feedwright.invalid/media/film.mp4" poster="https://feedwright.invalid/media/x.png"></video></p>',
    ],
    [
      '<img src="media/x.png" alt="A" width="3">',
      '<img src="https://feedwright.invalid/media/x.png" alt="A" width="3">',
    ],
    [
      '<img src="media/x.png" alt="A" height="3">',
      '<img src="https://feedwright.invalid/media/x.png" alt="A" height="3">',
    ],
    [
      '<img src="media/x.png" alt="A">',
      '<img src="https://feedwright.invalid/media/x.png" alt="A" width="640" height="480">',
    ],
    ['<img src="https://example.org/x.png" alt="A">', '<img src="https://example.org/x.png" alt="A">'],
    ['<img src="media/x.png" srcset="" alt="A">', "refused", "1:1 error link: This srcset is empty. Delete it."],
    [
      '<img src="media/x.png" srcset="media/x.png 2y" alt="A">',
      "refused",
      "1:1 error link: `2y` in this srcset is neither a width (640w) nor a density (2x). Mend it.",
    ],
    [
      '<img src="media/x.png" srcset="media/x.png 2x, media/a%20b.png 3x" alt="A">',
      '<img src="https://feedwright.invalid/media/x.png" srcset="https://feedwright.invalid/media/x.png 2x, https://feedwright.invalid/media/a%20b.png 3x" alt="A" width="640" height="480">',
    ],
    [
      '<img src="media/x.png" longdesc="other.md" alt="A">',
      '<img src="https://feedwright.invalid/media/x.png" longdesc="https://feedwright.invalid/articles/other" alt="A" width="640" height="480">',
    ],
    [
      '<img src="media/x.png" longdesc="sms:1" alt="A">',
      '<img src="https://feedwright.invalid/media/x.png" alt="A" width="640" height="480">',
      "1:1 warning scheme: Feed readers don't take addresses with `sms:`, so this one was removed; the text stays. Write the address into the text, if people need it.",
    ],
  ])("%s", (text, ...outcome) => {
    expect(outcomeOf(text)).toEqual(outcome);
  });
});
