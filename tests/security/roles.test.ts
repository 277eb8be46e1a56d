// The outcome of each operation for each role, in one table that is reviewed like code. Every field
// of Query, Mutation and Subscription is sent with minimal valid input and ids that do not exist,
// so that an authorized role gets not-found.
import { expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { ROLES, scopesOfAccess } from "../../subgraphs/users/accounts/roles/rules.ts";
import { ask, dataOf, type GraphQLAnswer } from "../kit/client.ts";
import { connect, type Frame } from "../kit/socket.ts";
import { aPerson, type TokenHolder } from "../kit/stories.ts";
import { accessToken } from "../kit/tokens.ts";
import { BEYOND, documentOf, type FieldOf, rootFields, variablesOf } from "./matrix/schema.ts";
import { asAdmin } from "./matrix/world.ts";

const OPERATIONS = rootFields();

type Role = (typeof ROLES)[number];

async function oneWho(role: Role): Promise<TokenHolder> {
  const { id, token } = await aPerson();
  if (role === "ADMIN") return asAdmin({ id, token });
  return {
    id,
    token: await accessToken({
      userId: id,
      roles: [role],
      scopes: scopesOfAccess({ roles: [role], standing: "ACTIVE", isVerified: true }),
    }),
  };
}

/** A person who has deleted their account, with a token as from a later sign-in. */
async function oneWhoLeaves(): Promise<TokenHolder> {
  const { id, token, password } = await aPerson();
  await dataOf(operation("DeleteAccount"), { input: { password } }, { as: token });
  const roles = ["USER", "ORGANIZER"] as const;
  const scopes = scopesOfAccess({ roles, standing: "LEAVING", isVerified: true });
  const options = { userId: id, roles, scopes, version: 1_000, isRestricted: true };
  return { id, token: await accessToken(options) };
}

/** Streams are opened beyond their head, which is an error for authorized viewers. */
function questionOf(field: FieldOf, ownLog: string, levels: number) {
  const [after] = field.field.args.filter(({ name }) => name === "after");
  const isStream = field.type.name === "Subscription" && after !== undefined;
  const beyond = String(after?.type) === "Int" ? { [`${field.coordinate}(after:)`]: BEYOND } : {};
  const chosen = isStream ? { ...beyond, "StreamPositionInput.streamId": ownLog } : {};
  return {
    query: documentOf(field, levels),
    variables: variablesOf(field, { chosen, idFor: newId }),
  };
}

/** The outcome of every operation for a person, in the order of the schema. */
async function heardBy(
  { id: personId, token }: Partial<TokenHolder>,
  levels = 1,
): Promise<string[]> {
  const socket = await connect({ as: token });
  const outcomes: string[] = [];
  for (const field of OPERATIONS) {
    const { query, variables } = questionOf(field, `person:${personId}`, levels);
    if (field.type.name === "Subscription") {
      const id = socket.subscribe(query, variables);
      outcomes.push(
        field.field.args.length > 0
          ? codesOf((await socket.next(id)).payload as Errors)
          : await openedBy(() => socket.next(id, SILENT_MS)),
      );
    } else outcomes.push(outcomeOf(field, await ask(query, variables, { as: token })));
  }
  socket.close();
  return outcomes;
}

/** A stream without arguments can be opened beyond no head: without an error it is silent. */
const SILENT_MS = 5_000;

async function openedBy(next: () => Promise<Frame>): Promise<string> {
  const frame = await next().catch(() => null);
  // Some streams begin with what there is.
  if (frame === null || frame.type === "next") return "open";
  return codesOf(frame.payload as Errors);
}

type Errors = NonNullable<GraphQLAnswer["errors"]>;

function codesOf(errors: Errors): string {
  return [...new Set(errors.map(({ extensions }) => extensions.code))].join(" ");
}

function outcomeOf({ field }: FieldOf, { data, errors = [] }: GraphQLAnswer): string {
  const value = (data as Record<string, { __typename?: string } | null> | null)?.[field.name];
  const result = value === null || value === undefined ? "null" : value.__typename;
  // Errors of nested fields are tested in fields.test.ts.
  const own = errors.filter(({ path = [] }) => path.length <= 1);
  if (own.length > 0) return codesOf(own);
  return result === "null" && errors.length > 0
    ? `${codesOf(errors)} below`
    : (result ?? "a value");
}

test("every role, and a person who leaves, has the outcome of the table for every operation", async () => {
  const people = [{}, ...(await Promise.all(ROLES.map(oneWho)))];
  const columns = await Promise.all(people.map((each) => heardBy(each)));
  // A field that nobody may select who leaves would make the rest null.
  columns.push(await heardBy(await oneWhoLeaves(), 0));
  const rows = OPERATIONS.map(({ coordinate }, at) => [
    coordinate,
    ...columns.map((column) => column[at] ?? ""),
  ]);
  const table = [["operation", "anonymous", ...ROLES, "leaving"], ...rows];
  await expect(`${textOf(table)}\n`).toMatchFileSnapshot("roles.txt");
}, 60_000);

/** A table of columns as wide as what is in them. */
function textOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows
    .map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}
