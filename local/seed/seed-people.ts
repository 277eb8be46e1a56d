// Seeds the people: makes their accounts, signs each one in, and writes the profile.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { projectRoot } from "../project.ts";
import type { Send } from "./client.ts";
import { concurrently } from "./concurrently.ts";
import type { Person } from "./people/person.ts";
import { admin, DEMO_PASSWORD, emailOf, people, profileOf } from "./people.ts";

/** A signed-in person. */
export interface Member {
  readonly id: string;
  readonly accessToken: string;
}

/** The signed-in people, by account. */
export type Members = ReadonlyMap<string, Member>;

/** Two passwords are hashed at a time. Two more requests write profiles meanwhile. */
const CONCURRENCY = 4;

const session = { accessToken: z.string(), viewer: z.object({ id: z.string() }) };
const signInOutcome = z.discriminatedUnion("__typename", [
  z.object({ __typename: z.literal("SignInSuccess"), ...session }),
  z.object({ __typename: z.literal("InvalidCredentialsProblem") }),
]);
const updateOutcome = z.object({ __typename: z.literal("UpdateProfileSuccess") });

export async function seedPeople(
  send: Send,
  databaseUrl: string,
  onPerson: () => void,
): Promise<Members> {
  await makeAccounts(databaseUrl);
  const members = new Map<string, Member>();
  await concurrently(CONCURRENCY, people, async (person) => {
    members.set(person.account, await seedPerson(send, person));
    onPerson();
  });
  return members;
}

async function seedPerson(send: Send, person: Person): Promise<Member> {
  const { accessToken, viewer } = await signIn(send, person);
  await send({
    operation: "UpdateProfile",
    variables: { input: profileOf(person) },
    outcome: updateOutcome,
    accessToken,
  });
  return { id: viewer.id, accessToken };
}

async function signIn(send: Send, person: Person) {
  const credentials = { email: emailOf(person), password: DEMO_PASSWORD };
  const signedIn = await send({
    operation: "SignIn",
    variables: { input: credentials },
    outcome: signInOutcome,
  });
  if (signedIn.__typename === "SignInSuccess") return signedIn;
  throw new Error(
    `${credentials.email} exists, but its password is not the demo's. ` +
      "Start with empty databases, or without demo data (--no-demo).",
  );
}

const ACCOUNTS = "subgraphs/users/accounts";

/** By a command: it sends no mail, and these addresses need no confirmation. Safe to repeat. */
async function makeAccounts(databaseUrl: string): Promise<void> {
  const accounts = people.map((person) => ({
    email: emailOf(person),
    password: DEMO_PASSWORD,
    displayName: person.displayName,
  }));
  await command(`${ACCOUNTS}/sign-up/make.ts`, [], databaseUrl, JSON.stringify(accounts));
}

/** By a command: in the graph only an admin can grant roles, and this is the first admin. */
export async function grantEveryRole(databaseUrl: string): Promise<void> {
  const roles = ["USER", "ORGANIZER", "MODERATOR", "ADMIN"];
  await command(`${ACCOUNTS}/roles/grant.ts`, [emailOf(admin), ...roles], databaseUrl);
}

async function command(
  module: string,
  args: readonly string[],
  databaseUrl: string,
  input = "",
): Promise<void> {
  const env = { ...process.env, DATABASE_URL_USERS: databaseUrl };
  const all = ["--import", "tsx", module, ...args];
  const running = promisify(execFile)(process.execPath, all, { cwd: projectRoot, env });
  running.child.stdin?.end(input);
  await running;
}
