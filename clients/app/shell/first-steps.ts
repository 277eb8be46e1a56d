// Remembers in this browser the first steps of the person who is signed in. It is small: the
// first load has it.

/** Where answers that are not saved yet are kept. */
export const DRAFT = "meetinity.welcomeDraft";
const OFFER = "meetinity.welcomeOffer";
/** Of this tab. */
const AWAY = "meetinity.welcomeAway";

/** Home offers the first steps to this person no more. */
export function endOffer(viewerId: string): void {
  localStorage.setItem(OFFER, viewerId);
}

export const isOfferEnded = (viewerId: string) => localStorage.getItem(OFFER) === viewerId;

/** Where in the app a person comes back who left the first steps for an event; null for others. */
export const leftFrom = () => sessionStorage.getItem(AWAY);

/** Null when they are back. */
export function leaveForEvent(from: string | null): void {
  if (from === null) sessionStorage.removeItem(AWAY);
  else sessionStorage.setItem(AWAY, from);
}

/** For the next person. */
export function forgetFirstSteps(): void {
  localStorage.removeItem(DRAFT);
  leaveForEvent(null);
}

let isSigningUp = false;

/** Whether whoever is signed in now has just made their account here. */
export const hasSignedUp = () => isSigningUp;

/** Before an account is asked for, and after that was refused. */
export function markSigningUp(isUnderWay: boolean): void {
  isSigningUp = isUnderWay;
}
