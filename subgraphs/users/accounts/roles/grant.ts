// Grants roles to the holder of an e-mail address, past the graph: this makes the first admin.
//   node --import tsx subgraphs/users/accounts/roles/grant.ts <email> <ROLE>…
import { z } from "zod";
import { inTransaction } from "#kit/data/database";
import { ConfigError, readConfig } from "#kit/service/config";
import { createLog } from "#kit/service/logger";
import { openDatabase } from "../../database.ts";
import type { Role } from "../../generated/prisma/enums.ts";
import { normalEmail } from "../addresses.ts";
import { holdersOf, ownClaimed } from "../owning.ts";
import { ROLES } from "./rules.ts";
import { insertGrants } from "./store.ts";

/**
 * Grants roles to the owner of an address, from the next access token on. Without an owner, the
 * only account that claims the address becomes it: the operator vouches for the person. Repeatable.
 */
async function grantRoles(
  databaseUrl: string,
  email: string,
  roles: readonly Role[],
): Promise<void> {
  const { database, close } = openDatabase(
    databaseUrl,
    createLog({ name: "users", level: "warn" }),
  );
  try {
    await inTransaction(database, async (tx) => {
      const accounts = await holdersOf(tx, normalEmail(email));
      const owner = accounts.find(({ isOwner }) => isOwner);
      const holder = owner ?? (accounts.length === 1 ? accounts[0] : undefined);
      if (!holder) throw new ConfigError(refusalOf(email, accounts.length));
      if (!owner) await ownClaimed(tx, holder.userId, new Date());
      await insertGrants(tx, holder.userId, roles, new Date());
    });
  } finally {
    await close();
  }
}

function refusalOf(email: string, claims: number): string {
  return claims === 0
    ? `Nobody has the address ${email}: sign up with it first.`
    : `${claims} accounts claim the address ${email}: confirm it in the right one first.`;
}

const USAGE =
  "Usage: node --import tsx subgraphs/users/accounts/roles/grant.ts <email> <ROLE>…\n" +
  `Roles: ${ROLES.join(", ")}. The database is that of DATABASE_URL_USERS.`;

async function main([email, ...names]: string[]): Promise<void> {
  const roles = z.array(z.enum(ROLES)).min(1).safeParse(names);
  if (!email || !roles.success) throw new ConfigError(USAGE);
  const { DATABASE_URL_USERS: databaseUrl } = readConfig({ DATABASE_URL_USERS: z.url() });
  await grantRoles(databaseUrl, email, roles.data);
  console.log(`${email} has ${roles.data.join(", ")}.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
