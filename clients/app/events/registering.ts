// What the reader can do about their registration: make it, and cancel it.
import { useMutation } from "@apollo/client/react";
import { CancelRegistrationDocument, RegisterForEventDocument } from "@meetinity/client/documents";
import type {
  CancelRegistrationMutation,
  RegisterForEventMutation,
} from "@meetinity/client/operations";
import { useRef } from "react";

type Registered = RegisterForEventMutation["registerForEvent"];
type Cancelled = CancelRegistrationMutation["cancelRegistration"];

/** Registers once, however often the network makes it be tried. Rejects when it cannot be sent. */
export function useRegister(eventId: string): (partySize: number) => Promise<Registered> {
  const [register] = useMutation(RegisterForEventDocument, { context: { isSafeToRepeat: true } });
  const key = useRef<string | null>(null);
  return async (partySize) => {
    key.current ??= `${crypto.randomUUID()} ${partySize}`;
    // Another size is another wish.
    if (!key.current.endsWith(` ${partySize}`)) key.current = `${crypto.randomUUID()} ${partySize}`;
    const input = { eventId, partySize, idempotencyKey: key.current };
    const { data } = await register({ variables: { input } });
    key.current = null;
    return (data as RegisterForEventMutation).registerForEvent;
  };
}

export function useCancel(): (registrationId: string) => Promise<Cancelled> {
  const [cancel] = useMutation(CancelRegistrationDocument, { context: { isSafeToRepeat: true } });
  return async (registrationId) => {
    const { data } = await cancel({ variables: { input: { registrationId } } });
    return (data as CancelRegistrationMutation).cancelRegistration;
  };
}
