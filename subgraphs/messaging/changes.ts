// The one way to change a conversation other than by sending: under the lock of its stream, judged
// on what is read behind the lock, told in the log in the same transaction, announced after it.
import { inTransaction } from "#kit/data/database";
import { appendEntries, lockStreams, type NewEntry, openStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import type { Context, Transaction } from "./context.ts";
import { findStanding, type Standing } from "./conversations/store.ts";
import { forgetLoaded } from "./loaded.ts";
import { conversationIdOf, findMessages, type MessageRow } from "./messages/store.ts";
import { conversationStream, personStream } from "./streams.ts";

/** How a change ended, and what the logs say of it; nothing when it changed nothing. */
export interface Told<Outcome> {
  readonly outcome: Outcome;
  readonly entries: readonly NewEntry[];
}

/** An outcome that changed nothing. */
export function untold<Outcome>(outcome: Outcome): Told<Outcome> {
  return { outcome, entries: [] };
}

interface ChangeOptions {
  readonly conversationId: string;
  readonly viewerId: string;
  /** True for what somebody may do who blocks the other of a direct conversation. */
  readonly alsoBlocker?: boolean;
  /** People whose own streams are told too. */
  readonly people?: readonly string[];
}

/**
 * Runs `change` while no one else can write to the conversation; its second argument is null when
 * the conversation does not exist for the viewer. All ids must be canonical.
 */
export async function changeConversation<Outcome>(
  context: Context,
  { conversationId, viewerId, alsoBlocker = false, people = [] }: ChangeOptions,
  change: (tx: Transaction, standing: Standing | null) => Promise<Told<Outcome>>,
): Promise<Outcome> {
  const { outcome, entries } = await context.turns.take(conversationId, () =>
    inTransaction(context.database, async (tx) => {
      const locked = await lockStreams(tx, [conversationStream(conversationId)]);
      const isThere = locked.size > 0;
      const standing = isThere
        ? await findStanding(tx, conversationId, viewerId, alsoBlocker)
        : null;
      // Not for who is refused: it makes streams. And before rows of `member` are touched: markRead
      // holds them behind the person's stream.
      if (standing && people.length > 0) await openStreams(tx, people.map(personStream));
      const told = await change(tx, standing);
      return { outcome: told.outcome, entries: await appendEntries(tx, told.entries) };
    }),
  );
  context.live.announce(entries);
  forgetLoaded(context);
  return outcome;
}

/** A viewer's change of one message, made behind the lock of its conversation. */
type MessageChange<Outcome> = (
  tx: Transaction,
  message: MessageRow,
  viewerId: string,
) => Promise<Told<Outcome>>;

/**
 * Runs `change` on a message while no one else can write to its conversation, if it exists for the
 * viewer. The id must be canonical.
 */
export async function changeMessage<Outcome>(
  context: Context,
  messageId: string,
  change: MessageChange<Outcome>,
  options: Pick<ChangeOptions, "alsoBlocker"> = {},
): Promise<Outcome | { readonly kind: "notFound" }> {
  const { id: viewerId } = requireViewer(context);
  const conversationId = await conversationIdOf(context.database, messageId);
  if (!conversationId) return { kind: "notFound" };
  return changeConversation(
    context,
    { ...options, conversationId, viewerId },
    async (tx, standing): Promise<Told<Outcome | { readonly kind: "notFound" }>> => {
      const [message] = standing ? await findMessages(tx, viewerId, [messageId]) : [];
      return message ? change(tx, message, viewerId) : untold({ kind: "notFound" });
    },
  );
}
