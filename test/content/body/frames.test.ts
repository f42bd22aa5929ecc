import { describe, expect, it } from "vitest";
import { htmlOf, itemOf, messagesOf, storyOf } from "../support.ts";

const PAGE = "https://www.youtube.com/watch?v=x";
const FRAME = '<iframe src="https://www.youtube.com/embed/x" title="The film"></iframe>';

describe("a frame", () => {
  it.each([
    ["in a line of its own", FRAME, `<p><a href="${PAGE}">The film</a></p>`],
    ["in a sentence", `See ${FRAME} now.`, `<p>See <a href="${PAGE}">The film</a> now.</p>`],
    ["in a <div>", `<div>${FRAME}</div>`, `<div><p><a href="${PAGE}">The film</a></p></div>`],
    [
      "in a <figure>",
      `<figure>${FRAME}<figcaption>C</figcaption></figure>`,
      `<figure><p><a href="${PAGE}">The film</a></p><figcaption>C</figcaption></figure>`,
    ],
    ["in a link", `<a href="https://example.org/">${FRAME}</a>`, '<p><a href="https://example.org/">The film</a></p>'],
    ["without a title", FRAME.replace(' title="The film"', ""), `<p><a href="${PAGE}">${PAGE}</a></p>`],
    [
      "with a title that says nothing",
      FRAME.replace("The film", "YouTube video player"),
      `<p><a href="${PAGE}">${PAGE}</a></p>`,
    ],
    [
      "that a script loads",
      '<iframe src="about:blank" data-src="https://player.vimeo.com/video/1"></iframe>',
      '<p><a href="https://vimeo.com/1">https://vimeo.com/1</a></p>',
    ],
    [
      "that is an <object> with a film in it",
      '<object><param name="movie" value="https://www.youtube.com/v/x"><embed src="https://www.youtube.com/v/x"></object>',
      `<p><a href="${PAGE}">${PAGE}</a></p>`,
    ],
    [
      "that is an <embed>",
      '<embed src="https://example.org/x">',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
    ],
    [
      "of a file",
      '<object data="media/film.mp4" title="Film"></object>',
      '<p><a href="https://feedwright.invalid/media/film.mp4">Film</a></p>',
    ],
  ])("%s leaves a link in its place", (_, text, html) => {
    expect(htmlOf(text)).toBe(html);
    expect(messagesOf(storyOf(text))).toEqual([expect.stringMatching(/^7:\d+ removed$/)]);
  });

  it.each([
    ["without an address", '<iframe srcdoc="x"></iframe>'],
    ["with a script for an address", '<iframe src="javascript:alert(1)"></iframe>'],
    ["that counts visits", '<iframe src="https://example.org/" width="1" height="1"></iframe>'],
    ["of no height", '<iframe src="https://example.org/" width="100%" height="0"></iframe>'],
    ["of no width", '<iframe src="https://example.org/" width="0px" height="300"></iframe>'],
    ["that is hidden", '<iframe src="https://example.org/" style="display: none"></iframe>'],
  ])("%s leaves nothing, and has a warning", (_, frame) => {
    expect(htmlOf(`Text.\n\n${frame}`)).not.toContain("<a ");
    expect(messagesOf(storyOf(`Text.\n\n${frame}`))).toEqual(["9:1 removed"]);
  });

  it("may be all that a story is, and uses the file that it shows", () => {
    expect(itemOf(storyOf(FRAME)).summary).toBe("Hello");
    expect(itemOf(storyOf('<embed src="media/film.mp4">')).media).toEqual(["media/film.mp4"]);
  });
});
