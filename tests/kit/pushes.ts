// Registers devices for the pushes of a person, through the API.
import { randomBytes } from "node:crypto";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "./client.ts";
import type { Person } from "./stories.ts";
import type { BrowserKeys } from "./web-push-service.ts";

/** An iPhone, to which the stack pushes nothing: it has no key of Apple. Returns the id. */
export const aPhone = (person: Person) =>
  register(person, { service: "APNS", address: randomBytes(32).toString("hex") });

/** A browser at a push service of a test. Returns the id of the subscription. */
export const aBrowser = (person: Person, { p256dh, auth }: BrowserKeys, endpoint: string) =>
  register(person, { service: "WEB", address: endpoint, keys: { p256dh, auth } });

async function register({ token }: Person, input: object): Promise<string> {
  const { registerPushSubscription } = await dataOf<{
    registerPushSubscription: { subscription: { id: string } };
  }>(operation("RegisterPushSubscription"), { input }, { as: token });
  return registerPushSubscription.subscription.id;
}
