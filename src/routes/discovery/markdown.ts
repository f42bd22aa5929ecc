import type { RenderedDocument } from "../../editions/find-edition.ts";
import { MARKDOWN_TYPE, renderMarkdownStory } from "../../formats/markdown.ts";
import { licenseLinks, rightsFields } from "../../formats/rights-fields.ts";
import { articlePath, markdownPath } from "../../model/address.ts";
import type { Channel } from "../../model/channel.ts";
import type { Item } from "../../model/item.ts";
import { type Lookup, MISSING } from "../../model/lookup.ts";
import { rightsOfAll } from "../../model/rights.ts";
import { notFound } from "../errors.ts";
import { article, storyPage } from "../pages.ts";
import type { RequestContext } from "../request-context.ts";
import { textDocument } from "../serve-document.ts";
import type { Site } from "../site.ts";
import { wantsMarkdown } from "./wants-markdown.ts";

/** Missing for a story that the newsroom has not compiled again yet since site.yaml wants Markdown. */
const toDocument = (
  item: Item,
  channel: Channel,
  headers: RenderedDocument["headers"] = {},
): Lookup<RenderedDocument> => {
  const text = renderMarkdownStory(item);
  if (text === undefined) return MISSING;
  const rights = rightsOfAll(channel, [item]);
  const links = [`<${item.canonical ?? item.url}>; rel="canonical"`, ...licenseLinks(channel, rights)];
  return {
    kind: "found",
    value: textDocument(text, `${MARKDOWN_TYPE}; charset=utf-8`, [item], {
      ...rightsFields(rights, links),
      ...headers,
    }),
  };
};

/** `/articles/{slug}.md`: a story as Markdown, if site.yaml wants it. A story whose slug ends so, of an earlier version, has its page. */
export const markdown = async (context: RequestContext, site: Site): Promise<Response> => {
  const response =
    site.store.channel.markdown === true
      ? await storyPage(context, site, markdownPath, (item, channel) => toDocument(item, channel))
      : notFound(context);
  const params = { slug: `${context.params.slug}.md` };
  return response.status === 404 ? article({ ...context, params }, site) : response;
};

/** `/articles/{slug}`: a story as a page, or as Markdown for whom prefers that. */
export const negotiatedArticle = async (context: RequestContext, site: Site): Promise<Response> => {
  if (!wantsMarkdown(context.request, context.path, site.store.channel)) return article(context, site);
  const response = await storyPage(context, site, articlePath, (item, channel) =>
    toDocument(item, channel, {
      "content-location": channel.url + markdownPath(item.slug),
      vary: "Accept",
    }),
  );
  return response.status === 404 ? article(context, site) : response;
};
