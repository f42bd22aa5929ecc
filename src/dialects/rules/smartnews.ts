import { linkOf } from "../../model/item.ts";
import type { DialectRules } from "./rule.ts";
import { findInsecureAddresses, ofKey, partnerImage, unless } from "./story-parts.ts";

const SPECIFICATION = "https://publishers.smartnews.com/hc/en-us/articles/56500436151065";

const CAMPAIGN_PARAMETER = /^(?:utm_.*|gclid|fbclid|mc_cid|mc_eid)$/i;

const hasCampaign = (url: string): boolean =>
  URL.canParse(url) && [...new URL(url).searchParams.keys()].some((name) => CAMPAIGN_PARAMETER.test(name));

/** What SmartNews asks of articles. It publishes no list of HTML that could be read in full. */
export const smartnewsRules: DialectRules = {
  name: "smartnews",
  rules: [
    {
      name: "smartnews/title",
      level: "must",
      source: SPECIFICATION,
      readOn: "2026-11-26",
      findBreaches: ({ title }) =>
        unless(title !== "", ofKey("title", "SmartNews takes no article without a title. Add a `title`.")),
    },
    {
      name: "smartnews/https",
      level: "must",
      source: SPECIFICATION,
      readOn: "2026-11-25",
      findBreaches: (item, channel, siteUrl) => findInsecureAddresses(item, channel, siteUrl, "SmartNews"),
    },
    {
      name: "smartnews/campaign-parameters",
      level: "must",
      source: SPECIFICATION,
      readOn: "2026-11-25",
      findBreaches: (item) =>
        unless(
          !hasCampaign(linkOf(item)),
          ofKey(
            "canonical",
            "SmartNews wants the canonical address. Write it without parameters such as `utm_source`.",
          ),
        ),
    },
    {
      name: "smartnews/thumbnail",
      level: "should",
      source: SPECIFICATION,
      readOn: "2026-11-25",
      findBreaches: (item) =>
        unless(
          partnerImage(item) !== undefined,
          ofKey("image", "SmartNews shows a picture beside each article. Add an `image`."),
        ),
    },
  ],
};
