// Accepts and declines offers of seats.
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { changeRegistration, NOT_FOUND, type NotFound } from "../changing.ts";
import type { StoredRegistration } from "../registrations/store.ts";
import { sweep } from "../sweep.ts";
import { type Answer, type AnswerVerdict, judgeAnswer } from "./rules.ts";
import { returnOffer, takeOffer } from "./store.ts";

export type AnswerOutcome =
  | Extract<AnswerVerdict, { readonly kind: "expired" | "ended" }>
  | { readonly kind: "wrongStatus"; readonly status: StoredRegistration["status"] }
  | { readonly kind: "answered"; readonly registration: StoredRegistration }
  | NotFound;

const ANSWERED = {
  accept: { status: "CONFIRMED" },
  decline: { status: "DECLINED", cancelledBy: "ATTENDEE" },
} as const;

/** Accepts the seats that are offered to the viewer, or declines them. */
export async function answerOffer(
  context: Context,
  registrationId: string,
  answer: Answer,
): Promise<AnswerOutcome> {
  const viewer = requireViewer(context);
  return changeRegistration<AnswerOutcome>(context, registrationId, async (change, known) => {
    const { event, registration } = known;
    if (registration.attendeeId !== viewer.id) return NOT_FOUND;
    const now = context.now();
    const verdict = judgeAnswer(event, registration, answer, now);
    if (verdict.kind === "answered") return { kind: "answered", registration };
    if (verdict.kind === "wrongStatus") return { ...verdict, status: registration.status };
    if (verdict.kind !== "open") return verdict;
    const settle = answer === "accept" ? takeOffer : returnOffer;
    if (!(await settle(change.tx, registrationId, now))) {
      // Its time is over, and nobody has noticed: the seats go on now.
      await sweep(change, event, [], now);
      return { kind: "expired", expiredAt: registration.offerExpiresAt ?? now };
    }
    const after = { ...registration, ...ANSWERED[answer] };
    const { changed } = await sweep(change, event, [{ before: registration, after }], now);
    return { kind: "answered", registration: changed.get(after.id) ?? after };
  });
}
