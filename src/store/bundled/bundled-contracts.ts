import type { Partner } from "../../model/partners/partner.ts";
import type { Contracts } from "../contracts.ts";

/** The contracts that were deployed with the worker, `partners` being ascending by name. */
export const bundledContracts = (partners: readonly Partner[]): Contracts => {
  const byName = new Map(partners.map((partner) => [partner.name, partner]));
  const formats = new Set(partners.flatMap((partner) => partner.formats));
  return {
    formats: () => formats,
    exist: () => partners.length > 0,
    findKnown: (name) => byName.get(name),
    find: async (name) => byName.get(name),
    list: async (after, limit) => partners.filter(({ name }) => name > after).slice(0, limit),
  };
};
