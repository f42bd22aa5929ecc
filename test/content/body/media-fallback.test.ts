import { describe, expect, it } from "vitest";
import { outcomeOf } from "../support.ts";

describe("what a film, a sound or a script shows in a paragraph where it does not run", () => {
  it.each([
    [
      '<p><video src="media/film.mp4"><p>x</p></video> y</p>',
      '<p><video src="https://feedwright.invalid/media/film.mp4"> x </video> y</p>',
    ],
    [
      'a <video src="media/film.mp4"><p>x</p></video> b',
      '<p>a <video src="https://feedwright.invalid/media/film.mp4"> x </video> b</p>',
    ],
    [
      'a <audio src="media/talk.mp3"><div>x</div></audio> b',
      '<p>a <audio src="https://feedwright.invalid/media/talk.mp3"> x </audio> b</p>',
    ],
    [
      '<figure><video src="media/film.mp4"><p>x</p></video></figure>',
      '<figure><video src="https://feedwright.invalid/media/film.mp4"><p>x</p></video></figure>',
    ],
    [
      "<p>a <canvas><div>x</div></canvas> b</p>",
      "<p>a  b</p>",
      "1:6 warning removed: <canvas> is not allowed in a feed and was removed with all it holds.",
    ],
    [
      'a <object data="x"><p>x</p></object> b',
      '<p>a <a href="https://feedwright.invalid/articles/x">x</a> b</p>',
      "1:3 warning removed: <object> is not allowed in a feed and was removed with all it holds; a link to `x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      "a <noscript><p>x</p></noscript> b",
      "<p>a  b</p>",
      "1:3 warning removed: <noscript> is not allowed in a feed and was removed with all it holds.",
    ],
    [
      '<div><video src="media/film.mp4"><p>x</p></video> y</div>',
      '<div><video src="https://feedwright.invalid/media/film.mp4"><p>x</p></video> y</div>',
    ],
  ])("%s", (text, ...outcome) => {
    expect(outcomeOf(text)).toEqual(outcome);
  });
});
