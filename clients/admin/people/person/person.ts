// One person as moderators and admins see them, and what they can do about them.
import { useMutation, useQuery } from "@apollo/client/react";
import {
  GrantRoleDocument,
  PersonForStaffDocument,
  ReinstateUserDocument,
  RevokeRoleDocument,
  SuspendUserDocument,
  UnverifyUserDocument,
  VerifyUserDocument,
} from "@meetinity/client/documents";
import type { PersonForStaffQuery, Role } from "@meetinity/client/operations";
import { codeOf } from "@meetinity/ui/components/explain.ts";

export type Person = NonNullable<PersonForStaffQuery["user"]>;

type PersonState =
  | { readonly status: "loading" }
  | { readonly status: "unknown" }
  | { readonly status: "failed"; readonly error: unknown; readonly retry: () => void }
  | { readonly status: "ready"; readonly person: Person };

/** Only admins read roles and addresses. */
export function usePerson(id: string, isAdmin: boolean): PersonState {
  const { data, error, refetch } = useQuery(PersonForStaffDocument, {
    variables: { id, isAdmin },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  if (data?.user) return { status: "ready", person: data.user as Person };
  if (data?.user === null || codeOf(error) === "BAD_USER_INPUT") return { status: "unknown" };
  if (!error) return { status: "loading" };
  return { status: "failed", error, retry: () => void refetch().catch(() => {}) };
}

/** Why something was not done; null when it is. */
export type Problem = "LastAdminProblem" | "SelfSuspensionProblem" | "ProtectedRoleProblem" | null;

const problemOf = (name: string | undefined): Problem =>
  name?.endsWith("Problem") ? (name as Problem) : null;

// All of them say how it shall be, and may be repeated.
const REPEATABLE = { context: { isSafeToRepeat: true } };

export function useSetRole(userId: string): (role: Role, has: boolean) => Promise<Problem> {
  const [grant] = useMutation(GrantRoleDocument, REPEATABLE);
  const [revoke] = useMutation(RevokeRoleDocument, REPEATABLE);
  return async (role, has) => {
    const options = { variables: { input: { userId, role } } };
    if (has) {
      await grant(options);
      return null;
    }
    const { data } = await revoke(options);
    return problemOf(data?.revokeRole?.__typename);
  };
}

export function useSetVerified(userId: string): (isVerified: boolean) => Promise<Problem> {
  const options = { ...REPEATABLE, variables: { input: { userId } } };
  const [verify] = useMutation(VerifyUserDocument, options);
  const [unverify] = useMutation(UnverifyUserDocument, options);
  return async (isVerified) => {
    await (isVerified ? verify() : unverify());
    return null;
  };
}

export function useSuspend(userId: string): (reason: string) => Promise<Problem> {
  const [suspend] = useMutation(SuspendUserDocument, {
    ...REPEATABLE,
    update: (cache) => void cache.evict({ fieldName: "suspendedUsers" }),
  });
  return async (reason) => {
    const { data } = await suspend({ variables: { input: { userId, reason } } });
    return problemOf(data?.suspendUser?.__typename);
  };
}

export function useReinstate(userId: string): () => Promise<Problem> {
  const [reinstate] = useMutation(ReinstateUserDocument, {
    ...REPEATABLE,
    variables: { input: { userId } },
    update: (cache) => void cache.evict({ fieldName: "suspendedUsers" }),
  });
  return async () => {
    const { data } = await reinstate();
    return problemOf(data?.reinstateUser?.__typename);
  };
}
