// Guarantees about how subscriptions of other libraries resume: by what their documents select, and
// never with a hole that nobody sees.
import { Kind, type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { positionsFor, rootFieldOf } from "./apollo-positions.ts";

function fieldOf(text: string) {
  const [definition] = parse(text).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error("no operation");
  return rootFieldOf(definition as OperationDefinitionNode);
}

const MATCHES = fieldOf("subscription A($since: Int) { new: matchCreated(after: $since) { seq } }");
const INBOX = fieldOf("subscription B($after: [P!]) { inboxEvents(after: $after) { seq } }");

describe("a subscription of one log", () => {
  it("has its name in the answer, in the schema, and its variable", () => {
    expect(MATCHES).toEqual({ name: "matchCreated", key: "new", after: "since" });
  });

  it("begins behind its variable, and resumes with it behind the last event", () => {
    const positions = positionsFor(MATCHES, { since: 4 });
    expect(positions.variables()).toEqual({ since: 4 });
    expect(positions.judge({ seq: 4, prevSeq: 3 })).toBe("repeat");
    expect(positions.judge({ seq: 5, prevSeq: 4 })).toBe("new");
    positions.delivered({ seq: 5, prevSeq: 4 });
    expect(positions.judge({ seq: 7, prevSeq: 6 })).toBe("gap");
    expect(positions.variables()).toEqual({ since: 5 });
  });

  it("begins with the next event when its variable is not set", () => {
    expect(positionsFor(MATCHES, {}).variables()).toEqual({});
    expect(positionsFor(MATCHES, { since: null }).variables()).toEqual({});
  });
});

describe("a subscription of the inbox", () => {
  const positioned = { streamId: "conversation:1", seq: 3, prevSeq: 2 };

  it("resumes behind each of its streams", () => {
    const positions = positionsFor(INBOX, { after: [{ streamId: "conversation:1", seq: 2 }] });
    positions.delivered({ __typename: "MessageSent", ...positioned });
    expect(positions.variables()).toEqual({ after: [{ streamId: "conversation:1", seq: 3 }] });
  });

  it.each([
    ["no type", positioned],
    ["no stream", { __typename: "MessageSent", seq: 3, prevSeq: 2 }],
    ["the heads without positions", { __typename: "InboxOpened" }],
    ["a conversation without its position", { __typename: "ConversationAdded", ...positioned }],
    ["a removal without its conversation", { __typename: "ConversationRemoved", ...positioned }],
  ])("ends when it has to resume, with %s", (_, event) => {
    const positions = positionsFor(INBOX, {});
    expect(positions.judge(event)).toBe("new");
    positions.delivered(event);
    expect(() => positions.variables()).toThrow(/read the state again/);
  });
});

it.each([
  ["that passes its position as a literal", "subscription { matchCreated(after: 4) { seq } }"],
  ["that passes none", "subscription { matchCreated { seq prevSeq } }"],
])("a subscription %s ends when it has to resume", (_, text) => {
  const positions = positionsFor(fieldOf(text), {});
  expect(positions.variables()).toEqual({});
  positions.delivered({ seq: 5, prevSeq: 4 });
  expect(() => positions.variables()).toThrow(/read the state again/);
});

it("a subscription without positions in the schema is repeated as it is", () => {
  const positions = positionsFor(fieldOf("subscription { signals(conversationId: 1) { x } }"), {});
  positions.delivered({});
  expect(positions.variables()).toEqual({});
});
