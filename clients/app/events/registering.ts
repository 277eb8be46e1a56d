// The reader makes a registration, and cancels it.
import {
  type AnswerInput,
  CancelRegistration,
  type CancelRegistrationMutation,
  RegisterForEvent,
  type RegisterForEventMutation,
} from "@meetinity/client/operations";
import { useRef } from "react";
import { client } from "../shell/client.ts";

type Registered = RegisterForEventMutation["registerForEvent"];
type Cancelled = CancelRegistrationMutation["cancelRegistration"];

const SAFE = { isSafeToRepeat: true };

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
  const key = useRef<{ readonly text: string; readonly of: string } | null>(null);
  return async (wish) => {
    const of = JSON.stringify(wish);
    // Another size or answer is another wish.
    if (key.current?.of !== of) key.current = { text: crypto.randomUUID(), of };
    const input = { eventId, ...wish, idempotencyKey: key.current.text };
    const { registerForEvent } = await client.run(RegisterForEvent, { input }, SAFE);
    key.current = null;
    return registerForEvent;
  };
}

export async function cancelRegistration(registrationId: string): Promise<Cancelled> {
  const { cancelRegistration } = await client.run(
    CancelRegistration,
    { input: { registrationId } },
    SAFE,
  );
  return cancelRegistration;
}
