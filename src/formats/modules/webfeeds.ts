import type { Channel } from "../../model/channel.ts";
import { emptyElement, textElement } from "../xml.ts";

/** Webfeeds, by which Feedly and others dress a feed (http://webfeeds.org/rss/1.0). Prefix `webfeeds`. */
export const WEBFEEDS_NAMESPACE = "http://webfeeds.org/rss/1.0";

type WebfeedsChannel = Pick<Channel, "accent" | "icon" | "image">;

/** Whether there is anything to say. */
export const hasWebfeeds = ({ accent, icon, image }: WebfeedsChannel): boolean =>
  (accent ?? icon ?? image) !== undefined;

/** Renders the publication's icon, cover and colour, as far as it has them. */
export const renderWebfeeds = ({ accent, icon, image }: WebfeedsChannel): string =>
  textElement("webfeeds:icon", icon?.url) +
  (image === undefined ? "" : emptyElement("webfeeds:cover", { image: image.url })) +
  textElement("webfeeds:accentColor", accent?.light.replace("#", ""));
