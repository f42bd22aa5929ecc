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
