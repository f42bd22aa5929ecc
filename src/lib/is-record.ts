/** Whether a value that YAML or JSON gave is a mapping of keys and values. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
