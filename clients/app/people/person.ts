// One person as the viewer may see them, and whether the viewer blocks them.
import {
  BlockUser,
  UnblockUser,
  UserProfile,
  type UserProfileQuery,
} from "@meetinity/client/operations";
import { codeOf } from "@meetinity/ui/components/explain.ts";
import { useCallback, useEffect, useState } from "react";
import { client } from "../shell/client.ts";
import { onePerViewer } from "../shell/one-per-viewer.ts";

export type Person = NonNullable<UserProfileQuery["user"]>;

type PersonState =
  | { readonly status: "loading" }
  | { readonly status: "unknown" }
  | { readonly status: "failed"; readonly error: unknown }
  | { readonly status: "ready"; readonly person: Person };

const LOADING: PersonState = { status: "loading" };
const UNKNOWN: PersonState = { status: "unknown" };

/** People whose cards were read, to show them at once when the viewer comes back. */
const knownTo = onePerViewer(() => new Map<string, Person>());

/** Each is another one, so that the person is read anew. */
const newReading = (id: string) => ({ read: () => client.run(UserProfile, { id }) });

/**
 * Shows at once what is known of them, and reads them anew. The component must be another one for
 * another person.
 */
export function usePerson(id: string, viewerId: string) {
  const known = knownTo(viewerId);
  const [state, setState] = useState<PersonState>(() => {
    const person = known.get(id);
    return person ? { status: "ready", person } : LOADING;
  });
  const [reading, setReading] = useState(() => newReading(id));
  const show = useCallback(
    (person: Person) => {
      known.set(id, person);
      setState({ status: "ready", person });
    },
    [known, id],
  );
  useEffect(() => {
    let isOpen = true;
    setState((before) => (before.status === "ready" ? before : LOADING));
    reading.read().then(
      ({ user }) => isOpen && (user ? show(user) : setState(UNKNOWN)),
      (error: unknown) => {
        if (!isOpen) return;
        // An address that nobody can have.
        const isUnknown = codeOf(error) === "BAD_USER_INPUT";
        const next: PersonState = isUnknown ? UNKNOWN : { status: "failed", error };
        setState((before) => (before.status === "ready" ? before : next));
      },
    );
    return () => {
      isOpen = false;
    };
  }, [reading, show]);
  const retry = useCallback(() => setReading(newReading(id)), [id]);
  return { state, retry, show };
}

/** Blocks or unblocks a person. Rejects when that could not be done. */
export async function setBlocked(userId: string, isBlocked: boolean): Promise<void> {
  // Both may be repeated: they say how it shall be.
  const [input, options] = [{ userId }, { isSafeToRepeat: true }];
  await (isBlocked
    ? client.run(BlockUser, { input }, options)
    : client.run(UnblockUser, { input }, options));
}
