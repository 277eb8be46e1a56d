// The reader makes a registration, and cancels it.
import { useMutation } from "@apollo/client/react";
import { CancelRegistrationDocument, RegisterForEventDocument } from "@meetinity/client/documents";
import type {
  AnswerInput,
  CancelRegistrationMutation,
  RegisterForEventMutation,
} from "@meetinity/client/operations";
import { useRef } from "react";

type Registered = RegisterForEventMutation["registerForEvent"];
type Cancelled = CancelRegistrationMutation["cancelRegistration"];

/** The request of the reader. */
export interface Wish {
  readonly partySize: number;
  readonly isHidden: boolean;
  /** Of an event with ticket types. */
  readonly ticketTypeId?: string;
  /** Of a hidden type. */
  readonly ticketCode?: string;
  readonly answers: AnswerInput[];
}

/** Registers once, however often the network makes it be tried. Rejects when it cannot be sent. */
export function useRegister(eventId: string): (wish: Wish) => Promise<Registered> {
  const [register] = useMutation(RegisterForEventDocument, { context: { isSafeToRepeat: true } });
  const key = useRef<{ readonly text: string; readonly of: string } | null>(null);
  return async (wish) => {
    const of = JSON.stringify(wish);
    // Another size or answer is another wish.
    if (key.current?.of !== of) key.current = { text: crypto.randomUUID(), of };
    const input = { eventId, ...wish, idempotencyKey: key.current.text };
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
