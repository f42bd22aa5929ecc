import type { Usage } from "../model/item.ts";
import type { RightsRule } from "./license-document.ts";

/** The two properties of the TDM Reservation Protocol. */
interface TdmProperties {
  /** 1: the rights to text and data mining are reserved. */
  readonly "tdm-reservation": 0 | 1;
  /** Where to acquire them. */
  readonly "tdm-policy"?: string;
}

/**
 * The TDM Reservation Protocol (https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/) of some rights: reserved, if
 * nobody may train a model. A policy stands only with a reservation, since agents do not read it otherwise. Undefined if training
 * is neither allowed nor forbidden.
 */
export const tdmProperties = ({ aiTrain, license }: Usage): TdmProperties | undefined => {
  if (aiTrain === undefined) return undefined;
  if (aiTrain) return { "tdm-reservation": 0 };
  return { "tdm-reservation": 1, ...(license !== undefined && { "tdm-policy": license }) };
};

/** Renders `/.well-known/tdmrep.json`. Of the rules that match a path the first one counts. Undefined if none says anything of it. */
export const renderTdmRules = (rules: readonly RightsRule[]): string | undefined => {
  const stated = rules.flatMap(({ location, rights }) => {
    const properties = tdmProperties(rights);
    return properties === undefined ? [] : [{ location, ...properties }];
  });
  return stated.length === 0 ? undefined : `${JSON.stringify(stated, null, 2)}\n`;
};
