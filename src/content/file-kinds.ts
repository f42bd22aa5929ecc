/** The settings of the publication: its path below content/. */
export const SITE_FILE = "site.yaml";

/** The contracts with partners. */
export const PARTNERS_FILE = "partners.yaml";

/** Whether a path below content/ is a media file. */
export const isMedia = (path: string): boolean => path.startsWith("media/");

/** The publisher's own rules for the style sheet of the pages. */
export const THEME_FILE = "theme.css";

const isMarkdown = (path: string): boolean => /\.md$/i.test(path) && !isMedia(path);

/** Whether a path below content/ is a page of the publisher's own, such as an imprint. */
export const isOwnPage = (path: string): boolean => isMarkdown(path) && path.startsWith("pages/");

/** Whether a path below content/ is a story. */
export const isStory = (path: string): boolean => isMarkdown(path) && !isOwnPage(path);
