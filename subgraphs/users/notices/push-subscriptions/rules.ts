// Judges the addresses of devices. Pure: what is a key or an address of the network is decided by
// the caller.

export interface GivenAddress {
  readonly service: "WEB" | "APNS" | "FCM";
  readonly address: string;
  readonly keys: { readonly p256dh: string; readonly auth: string } | null;
}

interface Checks {
  /** Whether requests may go to a URL. */
  mayReach(url: string): boolean;
  isPoint(key: string): boolean;
}

export interface Mistake {
  readonly field: string;
  readonly message: string;
}

const APNS_TOKEN = /^(?:[0-9a-f]{2}){32,100}$/i;
const FCM_TOKEN = /^[\w:.-]{20,2000}$/;
/** 16 bytes as base64url. */
const AUTH = /^[\w-]{22}$/;

/** The first mistake in an address; null without one. */
export function mistakeIn(
  { service, address, keys }: GivenAddress,
  checks: Checks,
): Mistake | null {
  if (service === "WEB") return mistakeInBrowser(address, keys, checks);
  if (keys) return { field: "keys", message: `are not for ${service}: only browsers have keys` };
  const isToken = service === "APNS" ? APNS_TOKEN.test(address) : FCM_TOKEN.test(address);
  if (isToken) return null;
  const form = service === "APNS" ? "64 to 200 hexadecimal digits" : "a registration token";
  return { field: "address", message: `must be ${form}` };
}

function mistakeInBrowser(
  address: string,
  keys: GivenAddress["keys"],
  { mayReach, isPoint }: Checks,
): Mistake | null {
  if (!mayReach(address)) {
    return { field: "address", message: "must be an https URL with a public address" };
  }
  if (!keys) return { field: "keys", message: "are missing: browsers have them" };
  if (!isPoint(keys.p256dh)) {
    return { field: "keys.p256dh", message: "must be a point of P-256, 65 bytes as base64url" };
  }
  if (!AUTH.test(keys.auth)) {
    return { field: "keys.auth", message: "must be 16 bytes as base64url" };
  }
  return null;
}
