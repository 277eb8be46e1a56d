// The demo data of `npm start`, written as any client would write it: by operations at the router.
// An interrupted seed is finished by running it again. What it overwrites is the profiles of the
// demo people, nothing else.
import { createClient } from "./client.ts";
import { matches } from "./conversations.ts";
import { events } from "./events.ts";
import { markAsDemo } from "./mark.ts";
import { people } from "./people.ts";
import { counter } from "./progress.ts";
import { messageCount, seedConversations, unopened } from "./seed-conversations.ts";
import { seedEvents } from "./seed-events.ts";
import { seedMatches } from "./seed-matches.ts";
import { grantEveryRole, seedPeople } from "./seed-people.ts";
import { registrationCount, seedRegistrations } from "./seed-registrations.ts";
import { untilHeard } from "./until-heard.ts";

export interface SeedOptions {
  /** The router's `/graphql`. */
  readonly graphqlUrl: string;
  /** For the databases: the first admin is made in one, and they tell who has heard of what. */
  readonly stack: {
    readonly urls: { readonly databases: Readonly<Record<string, string>> };
  };
  /** Refuse a database that holds people already, unless the demo's are among them. */
  readonly mustBeEmpty?: boolean;
  readonly onProgress?: (message: string) => void;
}

/** Safe to repeat. Refuses in production: everybody knows the password of these accounts. */
export async function seed({
  graphqlUrl,
  stack,
  mustBeEmpty = false,
  onProgress = () => {},
}: SeedOptions): Promise<void> {
  if (process.env.NODE_ENV === "production") {
    throw new Error("Demo data is not for production: its password is public. Use --no-demo.");
  }
  const { databases } = stack.urls;
  const usersDatabaseUrl = databases.users;
  if (!usersDatabaseUrl) throw new Error("The seed needs the URL of the database of users.");
  await markAsDemo(usersDatabaseUrl, { mustBeEmpty });
  const send = createClient(graphqlUrl);
  const members = await seedPeople(send, counter("people", people.length, onProgress));
  const [eventIds] = await Promise.all([
    seedEvents(send, members, counter("events", events.length, onProgress)),
    grantEveryRole(usersDatabaseUrl),
  ]);
  const onRegistration = counter("registrations", registrationCount, onProgress);
  const onMessage = counter("messages", messageCount, onProgress);
  await Promise.all([
    seedRegistrations(send, members, eventIds, onRegistration),
    seedConversations(send, members, unopened, onMessage),
  ]);
  // A list of suggestions is kept for a while: one made before matching knows everybody would lack
  // people.
  await untilHeard(databases, "matching", ["users", "events"]);
  const opened = await seedMatches(send, members, counter("matches", matches.length, onProgress));
  await seedConversations(send, members, opened, onMessage);
}
