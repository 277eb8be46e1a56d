// The one way to change a conversation other than by sending: behind the lock of its stream.
import { type Change, changeStream } from "#kit/live/changes";
import { openStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import { clearLoaders } from "./clear-loaders.ts";
import type { Context } from "./context.ts";
import { conversationIdOf, findMembership, type Membership } from "./conversations/store.ts";
import type { Transaction } from "./database.ts";
import { findMessages, type MessageRow } from "./messages/store.ts";
import { conversationStream, personStream } from "./streams.ts";

interface ChangeOptions {
  readonly conversationId: string;
  readonly viewerId: string;
  /** True for a change that a viewer may make even if they block the other of a direct one. */
  readonly alsoBlocker?: boolean;
  /** People whose own streams get entries too. */
  readonly people?: readonly string[];
}

/**
 * Runs `work` while nobody else can write to the conversation. Its second argument is null when the
 * conversation does not exist for the viewer. All ids must be canonical.
 */
export async function changeConversation<Outcome>(
  context: Context,
  { conversationId, viewerId, alsoBlocker = false, people = [] }: ChangeOptions,
  work: (change: Change<Transaction>, standing: Membership | null) => Promise<Outcome>,
): Promise<Outcome> {
  const streamId = conversationStream(conversationId);
  const outcome = await changeStream(
    context,
    streamId,
    async (change: Change<Transaction>, exists) => {
      const { tx } = change;
      const standing = exists
        ? await findMembership(tx, conversationId, viewerId, alsoBlocker)
        : null;
      // Only for a viewer who may write, because it creates streams. Before the change touches rows
      // of `member`, because markRead locks a person's stream first and the row after it.
      if (standing && people.length > 0) await openStreams(tx, people.map(personStream));
      return work(change, standing);
    },
  );
  clearLoaders(context);
  return outcome;
}

/** A viewer's change of one message, made behind the lock of its conversation. */
type MessageWork<Outcome> = (
  change: Change<Transaction>,
  message: MessageRow,
  viewerId: string,
  standing: Membership,
) => Promise<Outcome>;

type NotFound = { readonly kind: "notFound" };

/**
 * Runs `work` on a message while nobody else can write to its conversation, if the message exists
 * for the viewer. The id must be canonical.
 */
export async function changeMessage<Outcome>(
  context: Context,
  messageId: string,
  work: MessageWork<Outcome>,
  options: Pick<ChangeOptions, "alsoBlocker"> = {},
): Promise<Outcome | NotFound> {
  const { id: viewerId } = requireViewer(context);
  const conversationId = await conversationIdOf(context.database, messageId);
  if (!conversationId) return { kind: "notFound" };
  return changeConversation<Outcome | NotFound>(
    context,
    { ...options, conversationId, viewerId },
    async (change, standing) => {
      const [message] = standing ? await findMessages(change.tx, viewerId, [messageId]) : [];
      if (!standing || !message) return { kind: "notFound" };
      return work(change, message, viewerId, standing);
    },
  );
}
