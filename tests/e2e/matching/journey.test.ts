// From a suggestion to a match through the router: profiles and registrations arrive in matching,
// names and events are joined from their subgraphs, and both people receive the match live.
import { expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf, refusalOf } from "../../kit/client.ts";
import {
  ANSWER,
  answer,
  aPairWithOneSkill,
  SUGGESTIONS,
  type Suggestions,
  suggestionOf,
  untilMatchingHas,
} from "../../kit/pairs.ts";
import { codeOf, connect, type Socket } from "../../kit/socket.ts";
import { aTokenHolder, type Person } from "../../kit/stories.ts";

const CREATED = operation("MatchCreated");

test("two people find each other and accept, and both see the match at once, with names", async () => {
  const { people, eventId } = await aPairWithOneSkill();
  const [ada, grace] = people;
  const list = await dataOf<Suggestions>(SUGGESTIONS, { first: 5 }, { as: ada.token });
  expect(list.matchSuggestions.edges.map(({ node }) => node)).toEqual([
    {
      id: expect.any(String),
      score: expect.any(Number),
      user: expect.objectContaining({ id: grace.id, displayName: "Grace Hopper" }),
      reasons: [
        expect.objectContaining({ kind: "SHARED_SKILLS" }),
        expect.objectContaining({ kind: "SHARED_EVENTS" }),
      ],
      sharedEvents: [expect.objectContaining({ id: eventId, title: "Compilers by night" })],
    },
  ]);
  const sockets = await Promise.all(people.map(({ token }) => connect({ as: token })));
  const streams = sockets.map((socket) => ({
    socket,
    id: socket.subscribe(CREATED, { after: 0 }),
  }));
  expect(await answer(ada, await suggestionOf(ada))).toMatchObject({
    answerSuggestion: { match: null },
  });
  const { answerSuggestion } = await answer(grace, await suggestionOf(grace));
  expect(answerSuggestion.match).not.toBeNull();
  const bare = { isVerified: false, headline: null, avatarUrl: null };
  const names = [
    { id: ada.id, displayName: "Ada Lovelace", ...bare },
    { id: grace.id, displayName: "Grace Hopper", ...bare },
  ];
  const created = (users: object[]) => ({
    matchCreated: {
      seq: 1,
      prevSeq: 0,
      match: { ...answerSuggestion.match, createdAt: expect.any(String), users },
    },
  });
  const events = await Promise.all(streams.map(({ socket, id }) => socket.event(id)));
  expect(events).toEqual([created(names), created([...names].reverse())]);
  await resumes(sockets[0] as Socket, created(names));
  for (const socket of sockets) socket.close();
  const matches = await dataOf(operation("Matches"), {}, { as: ada.token });
  expect(matches).toMatchObject({ matches: { edges: [{ node: { users: names } }] } });
});

/** The stream resumes from its start, and is refused beyond its head. */
async function resumes(socket: Socket, first: object) {
  expect(await socket.event(socket.subscribe(CREATED, { after: 0 }))).toEqual(first);
  expect(codeOf(await socket.next(socket.subscribe(CREATED, { after: 2 })))).toBe(
    "RESYNC_REQUIRED",
  );
}

test("answering another's suggestion, or one of a person who has blocked the viewer, is refused", async () => {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  const toAda = await suggestionOf(ada);
  const toGrace = await suggestionOf(grace);
  const refused = (who: Person, suggestionId: string) =>
    refusalOf(ANSWER, { input: { suggestionId, answer: "ACCEPT" } }, { as: who.token });
  const notFound = { code: "NOT_FOUND", field: "input.suggestionId" };
  expect(await refused(grace, toAda)).toMatchObject(notFound);
  expect(await refused(grace, "nonsense")).toMatchObject(notFound);
  await dataOf(operation("BlockUser"), { input: { userId: grace.id } }, { as: ada.token });
  await untilMatchingHas("select from block where blocker_id = $1 and is_blocked", [ada.id], 1);
  expect(await refused(grace, toGrace)).toMatchObject(notFound);
  for (const { token } of people) {
    const { matchSuggestions } = await dataOf<Suggestions>(SUGGESTIONS, {}, { as: token });
    expect(matchSuggestions.edges).toEqual([]);
  }
});

test("invalid input and anonymous clients are refused", async () => {
  const { token } = await aTokenHolder();
  const codes = async (query: string, variables: object, as?: string) =>
    (await ask(query, { ...variables }, { as })).errors?.map(({ extensions }) => extensions.code);
  for (const first of [0, 101, -1]) {
    expect(await codes(SUGGESTIONS, { first }, token)).toEqual(["BAD_USER_INPUT"]);
    expect(await codes(operation("Matches"), { first }, token)).toEqual(["BAD_USER_INPUT"]);
  }
  for (const after of ["", "x", Buffer.from('["a",1]').toString("base64url")]) {
    expect(await codes(SUGGESTIONS, { after }, token)).toEqual(["BAD_USER_INPUT"]);
    expect(await codes(operation("Matches"), { after }, token)).toEqual(["BAD_USER_INPUT"]);
  }
  const maybe = { input: { suggestionId: newId(), answer: "MAYBE" } };
  expect(await codes(ANSWER, maybe, token)).toEqual(["BAD_USER_INPUT"]);
  for (const [query, variables] of [
    [SUGGESTIONS, {}],
    [operation("Matches"), {}],
    [ANSWER, { input: { suggestionId: newId(), answer: "LATER" } }],
  ] as const) {
    expect(await codes(query, variables)).toEqual(["UNAUTHENTICATED"]);
  }
  const socket = await connect();
  expect(codeOf(await socket.next(socket.subscribe(CREATED)))).toBe("UNAUTHENTICATED");
  socket.close();
});
