// One person as the viewer may see them: read when the page opens, changed by what the viewer does.
import { GraphError } from "@meetinity/client";
import {
  BlockUser,
  OpenDirectConversation,
  UnblockUser,
  UserProfile,
  type UserProfileQuery,
} from "@meetinity/client/operations";
import { useCallback, useEffect, useState } from "react";
import { client } from "../shell/client.ts";

export type Person = NonNullable<UserProfileQuery["user"]>;

type PersonState =
  | { readonly status: "loading" }
  | { readonly status: "unknown" }
  | { readonly status: "failed"; readonly error: unknown }
  | { readonly status: "ready"; readonly person: Person };

export interface UsePerson {
  readonly state: PersonState;
  retry(): void;
  /** Rejects when it could not be done. */
  setBlocked(isBlocked: boolean): Promise<void>;
}

export function usePerson(id: string): UsePerson {
  const [state, setState] = useState<PersonState>({ status: "loading" });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt reads anew.
  useEffect(() => {
    let isOver = false;
    setState({ status: "loading" });
    readPerson(id).then((read) => isOver || setState(read));
    return () => {
      isOver = true;
    };
  }, [id, attempt]);
  const setBlocked = useCallback(
    async (isBlocked: boolean) => {
      const isBlockedByViewer = await block(id, isBlocked);
      setState((last) =>
        last.status === "ready" ? { ...last, person: { ...last.person, isBlockedByViewer } } : last,
      );
    },
    [id],
  );
  return { state, setBlocked, retry: () => setAttempt((last) => last + 1) };
}

async function readPerson(id: string): Promise<PersonState> {
  try {
    const { user } = await client.run(UserProfile, { id });
    return user ? { status: "ready", person: user } : { status: "unknown" };
  } catch (error) {
    // An address that nobody can have.
    const isBadId = error instanceof GraphError && error.code === "BAD_USER_INPUT";
    return isBadId ? { status: "unknown" } : { status: "failed", error };
  }
}

async function block(userId: string, isBlocked: boolean): Promise<boolean> {
  const variables = { input: { userId } };
  // Both may be repeated: they say how it shall be.
  const options = { isSafeToRepeat: true };
  if (isBlocked) {
    const { blockUser } = await client.run(BlockUser, variables, options);
    return blockUser.__typename === "BlockUserSuccess" && blockUser.user.isBlockedByViewer;
  }
  const { unblockUser } = await client.run(UnblockUser, variables, options);
  return unblockUser.user.isBlockedByViewer;
}

/** The id of the conversation of the two; null when they may not have one. */
export async function openConversation(userId: string): Promise<string | null> {
  const options = { isSafeToRepeat: true };
  const { openDirectConversation: result } = await client
    .run(OpenDirectConversation, { input: { userId } }, options)
    .catch((error: unknown) => {
      if (error instanceof GraphError && error.code === "NOT_FOUND") return NOT_POSSIBLE;
      throw error;
    });
  return result?.__typename === "OpenDirectConversationSuccess" ? result.conversation.id : null;
}

const NOT_POSSIBLE = { openDirectConversation: null };
