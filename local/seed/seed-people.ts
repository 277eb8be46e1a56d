// Seeds the people: an account for each, or a session for who has one already, and their profile.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { projectRoot } from "../project.ts";
import type { Send } from "./client.ts";
import { inLanes } from "./in-lanes.ts";
import { admin, DEMO_PASSWORD, emailOf, type Person, people, profileOf } from "./people.ts";

/** A signed-in person. */
export interface Member {
  readonly id: string;
  readonly accessToken: string;
}

/** The signed-in people, by account. */
export type Members = ReadonlyMap<string, Member>;

/** Passwords are hashed two at a time; the third and fourth write profiles meanwhile. */
const LANES = 4;

const session = { accessToken: z.string(), viewer: z.object({ id: z.string() }) };
const signUpOutcome = z.discriminatedUnion("__typename", [
  z.object({ __typename: z.literal("SignUpSuccess"), ...session }),
  z.object({ __typename: z.literal("EmailTakenProblem") }),
]);
const signInOutcome = z.discriminatedUnion("__typename", [
  z.object({ __typename: z.literal("SignInSuccess"), ...session }),
  z.object({ __typename: z.literal("InvalidCredentialsProblem") }),
]);
const updateOutcome = z.object({ __typename: z.literal("UpdateProfileSuccess") });

export async function seedPeople(send: Send, onPerson: () => void): Promise<Members> {
  const members = new Map<string, Member>();
  await inLanes(LANES, people, async (person) => {
    members.set(person.account, await seedPerson(send, person));
    onPerson();
  });
  return members;
}

async function seedPerson(send: Send, person: Person): Promise<Member> {
  const { accessToken, viewer } = await enter(send, person);
  await send({
    operation: "UpdateProfile",
    variables: { input: profileOf(person) },
    outcome: updateOutcome,
    accessToken,
  });
  return { id: viewer.id, accessToken };
}

async function enter(send: Send, person: Person) {
  const credentials = { email: emailOf(person), password: DEMO_PASSWORD };
  const joined = await send({
    operation: "SignUp",
    variables: { input: { ...credentials, displayName: person.displayName } },
    outcome: signUpOutcome,
  });
  if (joined.__typename === "SignUpSuccess") return joined;
  const back = await send({
    operation: "SignIn",
    variables: { input: credentials },
    outcome: signInOutcome,
  });
  if (back.__typename === "SignInSuccess") return back;
  throw new Error(
    `${credentials.email} exists with another password than the demo's. ` +
      "Start with empty databases, or without demo data (--no-demo).",
  );
}

const GRANT_COMMAND = "subgraphs/users/roles/grant.ts";

/** Past the graph: only an admin can give roles there, and this is the first one. */
export async function grantEveryRole(databaseUrl: string): Promise<void> {
  const roles = ["USER", "ORGANIZER", "MODERATOR", "ADMIN"];
  const args = ["--import", "tsx", GRANT_COMMAND, emailOf(admin), ...roles];
  const env = { ...process.env, DATABASE_URL_USERS: databaseUrl };
  await promisify(execFile)(process.execPath, args, { cwd: projectRoot, env });
}
