import { MARKDOWN_TYPE } from "../../formats/markdown.ts";
import { createNegotiator } from "../../http/negotiate.ts";
import type { Channel } from "../../model/channel.ts";

const ARTICLE = /^\/articles\/[^/]+$/;

const negotiate = createNegotiator(["text/html", MARKDOWN_TYPE], (type) => [type]);

/** Whether a request for a path asks for a story's page, and prefers Markdown where site.yaml wants it. */
export const wantsMarkdown = (request: Request, path: string, { markdown }: Pick<Channel, "markdown">): boolean => {
  if (markdown !== true || !ARTICLE.test(path)) return false;
  const accept = request.headers.get("accept");
  return accept !== null && negotiate(accept) === MARKDOWN_TYPE;
};
