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
    return { kind: "sent", message: verdict.message };
  }
  const { kind } = verdict;
  if (kind === "notAllowed") return MAY_NOT_WRITE;
  if (kind === "mentionNotMember" || kind === "mayNotMentionAll") {
    return refusalOfMentions(context.database, kind, conversationId, mentionedBy(request));
  }
  if (kind !== "replayed") return { kind };
  // Also one that its sender deleted for themselves since.
  const sent = { conversationId, messageId: verdict.messageId };
  const [original] = await findSharedMessages(context.database, [sent]);
  return original ? { kind: "sent", message: original } : { kind: "notFound" };
}
