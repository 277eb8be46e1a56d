// How subscriptions of Apollo Client resume: by the rule for their field, if the document passes
// the position as a variable and selects what the rule reads. A stream that cannot go on ends.
import { Kind, type OperationDefinitionNode } from "graphql";
import { resyncError } from "./errors.ts";
import { resumable } from "./generated/graph.ts";
import {
  inboxPositions,
  logPosition,
  NO_POSITIONS,
  type PositionedEvent,
  type Positions,
  type StreamPosition,
} from "./positions.ts";

type Variables = Readonly<Record<string, unknown>>;

/** The one root field of a subscription: its name in the schema and in the answer. */
export function rootFieldOf({ selectionSet }: OperationDefinitionNode) {
  const field = selectionSet.selections.find((each) => each.kind === Kind.FIELD);
  if (!field) throw new Error("A subscription must select its field without a fragment.");
  const after = field.arguments?.find(({ name }) => name.value === "after")?.value;
  return {
    name: field.name.value,
    key: field.alias?.value ?? field.name.value,
    /** The variable that is passed as `after`. */
    after: after?.kind === Kind.VARIABLE ? after.name.value : null,
  };
}

/** For one run of the subscription, which begins behind the position in its variables. */
export function positionsFor(
  { name, after }: Pick<ReturnType<typeof rootFieldOf>, "name" | "after">,
  variables: Variables,
): Positions {
  const rule = Object.hasOwn(resumable, name) ? resumable[name] : undefined;
  if (!rule) return NO_POSITIONS;
  const first = after === null ? undefined : variables[after];
  const positions =
    rule === "inbox"
      ? inboxPositions((first ?? []) as readonly StreamPosition[])
      : logPosition((first ?? null) as number | null);
  const isPositioned = rule === "inbox" ? isInInbox : isInLog;
  let isLost = false;
  return {
    variables() {
      if (isLost) throw resyncError();
      const next = positions.variables();
      return "after" in next && after !== null ? { [after]: next.after } : {};
    },
    judge: (event) => (isPositioned(event) ? positions.judge(event) : "new"),
    delivered(event) {
      if (after !== null && isPositioned(event)) positions.delivered(event);
      else isLost = true;
    },
  };
}

function isInLog({ seq, prevSeq }: PositionedEvent): boolean {
  return typeof seq === "number" && typeof prevSeq === "number";
}

function isInInbox(event: PositionedEvent): boolean {
  switch (event.__typename) {
    case undefined:
      return false;
    case "InboxOpened":
      return event.positions !== undefined;
    case "ConversationAdded":
      return isInLog(event) && event.streamId !== undefined && event.position !== undefined;
    case "ConversationRemoved":
      return isInLog(event) && event.streamId !== undefined && event.conversationId !== undefined;
    default:
      return isInLog(event) && event.streamId !== undefined;
  }
}
