// Names that nobody may take, because others would read them as this service, its staff or a
// machine. Any spelling that reads the same is refused too. Names of people are not: `Joe Root` may
// be called so.
import { looseSkeletonOf } from "#kit/input/skeleton";

/** Refused wherever they stand in a name, also as a part of a word. */
const BRANDS = ["Meetinity"];

/** Refused as a word of a name: nobody is called so. */
const TITLES = [
  ...["admin", "admins", "administrator", "administrators", "sysadmin", "superuser"],
  ...["administrateur", "administratrice", "administrateurs"],
  ...["moderator", "moderators", "moderateur", "moderatrice", "moderateurs"],
  ...["webmaster", "postmaster", "hostmaster", "noreply", "mailer-daemon"],
];

/** Refused as a whole name, also with `FILLERS`: as a part of a name they may be somebody's. */
const OFFICES = [
  ...["support", "staff", "help", "helpdesk", "customer service", "customer care", "moderation"],
  ...["aide", "assistance", "service client", "mod", "mods", "modo", "root", "system", "security"],
  ...["systeme", "securite", "official", "officiel", "officielle", "abuse", "billing", "privacy"],
  ...["facturation", "confidentialite", "info", "contact", "no reply", "ne pas repondre"],
  ...["anonymous", "anonyme", "nobody", "unknown", "inconnu", "null", "undefined"],
  ...["deleted user", "deleted account", "utilisateur supprime", "compte supprime"],
  ...["everyone", "everybody", "tout le monde"],
];

const FILLERS = [
  ...["the", "team", "account", "user", "desk", "center", "centre", "bot", "group", "hq"],
  ...["le", "la", "les", "du", "de", "equipe", "compte", "utilisateur", "groupe", "service"],
];

const brands = BRANDS.map(looseSkeletonOf);
const titles = new Set(TITLES.map(looseSkeletonOf));
const alternatives = (words: readonly string[]) => words.map(looseSkeletonOf).join("|");
const OFFICE = alternatives([...OFFICES, ...TITLES]);
const FILLER = alternatives(FILLERS);
/** Digits and their look-alikes may follow, as in `support24`. */
const ONLY_OFFICES = new RegExp(
  `^(?:${FILLER}|${OFFICE})*(?:${OFFICE})(?:${FILLER}|${OFFICE})*$`,
  "u",
);
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}\p{Cf}|]+/u;
const LAST_DIGITS = /[\p{N}\s]+$/u;

/** Whether a clean name is reserved, in any spelling that reads the same. */
export function isReservedName(displayName: string): boolean {
  const name = displayName.normalize("NFKC");
  const whole = [name, name.replace(LAST_DIGITS, "")].map(looseSkeletonOf);
  if (whole.some((each) => brands.some((brand) => each.includes(brand)))) return true;
  if (whole.some((each) => ONLY_OFFICES.test(each))) return true;
  const words = name.split(BETWEEN_WORDS).flatMap((word) => [word, word.replace(LAST_DIGITS, "")]);
  return words.some((word) => titles.has(looseSkeletonOf(word)));
}

/** The fields of the problem of a reserved name. */
export function reservedName(displayName: string) {
  return { reason: "This name is reserved. Choose your own name.", displayName };
}
