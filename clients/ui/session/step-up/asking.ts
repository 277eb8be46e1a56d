// Asks the person to confirm that it is them, when a mutation needs that. The dialog is not in the
// first load: until it is here, the question waits.
import type { Observable, ReauthenticationNeeded } from "@meetinity/client";

export interface Question extends ReauthenticationNeeded {
  /** Whether the person has done it. */
  answer(isDone: boolean): void;
}

const listeners = new Set<() => void>();
let question: Question | null = null;
let answered: Promise<boolean> | null = null;

/** The question that is open now, or none. */
export const openQuestion: Observable<Question | null> = {
  getSnapshot: () => question,
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Several mutations at once ask one question. */
export function askToReauthenticate(needed: ReauthenticationNeeded): Promise<boolean> {
  answered ??= new Promise<boolean>((resolve) => {
    show({
      ...needed,
      answer(isDone) {
        answered = null;
        show(null);
        resolve(isDone);
      },
    });
  });
  return answered;
}

function show(next: Question | null): void {
  question = next;
  for (const listener of listeners) listener();
}
