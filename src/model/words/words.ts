/**
 * The texts that Feedwright itself adds to stories and pages, in one language. Plain text. `{name}` is a placeholder,
 * because languages differ in order and punctuation; a translation has the same ones.
 */
export interface Words {
  /** Before the publication on whose reporting a story is based. */
  readonly source: string;
  /** Before a correction at the end of a story. */
  readonly correction: string;
  /** The title of the notice in place of a withdrawn story. */
  readonly withdrawn: string;
  /** Before the date of a story's last change. */
  readonly updated: string;

  /** The heading above a story's footnotes, for screen readers. */
  readonly footnotes: string;
  /** What the arrow behind a footnote does, for screen readers. */
  readonly backToReference: string;

  // The five kinds of alerts of GitHub Flavored Markdown.
  readonly note: string;
  readonly tip: string;
  readonly important: string;
  readonly warning: string;
  readonly caution: string;

  // What stands above a story that readers do not see yet, where its writers look at it.
  readonly draft: string;
  readonly scheduled: string;

  /** Before the links to the feeds of the whole publication. */
  readonly subscribe: string;
  /** Before the links to the feeds of one story. */
  readonly followThisStory: string;

  // The pages about feeds.
  /** What a feed is, in two sentences. */
  readonly feedDetail: string;
  /** Before the field with the address of a feed. */
  readonly feedAddress: string;
  /** The button that copies an address. */
  readonly copy: string;
  /** What is said once it has. */
  readonly copied: string;
  /** Before the links to feed readers on the web. */
  readonly addToReader: string;
  /** The link that opens a feed reader on the reader's device. */
  readonly feedApp: string;
  /** The link to a feed as plain text. */
  readonly showSource: string;
  /** Heading above the stories of a feed. */
  readonly newestStories: string;
  /** The link to the page with all feeds. */
  readonly allFeeds: string;
  /** The name of the feed with all stories. */
  readonly allStories: string;
  /** Headings above the feeds of sections, tags and authors. */
  readonly sections: string;
  readonly tags: string;
  readonly authors: string;
  /** Heading above the feeds that site.yaml names. */
  readonly moreFeeds: string;
  /** What is said where there are too many tags or authors. */
  readonly newestOnlyDetail: string;
  /** The link to the list of feeds for feed readers. */
  readonly downloadOpml: string;

  /** The link to the page with the HTML of a story to copy, and its heading. */
  readonly republish: string;
  /** What that page says above the HTML. */
  readonly republishDetail: string;
  /** Before the address of a licence. */
  readonly license: string;
  /** The line at the end of a story that others publish. */
  readonly attribution: string;
  /** The link to the front page. */
  readonly frontPage: string;

  /** The link over which a keyboard gets past the masthead. */
  readonly skipToContent: string;
  /** What the list of links in the masthead is, for screen readers. */
  readonly menu: string;
  /** The page with all stories by year and month, and the link to it. */
  readonly archive: string;
  /** The links from a page with stories to the next ones and back. */
  readonly older: string;
  readonly newer: string;
  /** In the title of such a page. */
  readonly pageNumber: string;
  /** What a section without stories says. */
  readonly noStories: string;
  /** The heading above related stories at the end of a story. */
  readonly moreStories: string;
  /** Before the stories that were published before and after a story. */
  readonly previousStory: string;
  readonly nextStory: string;

  // The size of a file.
  readonly bytes: string;
  readonly kilobytes: string;
  readonly megabytes: string;

  // How texts are joined.
  readonly labelled: string;
  readonly inParentheses: string;
  readonly list: string;

  // Titles of error pages, and what they say.
  readonly notFound: string;
  readonly notFoundDetail: string;
  readonly gone: string;
  readonly goneDetail: string;
  readonly methodNotAllowed: string;
  readonly methodNotAllowedDetail: string;
  readonly notAcceptable: string;
  readonly notAcceptableDetail: string;
  readonly preconditionFailed: string;
  readonly preconditionFailedDetail: string;
  readonly rangeNotSatisfiable: string;
  readonly rangeNotSatisfiableDetail: string;
  readonly tooManyRequests: string;
  readonly tooManyRequestsDetail: string;
  readonly internalServerError: string;
  readonly internalServerErrorDetail: string;
}
