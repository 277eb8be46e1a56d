// Guarantees about changes of messages: they show until the server's events show them, in whatever
// order answers and events come, and a refusal takes them back.
import { expect, test } from "vitest";
import { messageFrom } from "../../tests/kit/simulated-conversation.ts";
import { MessageChanges } from "./message-changes.ts";
import type { Message } from "./messages.ts";
import type { Run } from "./requests.ts";
import type { ConversationEvent } from "./subscriptions.ts";
import { EMPTY, type Timeline, withEvent, withText } from "./timeline.ts";

const ME = "me";
const SENT = messageFrom({ id: "m", seq: 1, sender: ME, version: 1, body: "old", given: [] });

/** A screen with one message, whose answers and events come when the test says so. */
function start() {
  let timeline: Timeline = { ...EMPTY, messages: [SENT] };
  const answers: ((result: unknown) => void)[] = [];
  const shown: Message[] = [];
  const changes: MessageChanges = new MessageChanges({
    run: (() => new Promise((resolve) => answers.push(resolve))) as unknown as Run,
    messages: () => timeline.messages,
    onText: (text) => {
      timeline = withText(timeline, text);
    },
    onChange: () => shown.push(screen()),
  });
  const screen = () => changes.applied(timeline.messages)[0] as Message;
  const receive = (fields: Partial<Message> & object, event: object) => {
    const message = { ...SENT, ...fields };
    const full = { seq: 2, prevSeq: 1, actor: { id: ME }, message, ...event };
    timeline = withEvent(timeline, full as unknown as ConversationEvent, ME);
    changes.received(full as unknown as ConversationEvent, ME);
    shown.push(screen());
  };
  const react = (isAdded: boolean) =>
    receive(
      {
        reactions: isAdded ? ([{ emoji: "👍", count: 1 }] as unknown as Message["reactions"]) : [],
      },
      { __typename: "ReactionChanged", emoji: "👍", isAdded },
    );
  /** Answers request number `count`, from 1. */
  const answer = async (count: number, field: string, __typename: string, message = {}) => {
    await expect.poll(() => answers.length).toBeGreaterThanOrEqual(count);
    answers[count - 1]?.({ [field]: { __typename, message: { id: "m", ...message } } });
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { changes, screen, shown, receive, react, answer };
}

const hasThumb = ({ reactions }: Message) => reactions.some((each) => each.isViewerAmong);

test("a reaction shows from the click on, whether its answer or its event comes first", async () => {
  for (const isEventFirst of [true, false]) {
    const { changes, screen, shown, react, answer } = start();
    void changes.react("m", "👍", true);
    if (isEventFirst) react(true);
    await answer(1, "addReaction", "AddReactionSuccess");
    if (!isEventFirst) react(true);
    expect(shown.every(hasThumb)).toBe(true);
    expect(screen().reactions).toMatchObject([{ count: 1 }]);
    // Another device takes it back.
    react(false);
    expect(hasThumb(screen())).toBe(false);
  }
});

test("a second click counts, however late the events of both come", async () => {
  const { changes, screen, shown, react, answer } = start();
  void changes.react("m", "👍", true);
  void changes.react("m", "👍", false);
  await answer(1, "addReaction", "AddReactionSuccess");
  await answer(2, "removeReaction", "RemoveReactionSuccess");
  react(true);
  react(false);
  expect(shown.slice(1).some(hasThumb)).toBe(false);
  expect(hasThumb(screen())).toBe(false);
  react(true);
  expect(hasThumb(screen())).toBe(true);
});

test("an edit stays on the screen, though older events come after its answer", async () => {
  const { changes, screen, shown, receive, react, answer } = start();
  void changes.edit("m", "new");
  await answer(1, "editMessage", "EditMessageSuccess", { body: "new", version: 2, editedAt: "t" });
  react(true);
  receive({ body: "new", version: 2, editedAt: "t" }, { __typename: "MessageEdited" });
  expect(new Set(shown.map(({ body }) => body))).toEqual(new Set(["new"]));
  expect(screen()).toMatchObject({ version: 2, editedAt: "t" });
});

test("a refusal takes the change back, and a deleted message takes no other change", async () => {
  const { changes, screen, answer } = start();
  const edit = changes.edit("m", "new");
  expect(screen().body).toBe("new");
  await answer(1, "editMessage", "NotSenderProblem");
  expect((await edit).__typename).toBe("NotSenderProblem");
  expect(screen()).toEqual(SENT);
  void changes.delete("m");
  void changes.react("m", "👍", true);
  expect(screen()).toMatchObject({ body: null, reactions: [] });
  await answer(2, "deleteMessage", "DeleteMessageSuccess", { body: null, deletedAt: "t" });
  await answer(3, "addReaction", "MessageDeletedProblem");
  expect(screen()).toMatchObject({ body: null, deletedAt: "t", reactions: [] });
});
