/** The settings of the publication: its path below content/. */
export const SITE_FILE = "site.yaml";

/** The contracts with partners. */
export const PARTNERS_FILE = "partners.yaml";

/** Whether a path below content/ is a media file. */
export const isMedia = (path: string): boolean => path.startsWith("media/");

/** Whether a path below content/ is a story. */
export const isStory = (path: string): boolean => /\.md$/i.test(path) && !isMedia(path);
