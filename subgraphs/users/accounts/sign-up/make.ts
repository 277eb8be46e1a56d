// Makes accounts past the graph, for operators: each owns its address at once and gets no mail.
//   node --import tsx subgraphs/users/accounts/sign-up/make.ts < accounts.json
import { text } from "node:stream/consumers";
import { z } from "zod";
import { inTransaction } from "#kit/data/database";
import { asciiEmail } from "#kit/input/email";
import { cleanLine, lineMistake } from "#kit/input/text";
import { ConfigError, readConfig } from "#kit/service/config";
import { createLog } from "#kit/service/logger";
import { type Database, openDatabase } from "../../database.ts";
import { createPasswords, type Passwords } from "../hashing.ts";
import { EmailTaken, makeAccount } from "../new-accounts.ts";
import { judgePassword, normalPassword } from "../new-passwords.ts";
import { holdersOf } from "../owning.ts";

const account = z.strictObject({
  email: z.string().transform((given, context) => {
    const email = asciiEmail(given);
    if (email === null) context.addIssue({ code: "custom", message: "is no e-mail address" });
    return email ?? "";
  }),
  password: z.string().max(256).transform(normalPassword),
  displayName: z
    .string()
    .min(1)
    .max(80)
    .refine((name) => lineMistake(name) === null, { error: "is not one line of visible text" })
    .transform(cleanLine),
});
type Account = z.infer<typeof account>;

/** Makes an account; false when its address has an owner already. */
async function make(database: Database, passwords: Passwords, given: Account): Promise<boolean> {
  const { email, password, displayName } = given;
  if ((await holdersOf(database, email)).some(({ isOwner }) => isOwner)) return false;
  const verdict = judgePassword(given);
  if (verdict.kind === "weak") throw new ConfigError(`${email}: ${verdict.reason}`);
  const passwordHash = await passwords.hash(password);
  const row = {
    email,
    passwordHash,
    displayName,
    languages: [],
    createdAt: new Date(),
    isVerified: true,
  };
  try {
    await inTransaction(database, (tx) => makeAccount(tx, row));
    return true;
  } catch (error) {
    if (error instanceof EmailTaken) return false;
    throw error;
  }
}

const USAGE =
  "Usage: node --import tsx subgraphs/users/accounts/sign-up/make.ts < accounts.json\n" +
  'The file is a list: [{ "email": …, "password": …, "displayName": … }]. The database is that of ' +
  "DATABASE_URL_USERS.";

function readAccounts(given: string): readonly Account[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(given);
  } catch {
    throw new ConfigError(USAGE);
  }
  const accounts = z.array(account).safeParse(parsed);
  if (!accounts.success) throw new ConfigError(`${z.prettifyError(accounts.error)}\n${USAGE}`);
  return accounts.data;
}

async function main(): Promise<void> {
  const { DATABASE_URL_USERS: url } = readConfig({ DATABASE_URL_USERS: z.url() });
  const accounts = readAccounts(await text(process.stdin));
  const { database, close } = openDatabase(url, createLog({ name: "users", level: "warn" }));
  try {
    const passwords = await createPasswords();
    const made = await Promise.all(accounts.map((each) => make(database, passwords, each)));
    const count = made.filter(Boolean).length;
    console.log(`${count} accounts made; ${made.length - count} addresses had an owner already.`);
  } finally {
    await close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
