import { notFound } from "../errors.ts";
import { movedPermanently } from "../redirects.ts";
import type { RequestContext } from "../request-context.ts";
import type { Site } from "../site.ts";

/** `/favicon.ico`, which browsers ask for where no page names an icon, such as beside a feed: redirected to the publication's icon. */
export const favicon = async (context: RequestContext, { store }: Site): Promise<Response> => {
  const { icon, url } = store.channel;
  return icon === undefined ? notFound(context) : movedPermanently(url, icon.url);
};
