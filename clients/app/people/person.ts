// One person as the viewer may see them, and what the viewer can do about them.
import { useMutation, useQuery } from "@apollo/client/react";
import {
  BlockUserDocument,
  UnblockUserDocument,
  UserProfileDocument,
} from "@meetinity/client/documents";
import { OpenDirectConversation, type UserProfileQuery } from "@meetinity/client/operations";
import { codeOf } from "@meetinity/ui/components/explain.ts";
import { client } from "../shell/client.ts";

export type Person = NonNullable<UserProfileQuery["user"]>;

type PersonState =
  | { readonly status: "loading" }
  | { readonly status: "unknown" }
  | { readonly status: "failed"; readonly error: unknown; readonly retry: () => void }
  | { readonly status: "ready"; readonly person: Person };

/** Shows at once what is known of them, and reads them anew. */
export function usePerson(id: string): PersonState {
  const { data, error, refetch } = useQuery(UserProfileDocument, {
    variables: { id },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  if (data?.user) return { status: "ready", person: data.user as Person };
  // An address that nobody can have.
  if (data?.user === null || codeOf(error) === "BAD_USER_INPUT") return { status: "unknown" };
  if (!error) return { status: "loading" };
  // The error of the next try comes as state as well.
  return { status: "failed", error, retry: () => void refetch().catch(() => {}) };
}

/** Blocks or unblocks a person. Rejects when that could not be done. */
export function useSetBlocked(userId: string): (isBlocked: boolean) => Promise<void> {
  // Both may be repeated: they say how it shall be.
  const options = { variables: { input: { userId } }, context: { isSafeToRepeat: true } };
  const [block] = useMutation(BlockUserDocument, options);
  const [unblock] = useMutation(UnblockUserDocument, options);
  return async (isBlocked) => {
    await (isBlocked ? block() : unblock());
  };
}

/** The id of the conversation of the two, or why there is none. */
type Opened =
  | { readonly id: string }
  | { readonly id: null; readonly why: "notAllowed" | "notVerified" };

export async function openConversation(userId: string): Promise<Opened> {
  const options = { isSafeToRepeat: true };
  try {
    const opening = client.run(OpenDirectConversation, { input: { userId } }, options);
    const { openDirectConversation: result } = await opening;
    if (result.__typename === "OpenDirectConversationSuccess") return result.conversation;
    const isVerified = result.__typename !== "EmailNotVerifiedProblem";
    return { id: null, why: isVerified ? "notAllowed" : "notVerified" };
  } catch (error) {
    if (codeOf(error) === "NOT_FOUND") return { id: null, why: "notAllowed" };
    throw error;
  }
}
