// The README on the running stack: its first query as it stands there, and the story that it tells
// of Ada and Grace, with the documents it gives for it.
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { blocksOf } from "../contract/markdown.ts";
import { projectFile } from "../contract/project.ts";
import { dataOf } from "../kit/client.ts";
import { connect } from "../kit/socket.ts";
import { graphqlUrl } from "../kit/stack.ts";
import { anEvent, register } from "../kit/stories.ts";

const readme = readFileSync(projectFile("README.md"), "utf8");

/** The GraphQL document of the README with an operation of this name. */
function documentOf(name: string): string {
  const blocks = blocksOf(readme).filter(({ language }) => language === "graphql");
  const block = blocks.find(({ text }) => new RegExp(`^\\w+ ${name}\\b`).test(text));
  if (!block) throw new Error(`the README has no operation ${name}`);
  return block.text;
}

const SIGN_IN = documentOf("SignIn");
const [, ada = "", password = ""] = /email: "(.+?)", password: "(.+?)"/.exec(SIGN_IN) ?? [];
const grace = "grace@meetinity.test";

interface SignedIn {
  readonly signIn: { readonly accessToken: string };
}

/** Signs in with the README's own document. */
async function tokenOf(email: string): Promise<string> {
  const { signIn } = await dataOf<SignedIn>(SIGN_IN.replace(ada, email));
  return signIn.accessToken;
}

async function signUp(email: string, displayName: string): Promise<string> {
  const input = { email, password, displayName };
  const answer = await dataOf<{ signUp: { accessToken: string } }>(operation("SignUp"), { input });
  return answer.signUp.accessToken;
}

/** What the story needs of the demo data, which a test stack does not have. */
beforeAll(async () => {
  const [, title = ""] = /search: "(.+?)"/.exec(documentOf("FindEvent")) ?? [];
  const eventId = await anEvent(await signUp(ada, "Ada Lovelace"), { title, capacity: 40 });
  await register(await signUp(grace, "Grace Hopper"), eventId);
});

test("the first query is answered as it stands in the README", async () => {
  expect(readme).toContain(grace);
  const [, header = "", body = ""] = /curl \S+ -H '(.+?)' \\\n +-d '(.+?)'/.exec(readme) ?? [];
  const [name = "", value = ""] = header.split(": ");
  const response = await fetch(graphqlUrl(), { method: "POST", headers: { [name]: value }, body });
  const edge = { node: { title: expect.any(String), startsAt: expect.any(String) } };
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ events: { edges: expect.arrayContaining([edge]) } });
});

test("Ada watches while Grace, who has a place, gives it up and registers again", async () => {
  const watching = await tokenOf(ada);
  const { events } = await dataOf<{ events: { edges: [{ node: { id: string } }] } }>(
    documentOf("FindEvent"),
    {},
    { as: watching },
  );
  expect(events.edges).toHaveLength(1);
  const eventId = events.edges[0].node.id;
  const socket = await connect({ as: watching });
  const stream = socket.subscribe(documentOf("RegistrationUpdated"), { eventId, after: 0 });
  const attendee = { displayName: "Grace Hopper" };
  const seen = async (seq: number, status: string) =>
    expect(await socket.event(stream)).toMatchObject({
      registrationUpdated: { seq, prevSeq: seq - 1, registration: { status, attendee } },
    });
  await seen(1, "CONFIRMED");

  const as = await tokenOf(grace);
  const refused = await dataOf<{ registerForEvent: { registration: { id: string } } }>(
    documentOf("Register"),
    { eventId },
    { as },
  );
  expect(refused.registerForEvent).toMatchObject({ __typename: "AlreadyRegisteredProblem" });
  const registrationId = refused.registerForEvent.registration.id;
  const givenUp = await dataOf(documentOf("GiveUp"), { registrationId }, { as });
  expect(givenUp).toMatchObject({
    cancelRegistration: { __typename: "CancelRegistrationSuccess" },
  });
  await seen(2, "CANCELLED");
  expect(await dataOf(documentOf("Register"), { eventId }, { as })).toMatchObject({
    registerForEvent: { __typename: "RegisterForEventSuccess" },
  });
  await seen(3, "CONFIRMED");
  socket.close();
});
