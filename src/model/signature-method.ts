/** The methods by which a hub may sign what it delivers, by the names that X-Hub-Signature has for them (WebSub §7.1). */
export const SIGNATURE_METHODS = ["sha1", "sha256", "sha384", "sha512"] as const;

/** How deliveries are signed. */
export type SignatureMethod = (typeof SIGNATURE_METHODS)[number];
