// Clients that sign in, with the device tokens and user agents that tests choose.
import { inTransaction } from "../../../kit/data/database.ts";
import type { RequestClient } from "../../../kit/trust/client.ts";
import { passFirstFactor, type SignedIn } from "../../../subgraphs/users/accounts/signing-in.ts";
import { anonymous, type Users } from "./harness.ts";

export const FIREFOX: RequestClient = {
  address: "203.0.113.7",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
};

export const SAFARI: RequestClient = {
  address: "2001:db8:1:2::/64",
  userAgent:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 " +
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
};

interface Options {
  readonly deviceToken?: string | null;
  readonly client?: RequestClient;
  readonly now?: Date;
}

/** Signs a person in whose first factor was right. */
export async function enter(
  users: Users,
  userId: string,
  { deviceToken = null, client, now }: Options = {},
): Promise<SignedIn> {
  const context = users.context(anonymous, now, client);
  const outcome = await inTransaction(users.database, (tx) =>
    passFirstFactor(tx, context, userId, deviceToken),
  );
  if (outcome.kind !== "signedIn") throw new Error(`not signed in: ${outcome.kind}`);
  return outcome;
}

/** How many devices a person has, and how many mails were queued for them. */
export async function countsOf(
  { sql }: Users,
  userId: string,
): Promise<{ readonly devices: number; readonly mails: number } | undefined> {
  const rows = await sql<{ devices: number; mails: number }>(
    `select (select count(*) from device where person_id = $1)::int as devices,
       (select count(*) from job where kind = 'mail' and payload->>'personId' = $1::text)::int
         as mails`,
    [userId],
  );
  return rows[0];
}
