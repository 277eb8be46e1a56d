// Our subgraphs behind a federation gateway that only adds identity tokens: queries, and
// subscriptions of the ordinary mode with replay, live events and an end.
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { aGroup, aMessage, mutate, type Page } from "../e2e/messaging/harness.ts";
import { ask, dataOf } from "../kit/client.ts";
import { connect } from "../kit/socket.ts";
import { anEvent, aPerson, aRegistration, type Person, type TokenHolder } from "../kit/stories.ts";
import { type Gateway, startHive } from "./hive.ts";

const ME = "{ me { id displayName } }";

describe.each([
  ["its own planner", []],
  ["the planner of its router", ["--hive-router-runtime"]],
])("behind Hive Gateway with %s", (_name, options) => {
  let hive: Gateway;
  beforeAll(async () => {
    hive = await startHive(options);
  });
  afterAll(() => hive?.stop());

  let ada: Person;
  let bob: Person;
  let eve: Person;
  let conversationId: string;
  beforeEach(async () => {
    [ada, bob, eve] = await Promise.all([aPerson("Ada"), aPerson("Bob"), aPerson("Eve")]);
    conversationId = await aGroup(ada, [bob]);
    for (const body of ["m1", "m2", "m3"]) await aMessage(ada, conversationId, body);
  });

  async function subscribe(
    { token }: TokenHolder,
    name: string,
    variables: Readonly<Record<string, unknown>>,
  ) {
    const socket = await connect({ url: hive.url, as: token });
    onTestFinished(() => socket.close());
    const id = socket.subscribe(operation(name), variables);
    return { event: () => socket.event(id), frame: () => socket.next(id) };
  }

  const watch = (who: TokenHolder, after: number) =>
    subscribe(who, "ConversationEvents", { conversationId, after });

  const sent = (seq: number, body: string) => {
    const message = { body, sender: { id: ada.id, displayName: "Ada" } };
    return { conversationEvents: { seq, prevSeq: seq - 1, message } };
  };

  const refused = (code: string) => ({
    type: "next",
    payload: { errors: [{ extensions: { code } }] },
  });

  test("only members read a conversation, with names of another subgraph", async () => {
    const page = (who: TokenHolder) =>
      dataOf<{ conversation: Page | null }>(
        operation("ConversationPage"),
        { id: conversationId },
        { url: hive.url, as: who.token },
      );
    const { conversation } = await page(bob);
    const [, second] = conversation?.messages.edges ?? [];
    expect(second?.node).toMatchObject({ body: "m2", sender: { displayName: "Ada" } });
    expect(await page(eve)).toEqual({ conversation: null });
  });

  test("a request is anonymous without a token, refused with a bad one, and never mixed up with another", async () => {
    const asked = (as?: string) => ask(ME, {}, { url: hive.url, as });
    const people = [ada, bob, eve, ada, bob, eve];
    const answers = await Promise.all(people.map(({ token }) => asked(token)));
    expect(answers.map(({ data }) => data)).toMatchObject(people.map(({ id }) => ({ me: { id } })));
    expect(await asked()).toMatchObject({ data: { me: null } });
    const refusal = [{ extensions: { code: "UNAUTHENTICATED" } }];
    expect(await asked("nonsense")).toMatchObject({ errors: refusal });
  });

  test("a stream replays after a position, goes on live, and ends when its member is removed", async () => {
    const stream = await watch(bob, 1);
    expect(await stream.event()).toMatchObject(sent(2, "m2"));
    expect(await stream.event()).toMatchObject(sent(3, "m3"));
    await aMessage(ada, conversationId, "m4");
    expect(await stream.event()).toMatchObject(sent(4, "m4"));
    await mutate("RemoveMember", ada, { conversationId, userId: bob.id });
    await aMessage(ada, conversationId, "behind his back");
    const last = { seq: 5, prevSeq: 4, removedUserIds: [bob.id] };
    expect(await stream.event()).toMatchObject({ conversationEvents: last });
    expect((await stream.frame()).type).toBe("complete");
  });

  test("strangers and anonymous clients cannot watch", async () => {
    const his = await watch(bob, 2);
    expect(await his.event()).toMatchObject(sent(3, "m3"));
    for (const [who, code] of [
      [eve, "NOT_FOUND"],
      [{ id: "", token: "" }, "UNAUTHENTICATED"],
    ] as const) {
      const stream = await watch(who, 0);
      expect(await stream.frame()).toMatchObject(refused(code));
      expect((await stream.frame()).type).toBe("complete");
    }
  });

  test("a block ends the streams of the pair's conversation", async () => {
    const opened = await mutate("OpenDirectConversation", ada, { userId: bob.id });
    conversationId = opened.conversation?.id ?? "";
    const stream = await watch(bob, 0);
    await aMessage(ada, conversationId, "m1");
    expect(await stream.event()).toMatchObject(sent(1, "m1"));
    await mutate("BlockUser", ada, { userId: bob.id });
    expect(await stream.frame()).toMatchObject(refused("NOT_FOUND"));
  });

  test("only the organizer watches registrations, after a position, with names", async () => {
    const eventId = await anEvent(ada.token);
    const first = await aRegistration(bob.token, eventId);
    const stream = await subscribe(ada, "RegistrationUpdated", { eventId, after: 0 });
    const update = (seq: number, id: string, displayName: string) => ({
      registrationUpdated: { seq, registration: { id, attendee: { displayName } } },
    });
    expect(await stream.event()).toMatchObject(update(1, first.id, "Bob"));
    const second = await aRegistration(eve.token, eventId);
    expect(await stream.event()).toMatchObject(update(2, second.id, "Eve"));
    const hers = await subscribe(eve, "RegistrationUpdated", { eventId, after: 0 });
    expect(await hers.frame()).toMatchObject(refused("FORBIDDEN"));
  });
});
