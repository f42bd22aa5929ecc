// `feedwright/dialects`: the formats that partners' systems ask for, and what they ask of stories.

export type { Dialect } from "../dialects/dialect.ts";
export { dialectByName, dialects } from "../dialects/dialects.ts";
export type { AllowedHtml, Breach, DialectRules, Rule } from "../dialects/rules/rule.ts";
export { dialectRules } from "../dialects/rules/rules.ts";
