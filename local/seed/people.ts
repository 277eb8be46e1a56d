// The people of the demo: sixty invented profiles (two of them with the names of pioneers) and an
// admin. Data only; the profiles are in people/, by region.
import { asiaAndPacific } from "./people/asia-and-pacific.ts";
import { centralAndNorthernEurope } from "./people/central-and-northern-europe.ts";
import { frenchSpeaking } from "./people/french-speaking.ts";
import { northAmerica } from "./people/north-america.ts";
import type { Person } from "./people/person.ts";
import { southAmericaAndAfrica } from "./people/south-america-and-africa.ts";
import { westernEurope } from "./people/western-europe.ts";

/** Gets every role. */
export const admin: Person = {
  account: "admin",
  displayName: "Robin Adler",
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
  ...frenchSpeaking,
  ...centralAndNorthernEurope,
  ...northAmerica,
  ...southAmericaAndAfrica,
  ...asiaAndPacific,
  admin,
];

/** The password of all demo accounts. They exist for demonstration alone. */
export const DEMO_PASSWORD = "correct horse battery staple";

/** `.test` is reserved: no mail to it ever reaches anybody (RFC 2606). */
export function emailOf({ account }: Pick<Person, "account">): string {
  return `${account}@meetinity.test`;
}

/** The input of `updateProfile`. */
export function profileOf(person: Person) {
  const { account: _, bio, ...profile } = person;
  return { ...profile, bio: bio.join(" ") };
}
