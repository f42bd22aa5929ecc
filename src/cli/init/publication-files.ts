import { stringify } from "yaml";
import { rfc3339 } from "../../formats/dates.ts";
import type { Instant } from "../../model/instant.ts";

/** What a new publication is told of itself. */
export interface NewPublication {
  readonly title: string;
  /** As site.yaml has it. */
  readonly url: string;
  /** BCP 47. */
  readonly language: string;
  /** Whether its stories are to be in a database, too. */
  readonly hasNewsroom: boolean;
}

/** The files of content/ that a publication begins with, by path: site.yaml and one story. `host` is that of its URL. */
export const publicationFiles = (
  { title, url, language }: NewPublication,
  host: string,
  now: Instant,
): Readonly<Record<string, string>> => {
  const [day = ""] = new Date(now).toISOString().split("T");
  const site = { id: `tag:${host},${day}:feeds`, url, title, description: title, language, hubs: ["built-in"] };
  const story = { id: `tag:${host},${day}:hello`, title: "Hello", published: rfc3339(now) };
  return {
    "content/site.yaml": `# The publication itself. docs/writing.md of feedwright explains every key.\n${stringify(site)}`,
    "content/hello.md": `---\n${stringify(story)}---\n\nThis is the first story. Write your own with \`npm run new "The title"\`, and delete this one.\n`,
  };
};
