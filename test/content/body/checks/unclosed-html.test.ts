import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../support.ts";

describe("HTML without an end", () => {
  it.each([
    [
      "<!-- a",
      "refused",
      "1:1 error unclosed: `<!--` has no end: it would swallow what follows. Put `-->` behind it, or delete it.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<![CDATA[ a",
      "refused",
      "1:1 error unclosed: `<![CDATA[` has no end: it would swallow what follows. Put `]]>` behind it, or delete it.",
      "1:1 warning lost: `<![CDATA[` begins what HTML takes for a comment, so it is lost. Delete it, or write what it stands for.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<? a",
      "refused",
      "1:1 error unclosed: `<?` has no end: it would swallow what follows. Put `?>` behind it, or delete it.",
      "1:1 warning lost: `<?` begins what HTML takes for a comment, so it is lost. Delete it, or write what it stands for.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<!x a",
      "refused",
      "1:1 error unclosed: `<!` has no end: it would swallow what follows. Put `>` behind it, or delete it.",
      "1:1 warning lost: `<!x` begins what HTML takes for a comment, so it is lost. Delete it, or write what it stands for.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<script>a",
      "refused",
      "1:1 error unclosed: `<script>` has no end: it would swallow what follows. Put `</script>` behind it, or delete it.",
      "1:1 warning removed: <script> is not allowed in a feed and was removed with all it holds.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<script>a</script> b",
      "b",
      "1:1 warning removed: <script> is not allowed in a feed and was removed with all it holds.",
    ],
    [
      "<style>a",
      "refused",
      "1:1 error unclosed: `<style>` has no end: it would swallow what follows. Put `</style>` behind it, or delete it.",
      "1:1 warning removed: <style> is not allowed in a feed and was removed with all it holds.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<title>a",
      "refused",
      "1:1 error unclosed: `<title>` has no end: it would swallow what follows. Put `</title>` behind it, or delete it.",
      "1:1 warning removed: <title> is not allowed in a feed and was removed with all it holds.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<textarea>a",
      "refused",
      "1:1 error unclosed: `<textarea>` has no end: it would swallow what follows. Put `</textarea>` behind it, or delete it.",
      "1:1 warning removed: <textarea> is not allowed in a feed and was removed with all it holds.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<iframe>a",
      "refused",
      "1:1 error unclosed: `<iframe>` has no end: it would swallow what follows. Put `</iframe>` behind it, or delete it.",
      "1:1 warning removed: <iframe> is not allowed in a feed and was removed with all it holds. Put a link to what it showed in its place.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<xmp>a",
      "refused",
      "1:1 error unclosed: `<xmp>` has no end: it would swallow what follows. Put `</xmp>` behind it, or delete it.",
      "1:1 warning removed: <xmp> is not allowed in a feed and was removed with all it holds.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<noembed>a",
      "refused",
      "1:1 error unclosed: `<noembed>` has no end: it would swallow what follows. Put `</noembed>` behind it, or delete it.",
      "1:1 warning removed: <noembed> is not allowed in a feed and was removed with all it holds.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<noframes>a",
      "refused",
      "1:1 error unclosed: `<noframes>` has no end: it would swallow what follows. Put `</noframes>` behind it, or delete it.",
      "1:1 warning removed: <noframes> is not allowed in a feed and was removed with all it holds.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "<plaintext>a",
      "refused",
      "1:1 error unclosed: `<plaintext>` has no end: it would swallow what follows. Put `</plaintext>` behind it, or delete it.",
      "1:1 warning removed: <plaintext> is not allowed in a feed and was removed with all it holds.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    [
      "a <script>b",
      "refused",
      "1:3 error unclosed: `<script>` has no end: it would swallow what follows. Put `</script>` behind it, or delete it.",
      "1:3 warning removed: <script> is not allowed in a feed and was removed with all it holds.",
    ],
    [
      "> <script>a",
      "refused",
      "1:3 error unclosed: `<script>` has no end: it would swallow what follows. Put `</script>` behind it, or delete it.",
      "1:3 warning removed: <script> is not allowed in a feed and was removed with all it holds.",
      "2:1 error empty: The story has no text. Write some below the front matter.",
    ],
    ["<!-->-->b", "-->b"],
    [
      "<div>a",
      "<div>a</div>",
      "1:1 warning unclosed: `<div>` has no end, so what follows stands in it. Put `</div>` behind what belongs to it.",
    ],
    ["<div>a</div>", "<div>a</div>"],
    [
      "<b>a",
      "<p><b>a</b></p>",
      "1:1 warning unclosed: `<b>` has no end, so what follows stands in it. Put `</b>` behind what belongs to it.",
    ],
    ["<p>a", "<p>a</p>"],
    [
      '<a href="https://example.org/">a',
      '<p><a href="https://example.org/">a</a></p>',
      "1:1 warning unclosed: `<a>` has no end, so what follows stands in it. Put `</a>` behind what belongs to it.",
    ],
    [
      "<details>a",
      "<details>a</details>",
      "1:1 warning unclosed: `<details>` has no end, so what follows stands in it. Put `</details>` behind what belongs to it.",
    ],
    [
      "<div><b>a</div>",
      "<div><b>a</b></div>",
      "1:6 warning unclosed: `<b>` has no end, so what follows stands in it. Put `</b>` behind what belongs to it.",
    ],
    [
      '<video src="media/film.mp4">a',
      '<p><video src="https://feedwright.invalid/media/film.mp4">a</video></p>',
      "1:1 warning unclosed: `<video>` has no end, so what follows stands in it. Put `</video>` behind what belongs to it.",
    ],
    [
      'a <video src="media/film.mp4">b\n\nc</video>',
      '<p>a <video src="https://feedwright.invalid/media/film.mp4">b</video></p>\n<p>c</p>',
      "1:3 warning unclosed: `<video>` ends in another paragraph, so what it shows where it can't play stands in the text. Leave no blank line in it, or put it on a line of its own.",
    ],
    ["a <b>c\n\nd</b>", "<p>a <b>c</b></p><b>\n</b><p><b>d</b></p>"],
    [
      "<div><div>a</div>",
      "<div><div>a</div></div>",
      "1:1 warning unclosed: `<div>` has no end, so what follows stands in it. Put `</div>` behind what belongs to it.",
    ],
    ["</div>a", "a"],
    [
      "<x-y>a",
      "<p>a</p>",
      "1:1 warning removed: <x-y> is not allowed in a feed and was removed; its text stays. It is none of HTML: put a link, or HTML, in its place.",
    ],
    ["<!-- <div> -->a", "a"],
    [
      "<DIV>a",
      "<div>a</div>",
      "1:1 warning unclosed: `<div>` has no end, so what follows stands in it. Put `</div>` behind what belongs to it.",
    ],
    ['<div title=">">a</div>', '<div title=">">a</div>'],
  ])("%s", (text, ...outcome) => {
    expect(outcomeOf(text)).toEqual(outcome);
  });
});
