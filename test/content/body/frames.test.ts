import { describe, expect, it } from "vitest";
import { htmlOf, itemOf, messagesOf, outcomeOf, storyOf } from "../support.ts";

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

describe("what stands in the place of a frame", () => {
  it.each([
    [
      '<embed src="https://example.org/x" title="T"></embed>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <embed> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<fencedframe src="https://example.org/x" title="T"></fencedframe>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <fencedframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<iframe src="https://example.org/x" title="T"></iframe>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<iframe data="https://example.org/x" title="T"></iframe>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<iframe data-src="https://example.org/x" title="T"></iframe>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<iframe data-lazy-src="https://example.org/x" title="T"></iframe>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<iframe data-original="https://example.org/x" title="T"></iframe>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<iframe data-url="https://example.org/x" title="T"></iframe>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<object src="https://example.org/x" title="T"></object>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <object> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<object data="https://example.org/x" title="T"></object>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <object> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<object data-src="https://example.org/x" title="T"></object>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <object> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<object data-lazy-src="https://example.org/x" title="T"></object>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <object> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<object data-original="https://example.org/x" title="T"></object>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <object> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<object data-url="https://example.org/x" title="T"></object>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <object> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<portal src="https://example.org/x" title="T"></portal>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:1 warning removed: <portal> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<article><iframe src="https://example.org/x" title="T"></iframe></article>',
      '<div><p><a href="https://example.org/x">T</a></p></div>',
      "1:1 warning removed: <article> is not allowed in a feed and was removed; its text stays.",
      "1:10 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<aside><iframe src="https://example.org/x" title="T"></iframe></aside>',
      '<aside><p><a href="https://example.org/x">T</a></p></aside>',
      "1:8 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<blockquote><iframe src="https://example.org/x" title="T"></iframe></blockquote>',
      '<blockquote><p><a href="https://example.org/x">T</a></p></blockquote>',
      "1:13 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<body><iframe src="https://example.org/x" title="T"></iframe></body>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:7 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<center><iframe src="https://example.org/x" title="T"></iframe></center>',
      '<div><p><a href="https://example.org/x">T</a></p></div>',
      "1:1 warning removed: <center> is not allowed in a feed and was removed; its text stays.",
      "1:9 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<details><iframe src="https://example.org/x" title="T"></iframe></details>',
      '<details><p><a href="https://example.org/x">T</a></p></details>',
      "1:10 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<div><iframe src="https://example.org/x" title="T"></iframe></div>',
      '<div><p><a href="https://example.org/x">T</a></p></div>',
      "1:6 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<figure><iframe src="https://example.org/x" title="T"></iframe></figure>',
      '<figure><p><a href="https://example.org/x">T</a></p></figure>',
      "1:9 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<main><iframe src="https://example.org/x" title="T"></iframe></main>',
      '<div><p><a href="https://example.org/x">T</a></p></div>',
      "1:1 warning removed: <main> is not allowed in a feed and was removed; its text stays.",
      "1:7 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<section><iframe src="https://example.org/x" title="T"></iframe></section>',
      '<section><p><a href="https://example.org/x">T</a></p></section>',
      "1:10 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<p><iframe src="https://example.org/x" title="T"></iframe></p>',
      '<p><a href="https://example.org/x">T</a></p>',
      "1:4 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<span><iframe src="https://example.org/x" title="T"></iframe></span>',
      '<p><span><a href="https://example.org/x">T</a></span></p>',
      "1:7 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<table><tr><td><iframe src="https://example.org/x" title="T"></iframe></td></tr></table>',
      '<table><tbody><tr><td><a href="https://example.org/x">T</a></td></tr></tbody></table>',
      "1:16 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<ul><li><iframe src="https://example.org/x" title="T"></iframe></li></ul>',
      '<ul><li><a href="https://example.org/x">T</a></li></ul>',
      "1:9 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<iframe src="https://example.org/x" title="YouTube video"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="youtube video player"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="Vimeo"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="vimeo player"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="vimeo-player"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="embedded content"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="content"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="frame"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="iframe"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="player"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="post"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="video"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="Embedded Post"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="video player"></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="my video"></iframe>',
      '<p><a href="https://example.org/x">my video</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<iframe src="https://example.org/x" title=" "></iframe>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/x" title="video" aria-label="A label"></iframe>',
      '<p><a href="https://example.org/x">A label</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<iframe src="https://example.org/x" aria-label="A  label"></iframe>',
      '<p><a href="https://example.org/x">A label</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place.",
    ],
    [
      '<object><param name="SRC" value="https://example.org/x"></object>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <object> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<object><param name="url" value="https://example.org/x"></object>',
      '<p><a href="https://example.org/x">https://example.org/x</a></p>',
      "1:1 warning removed: <object> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/x` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<object><param name="other" value="https://example.org/x"></object>',
      "refused",
      "1:1 warning removed: <object> is not allowed in a feed and was removed with all it holds. Put a link to what it showed in its place.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      '<iframe src="http://"></iframe>',
      "refused",
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds. Put a link to what it showed in its place.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      '<iframe src="x.html"></iframe>',
      '<p><a href="https://feedwright.invalid/articles/x.html">x.html</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `x.html` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src=" " data-src="https://example.org/y"></iframe>',
      '<p><a href="https://example.org/y">https://example.org/y</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/y` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="mailto:a@example.org"></iframe>',
      "refused",
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds. Put a link to what it showed in its place.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      '<iframe src="https://example.org/" width="1"></iframe>',
      "refused",
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds. Put a link to what it showed in its place.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      '<iframe src="https://example.org/" width="2"></iframe>',
      '<p><a href="https://example.org/">https://example.org/</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
    [
      '<iframe src="https://example.org/" height="1px"></iframe>',
      "refused",
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds. Put a link to what it showed in its place.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      '<iframe src="https://example.org/" width="10"></iframe>',
      '<p><a href="https://example.org/">https://example.org/</a></p>',
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds; a link to `https://example.org/` stands in its place. Give it a `title`, which becomes the link's text.",
    ],
  ])("%s", (text, ...outcome) => {
    expect(outcomeOf(text)).toEqual(outcome);
  });
});
