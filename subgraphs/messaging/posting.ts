// Stores a message as the viewer's, for all who send one. Judging is done behind the lock.
import { newId } from "#kit/data/id";
import { activeTrace } from "#kit/telemetry/traced";
import { requireViewer } from "#kit/trust/identity";
import { clearLoaders } from "./clear-loaders.ts";
import type { Context } from "./context.ts";
import { type MentionRefusal, mentionedBy, refusalOfMentions } from "./mentioning.ts";
import type { Mention } from "./mentions/rules.ts";
import type { SendVerdict } from "./messages/sending.ts";
import { findSharedMessages, type MentionVerdict, type MessageRow } from "./messages/store.ts";
import type { NotAllowed } from "./rights.ts";
import { sendTyping } from "./signalling.ts";

/** A message that is stored as the viewer's; ids are canonical. */
export interface PostRequest {
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly body: string;
  readonly replyToId: string | null;
  readonly threadRootId: string | null;
  readonly isForwarded: boolean;
  /** By their start. */
  readonly mentions?: readonly Mention[];
  readonly isMentioningAll?: boolean;
  /** Files of the viewer for this conversation, in their order. */
  readonly attachmentIds?: readonly string[];
  /** A message that the viewer sees, whose files it has too. */
  readonly attachmentsOf?: string;
  /** Tells a retry from another request with the same `clientMessageId`. */
  readonly requestHash: string;
}

export type PostOutcome =
  | { readonly kind: "sent"; readonly message: MessageRow }
  | {
      readonly kind: Exclude<
        SendVerdict["kind"],
        "stored" | "replayed" | "notAllowed" | MentionVerdict
      >;
    }
  | MentionRefusal;

export const MAY_NOT_WRITE: NotAllowed = { kind: "notAllowed", right: "SEND_MESSAGES" };

/** Stores a message of the viewer, who is verified, and ends their typing. */
export async function postMessage(context: Context, request: PostRequest): Promise<PostOutcome> {
  const viewer = requireViewer(context);
  const { conversationId } = request;
  const message = { ...request, id: newId(), senderId: viewer.id, trace: activeTrace() };
  const verdict = await context.sends.add(message);
  clearLoaders(context);
  if (verdict.kind === "stored") {
    if (context.typing.ends(conversationId, viewer.id)) {
      void sendTyping(context, conversationId, { personId: viewer.id, isTyping: false });
    }
    const { attachmentIds = [], attachmentsOf } = request;
    const isBare = attachmentIds.length === 0 && attachmentsOf === undefined;
    if (isBare) return { kind: "sent", message: verdict.message };
    return readSent(context, conversationId, verdict.message.id);
  }
  const { kind } = verdict;
  if (kind === "notAllowed") return MAY_NOT_WRITE;
  if (kind === "mentionNotMember" || kind === "mayNotMentionAll") {
    return refusalOfMentions(context.database, kind, conversationId, mentionedBy(request));
  }
  if (kind !== "replayed") return { kind };
  return readSent(context, conversationId, verdict.messageId);
}

/** Also one that its sender deleted for themselves since. */
async function readSent(
  { database }: Context,
  conversationId: string,
  messageId: string,
): Promise<PostOutcome> {
  const [message] = await findSharedMessages(database, [{ conversationId, messageId }]);
  return message ? { kind: "sent", message } : { kind: "notFound" };
}
