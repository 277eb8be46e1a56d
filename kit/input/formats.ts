// The named formats of `@constraint(format:)`, and descriptions of refused values that do not
// repeat long or secret ones.
import { asciiEmail } from "#kit/input/email";
import { visibly } from "#kit/input/text";
import { canonicalTimeZone } from "#kit/input/time-zones";

interface Format {
  readonly name: string;
  matches(text: string): boolean;
}

/** As this runtime knows them, with some that are no longer used. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

export const FORMATS = {
  EMAIL: {
    name: "an e-mail address such as ada@example.org, with ASCII letters before the @",
    matches: (text) => asciiEmail(text) !== null,
  },
  TIME_ZONE: {
    name: "an IANA time zone such as Europe/Berlin",
    matches: (text) => canonicalTimeZone(text) !== null,
  },
  CLOCK: {
    name: "a time of the day such as 07:30",
    matches: (text) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text),
  },
  LANGUAGE: {
    name: "a BCP 47 language tag such as en",
    matches: (text) => doesNotThrow(() => Intl.getCanonicalLocales(text)),
  },
  URL: {
    name: "an absolute http or https URL",
    matches: (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
  },
  HTTPS_URL: {
    name: "an absolute https URL without credentials",
    matches(text) {
      if (!URL.canParse(text)) return false;
      const { protocol, username, password } = new URL(text);
      return protocol === "https:" && username === "" && password === "";
    },
  },
  CURRENCY: {
    name: "the ISO 4217 code of a currency such as EUR",
    matches: (text) => CURRENCIES.has(text),
  },
} as const satisfies Record<string, Format>;

function doesNotThrow(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

const SHOWN_LENGTH_MAX = 60;

/**
 * Describes a refused value for an error message: short values as they are, with invisible
 * characters as their codes; long and secret values by their size.
 */
export function describeReceived(
  value: unknown,
  isSecret: boolean,
): { readonly text: string; readonly received: string | number | boolean | null } {
  if (typeof value === "string") {
    if (!isSecret && value.length <= SHOWN_LENGTH_MAX) {
      return { text: JSON.stringify(visibly(value)), received: value };
    }
    const size = `a string of ${value.length} characters`;
    return { text: size, received: size };
  }
  if (Array.isArray(value)) {
    const size = `${value.length} items`;
    return { text: size, received: size };
  }
  if (value instanceof Date) return { text: value.toISOString(), received: value.toISOString() };
  if (typeof value === "number" || typeof value === "boolean") {
    return { text: String(value), received: value };
  }
  return { text: value === null ? "null" : typeof value, received: null };
}
