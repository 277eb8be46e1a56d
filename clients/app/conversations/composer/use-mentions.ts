// The people whom the composer mentions. Names are found in the text, so that a draft or an undone
// change needs nothing else.
import type { ConversationState } from "@meetinity/client";
import { useCallback, useMemo, useRef } from "react";
import { type Mentioned, mentionsIn, type Named, wordsForAll } from "./mentioning.ts";

interface Mentionable extends Named {
  readonly avatarUrl: string | null;
}

export interface Mentioning {
  /** The members whom a text may mention: all others. */
  readonly people: readonly Mentionable[];
  readonly mayMentionAll: boolean;
  /** The text has the name of this person, who may share it with others. */
  readonly choose: (personId: string) => void;
  readonly mentionedIn: (text: string) => Mentioned;
}

export function useMentions(
  { members, viewerRights }: Pick<ConversationState, "members" | "viewerRights">,
  viewerId: string | null,
): Mentioning {
  const chosen = useRef(new Set<string>());
  const people = useMemo(
    () => members.flatMap(({ node }) => (node.user && node.user.id !== viewerId ? node.user : [])),
    [members, viewerId],
  );
  const mayMentionAll = viewerRights.includes("MENTION_ALL");
  const choose = useCallback((personId: string) => void chosen.current.add(personId), []);
  const mentionedIn = useCallback(
    (text: string) => ({
      mentions: mentionsIn(text, people, chosen.current),
      isMentioningAll: mayMentionAll && wordsForAll(text).length > 0,
    }),
    [people, mayMentionAll],
  );
  return { people, mayMentionAll, choose, mentionedIn };
}
