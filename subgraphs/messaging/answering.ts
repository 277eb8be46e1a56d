// Answers message requests: joins the conversation, or refuses it. The sender learns only of the
// first. Also for a receiver who opens the direct conversation themself.
import { findErasedOpened } from "#kit/erasures/store";
import { changeStreams } from "#kit/live/changes";
import { requireViewer } from "#kit/trust/identity";
import { MEMBERS_MAX } from "./access.ts";
import { clearLoaders } from "./clear-loaders.ts";
import type { Context } from "./context.ts";
import { findMembership } from "./conversations/store.ts";
import type { Database, Transaction } from "./database.ts";
import { joinAsked } from "./opening.ts";
import { requestChanged } from "./own-entries.ts";
import { judgeAnswer } from "./requests/rules.ts";
import { findRequest, markRefused } from "./requests/store.ts";
import { conversationStream, personStream } from "./streams.ts";

export type AnswerOutcome =
  | { readonly kind: "joined" | "refused" | "notFound" }
  | { readonly kind: "tooMany"; readonly membersMax: number };

interface AnswerOptions {
  /** The receiver opens the direct conversation themself, perhaps before the other wrote. */
  readonly isOpening?: boolean;
}

/**
 * Answers the viewer's request for a conversation, whose id is canonical. Repeating an answer
 * changes nothing.
 */
export async function answerMessageRequest(
  context: Context,
  conversationId: string,
  answer: "ACCEPT" | "REFUSE",
  { isOpening = false }: AnswerOptions = {},
): Promise<AnswerOutcome> {
  const { id: viewerId } = requireViewer(context);
  const { database } = context;
  // Before the locks, which would make streams for ids that do not exist.
  if (!(await findRequest(database, conversationId, viewerId))) {
    return repeated(database, answer, { conversationId, viewerId });
  }
  const streams = [conversationStream(conversationId), personStream(viewerId)];
  const outcome = await changeStreams<Transaction, AnswerOutcome>(
    context,
    streams,
    async (change) => {
      const { tx, append } = change;
      await findErasedOpened(tx, [viewerId], personStream, viewerId);
      const request = await findRequest(tx, conversationId, viewerId);
      if (!request) return repeated(tx, answer, { conversationId, viewerId });
      const limits = { isOpening, membersMax: MEMBERS_MAX };
      const verdict = judgeAnswer(request, answer, limits);
      switch (verdict.kind) {
        case "join":
          await joinAsked(change, { ...request, conversationId, userId: viewerId }, context.now());
          return { kind: "joined" };
        case "refuse":
          await markRefused(tx, conversationId, viewerId, context.now());
          await append([requestChanged(viewerId, conversationId, false)]);
          return { kind: "refused" };
        case "same":
          return { kind: "refused" };
        default:
          return verdict;
      }
    },
  );
  clearLoaders(context);
  return outcome;
}

/** The answer without a request: the earlier one to a member, unless the pair is blocked. */
async function repeated(
  database: Database | Transaction,
  answer: "ACCEPT" | "REFUSE",
  { conversationId, viewerId }: { readonly conversationId: string; readonly viewerId: string },
): Promise<AnswerOutcome> {
  if (answer === "REFUSE") return { kind: "notFound" };
  const membership = await findMembership(database, conversationId, viewerId);
  return { kind: membership ? "joined" : "notFound" };
}
