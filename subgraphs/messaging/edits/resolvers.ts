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
      const parentId = message.id;
      const read = await loaders.edits.load({ parentId, page });
      // An edit between the two reads made the text of `message` an earlier one.
      const isNewer = (read[0]?.version ?? 0) >= message.version;
      const before = { ...page, after: message.version };
      const rows = isNewer ? await loaders.edits.load({ parentId, page: before }) : read;
      return connectionOf(rows, page, (node) => ({ cursor: encodeCursor(node.version), node }));
    },
  },
};
