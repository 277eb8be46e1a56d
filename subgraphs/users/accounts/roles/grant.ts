// Grants roles to the holder of an e-mail address, past the graph: this makes the first admin.
//   node --import tsx subgraphs/users/accounts/roles/grant.ts <email> <ROLE>…
import { z } from "zod";
import { ConfigError, readConfig } from "#kit/service/config";
import { createLog } from "#kit/service/logger";
import { openDatabase } from "../../database.ts";
import type { Role } from "../../generated/prisma/enums.ts";
import { ROLES } from "./rules.ts";
import { findIdByEmail, insertGrants } from "./store.ts";

/** Grants roles, from the next access token on. False when nobody has the address. Repeatable. */
async function grantRoles(
  databaseUrl: string,
  email: string,
  roles: readonly Role[],
): Promise<boolean> {
  const { database, close } = openDatabase(
    databaseUrl,
    createLog({ name: "users", level: "warn" }),
  );
  try {
    const userId = await findIdByEmail(database, email.trim().toLowerCase());
    if (userId) await insertGrants(database, userId, roles, new Date());
    return userId !== null;
  } finally {
    await close();
  }
}

const USAGE =
  "Usage: node --import tsx subgraphs/users/accounts/roles/grant.ts <email> <ROLE>…\n" +
  `Roles: ${ROLES.join(", ")}. The database is that of DATABASE_URL_USERS.`;

async function main([email, ...names]: string[]): Promise<void> {
  const roles = z.array(z.enum(ROLES)).min(1).safeParse(names);
  if (!email || !roles.success) throw new ConfigError(USAGE);
  const { DATABASE_URL_USERS: databaseUrl } = readConfig({ DATABASE_URL_USERS: z.url() });
  const isGiven = await grantRoles(databaseUrl, email, roles.data);
  if (!isGiven) throw new ConfigError(`Nobody has the address ${email}: sign up with it first.`);
  console.log(`${email} has ${roles.data.join(", ")}.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
