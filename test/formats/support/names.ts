// Functions that return names of elements and attributes as xml-reader.ts has them, each for one namespace.

const inNamespace =
  (uri: string) =>
  (local: string): string =>
    `{${uri}}${local}`;

export const atomName = inNamespace("http://www.w3.org/2005/Atom");
export const contentName = inNamespace("http://purl.org/rss/1.0/modules/content/");
export const dcName = inNamespace("http://purl.org/dc/elements/1.1/");
export const dctermsName = inNamespace("http://purl.org/dc/terms/");
export const mediaName = inNamespace("http://search.yahoo.com/mrss/");
export const msnName = inNamespace("http://schemas.ingestion.microsoft.com/common/");
export const snfName = inNamespace("http://www.smartnews.be/snf");
export const tombstoneName = inNamespace("http://purl.org/atompub/tombstones/1.0");
export const xmlName = inNamespace("http://www.w3.org/XML/1998/namespace");
