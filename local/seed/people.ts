// The people of the demo: fifty invented profiles (two of them with the names of pioneers) and an
// admin. Data only; the profiles lie in people/, by region.
import { asiaAndPacific } from "./people/asia-and-pacific.ts";
import { centralAndNorthernEurope } from "./people/central-and-northern-europe.ts";
import { northAmerica } from "./people/north-america.ts";
import { southAmericaAndAfrica } from "./people/south-america-and-africa.ts";
import { westernEurope } from "./people/western-europe.ts";

export interface Person {
  /** The local part of the e-mail address, by which events name their guests. */
  readonly account: string;
  readonly displayName: string;
  readonly headline: string;
  /** Sentences. */
  readonly bio: readonly string[];
  readonly location: string;
  /** BCP 47 tags, the mother tongue first. */
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly interests: readonly string[];
  readonly intents: readonly Intent[];
}

/** The values of the enum `Intent` in the schema. */
export type Intent =
  | "NETWORKING"
  | "FIND_WORK"
  | "HIRE"
  | "MENTOR"
  | "FIND_MENTOR"
  | "FIND_COFOUNDER"
  | "RAISE_FUNDS"
  | "INVEST";

/** The one who gets every role. */
export const admin: Person = {
  account: "admin",
  displayName: "Meetinity Admin",
  headline: "Runs this installation",
  bio: ["The account that looks after roles and reports."],
  location: "Berlin, Germany",
  languages: ["en"],
  skills: ["Community building", "Incident response", "Technical writing"],
  interests: ["Community building", "Open source"],
  intents: ["NETWORKING"],
};

export const people: readonly Person[] = [
  ...westernEurope,
  ...centralAndNorthernEurope,
  ...northAmerica,
  ...southAmericaAndAfrica,
  ...asiaAndPacific,
  admin,
];

/** Everybody's. These accounts exist for demonstration alone. */
export const DEMO_PASSWORD = "correct horse battery staple";

/** `.test` is reserved: no mail to it ever reaches anybody (RFC 2606). */
export function emailOf({ account }: Pick<Person, "account">): string {
  return `${account}@meetinity.test`;
}

/** What `updateProfile` takes. */
export function profileOf(person: Person) {
  const { account: _, bio, ...profile } = person;
  return { ...profile, bio: bio.join(" ") };
}
