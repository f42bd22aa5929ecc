import type { Publication } from "../../model/publication.ts";
import { CONTENT } from "./compile-folder.ts";

/** Names that nobody can have (RFC 2606 and RFC 6761), and all below them. */
const EXAMPLES = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid)$/;

/** Names of the machine itself (RFC 6761). */
const THIS_MACHINE = /(?:^|\.)localhost$/;

/** What the ids in the sample publication of Feedwright's repository begin with. */
const SAMPLE = "tag:feedwright.example,";

/** What the decision is about: site.yaml's address and id, and the ids of the stories. */
export interface NamedPublication {
  readonly url: Publication["url"];
  readonly channel: Pick<Publication["channel"], "id">;
  readonly items: readonly Pick<Publication["items"][number], "id">[];
}

/**
 * Lines that say what a publication has from an example still, and what to do: its address, its ids. `isDeploying` counts
 * this machine as an example, too.
 */
export const sampleWarnings = ({ url, channel, items }: NamedPublication, isDeploying: boolean): readonly string[] => {
  const { hostname } = new URL(url);
  const isExample = EXAMPLES.test(hostname) || (isDeploying && THIS_MACHINE.test(hostname));
  const stories = items.filter(({ id }) => id.startsWith(SAMPLE)).length;
  const withSampleIds = [
    ...(channel.id.startsWith(SAMPLE) ? ["site.yaml"] : []),
    ...(stories === 0 ? [] : [stories === 1 ? "1 story" : `${stories} stories`]),
  ];
  return [
    ...(isExample
      ? [`${CONTENT}/site.yaml: no reader can reach ${url}. Set \`url\` to the address that your site will have.`]
      : []),
    ...(withSampleIds.length > 0
      ? [
          `${CONTENT}/: ids of the sample, which other sites have too, are in ${withSampleIds.join(" and ")}. Write ids of your own, and delete the sample's stories.`,
        ]
      : []),
  ];
};

/** Prints what a publication has from an example still. */
export const warnOfSample = (publication: NamedPublication, { isDeploying = false } = {}): void => {
  for (const line of sampleWarnings(publication, isDeploying)) console.error(line);
};
