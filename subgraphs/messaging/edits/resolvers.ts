// Resolvers of the window for edits and of earlier texts.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { editableUntil } from "../edit-window.ts";
import type { EditsResolvers } from "../generated/resolvers.ts";

const byVersion = z.int32().min(0);

export const resolvers: EditsResolvers = {
  Message: {
    editableUntil: (message, _args, { editMinutes }) => editableUntil(message, editMinutes),
    async edits(message, args, { loaders }) {
      const page = pageOf(args, byVersion);
      if (!(await loaders.hasHistory.load(message.id))) return null;
      const rows = await loaders.edits.load({ parentId: message.id, page });
      return connectionOf(rows, page, (node) => ({ cursor: encodeCursor(node.version), node }));
    },
  },
};
