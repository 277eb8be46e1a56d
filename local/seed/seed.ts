// Writes the demo data of `npm start` like any client: with operations at the router. A second run
// completes an interrupted one. It overwrites the profiles of the demo people and nothing else.
import { createClient } from "./client.ts";
import { matches } from "./conversations.ts";
import { events } from "./events.ts";
import { markAsDemo } from "./mark.ts";
import { people } from "./people.ts";
import { counter } from "./progress.ts";
import { messageCount, seedConversations, unopened } from "./seed-conversations.ts";
import { seedDoor } from "./seed-door.ts";
import { seedEvents } from "./seed-events.ts";
import { seedHosts } from "./seed-hosts.ts";
import { seedMatches } from "./seed-matches.ts";
import { grantEveryRole, seedPeople } from "./seed-people.ts";
import { registrationCount, seedRegistrations } from "./seed-registrations.ts";
import { untilConsumed } from "./until-consumed.ts";

export interface SeedOptions {
  /** The router's `/graphql`. */
  readonly graphqlUrl: string;
  /** The databases: to grant the first admin role, and to see how far consumers have read. */
  readonly stack: {
    readonly urls: { readonly databases: Readonly<Record<string, string>> };
  };
  /** Refuse a database with people in it, unless an earlier seed marked it as a demo. */
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
  const members = await seedPeople(
    send,
    usersDatabaseUrl,
    counter("people", people.length, onProgress),
  );
  const [eventIds] = await Promise.all([
    seedEvents(send, members, counter("events", events.length, onProgress)),
    grantEveryRole(usersDatabaseUrl),
  ]);
  const onRegistration = counter("registrations", registrationCount, onProgress);
  const onMessage = counter("messages", messageCount, onProgress);
  await Promise.all([
    seedDoor(send, members),
    seedRegistrations(send, members, eventIds, onRegistration),
    seedConversations(send, members, unopened, onMessage),
  ]);
  await untilConsumed(databases, "events", ["users"]);
  await seedHosts(send, members, eventIds);
  // Matching stores a list of suggestions for a while. A list that is made too early misses people.
  await untilConsumed(databases, "matching", ["users", "events"]);
  const opened = await seedMatches(send, members, counter("matches", matches.length, onProgress));
  await seedConversations(send, members, opened, onMessage);
}
