import fc from "fast-check";
import type { FeedOptions } from "feed";
import type { PackageItem } from "../../../src/interop/feed-package.ts";
import { arbitraryName, arbitraryText, arbitraryUrl } from "../../formats/support/arbitrary-text.ts";

/** Text of any kind, also such that no publication may contain. */
const hostileText = fc.oneof(
  { weight: 30, arbitrary: arbitraryText },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "",
      " ",
      "\u0000",
      "a\u0008b",
      "\ud800",
      "\ufffe",
      "---\n",
      "a\n---\nb",
      "\u2028---\u2028",
    ),
  },
);

const hostileUrl = fc.oneof(
  { weight: 30, arbitrary: arbitraryUrl },
  {
    weight: 1,
    arbitrary: fc.constantFrom("", "/relative", "javascript:alert(1)", "data:text/html,x", "https://", "tag:a,2026:b"),
  },
);

const hostileHtml = fc
  .array(
    fc.oneof(
      arbitraryText,
      fc.constantFrom(
        "<script>alert(1)</script>",
        "<p onclick='x()'>text</p>\n\n\n<p>more</p>",
        "<img src=x onerror=alert(1) alt=''>",
        "<iframe src='https://example.org/'></iframe>",
        "---\ntitle: forged\n---",
        "</body></html><b>after</b>",
        "<body onload=x()>",
        "<a href='javascript:alert(1)'>x</a>",
        "<pre>\n\n  kept\n\n</pre>",
        "<svg><script>x</script></svg>",
        "*not* `markdown` [x](y)\n\n    code\n\n- list",
        "<!-- comment -->\n\n]]>",
      ),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join("\n\n"));

const date = fc.oneof(
  { weight: 40, arbitrary: fc.date({ min: new Date("1000-01-05"), max: new Date("9000-01-01"), noInvalidDate: true }) },
  { weight: 1, arbitrary: fc.date({ noInvalidDate: false }) },
);

const email = fc.oneof(
  { weight: 30, arbitrary: fc.constant("ana@example.org") },
  { weight: 1, arbitrary: hostileText },
);

const author = fc.record({ name: arbitraryName, email, link: hostileUrl }, { requiredKeys: ["name"] });

const category = fc.record({ name: arbitraryName, term: hostileText, domain: hostileUrl }, { requiredKeys: ["name"] });

const file = (type: string) =>
  fc.oneof(
    { weight: 1, arbitrary: hostileUrl },
    {
      weight: 8,
      arbitrary: fc.record(
        { url: hostileUrl, type: fc.constant(type), length: fc.nat(), title: arbitraryText, duration: fc.nat() },
        { requiredKeys: ["url", "type"] },
      ),
    },
  );

const enclosure = fc.record({ url: arbitraryUrl, type: fc.constant("application/pdf"), length: fc.nat() });

/** An item as any program might create it. */
export const arbitraryItem: fc.Arbitrary<PackageItem> = fc.record(
  {
    ...{ title: hostileText, link: hostileUrl, date },
    ...{ id: hostileText, guid: hostileText, published: date, copyright: hostileText },
    ...{ description: hostileHtml, content: hostileHtml },
    author: fc.array(author, { maxLength: 2 }),
    category: fc.array(category, { maxLength: 2 }),
    ...{ image: file("image/png"), audio: file("audio/mpeg"), enclosure },
  },
  { requiredKeys: ["title", "link", "date"] },
);

/** The options of a feed as any program might create it. */
export const arbitraryOptions: fc.Arbitrary<FeedOptions> = fc.record(
  {
    ...{ title: hostileText, id: fc.oneof(hostileText, hostileUrl), link: hostileUrl, description: hostileText },
    ...{ language: fc.constantFrom("en", "de-AT", "english"), copyright: hostileText, hub: hostileUrl },
  },
  { requiredKeys: ["title"] },
);
