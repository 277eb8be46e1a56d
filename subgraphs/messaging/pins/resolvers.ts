// Resolvers of pins: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { idOf } from "../arguments.ts";
import type { PinsResolvers } from "../generated/resolvers.ts";
import { DELETED } from "../problems.ts";
import { notAllowed } from "../refusals.ts";
import { pinMessage, unpinMessage } from "./actions.ts";

const position = z.int32().min(0);

export const resolvers: PinsResolvers = {
  Mutation: {
    async pinMessage(_root, { input }, context) {
      const outcome = await pinMessage(
        context,
        idOf("message", "input.messageId", input.messageId),
      );
      switch (outcome.kind) {
        case "done":
          return { __typename: "PinMessageSuccess", message: outcome.message };
        case "tooMany":
          return {
            __typename: "TooManyPinsProblem",
            reason: `A conversation has at most ${outcome.pinsMax} pins; take one of them away.`,
            pinsMax: outcome.pinsMax,
          };
        case "notAllowed":
          return notAllowed(outcome);
        case "deleted":
          return DELETED;
        case "notFound":
          throw notFound("message", "input.messageId", input.messageId);
      }
    },

    async unpinMessage(_root, { input }, context) {
      const messageId = idOf("message", "input.messageId", input.messageId);
      const outcome = await unpinMessage(context, messageId);
      if (outcome.kind === "notAllowed") return notAllowed(outcome);
      if (outcome.kind !== "done") throw notFound("message", "input.messageId", input.messageId);
      return { __typename: "UnpinMessageSuccess", message: outcome.message };
    },
  },

  Message: {
    pinnedAt: (message, _args, context) => context.loaders.pinnedAt.load(message.id),
  },

  Conversation: {
    async pinnedMessages(conversation, args, { loaders }) {
      const page = pageOf(args, position);
      const pins = await loaders.pins.load({ parentId: conversation.id, page });
      const messages = await Promise.all(pins.map((pin) => loaders.message.load(pin.messageId)));
      // Null when the viewer was removed meanwhile.
      const rows = pins.flatMap(({ seq }, at) => {
        const node = messages[at];
        return node ? [{ seq, node }] : [];
      });
      const connection = connectionOf(rows, page, ({ seq, node }) => ({
        cursor: encodeCursor(seq),
        node,
      }));
      // Pinned messages are no part of the log, which has changes of members between messages.
      return {
        ...connection,
        range: { conversationId: conversation.id, afterSeq: 0, beforeSeq: 0 },
      };
    },
  },
};
