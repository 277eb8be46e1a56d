// The ways between the steps, each with an address of its own, and out of them in the end.
import { useNavigate } from "@tanstack/react-router";
import { endOffer } from "../shell/first-steps.ts";
import { placeOf } from "../shell/search.ts";
import { type Step, stepAfter, stepBefore } from "./steps.ts";

export interface Going {
  readonly isLast: boolean;
  next(): void;
  /** Null at the first step. */
  readonly back: (() => void) | null;
}

/** `to` is where the person wanted to go before their first steps. */
export function useGoing(viewerId: string, step: Step, to: string | undefined): Going {
  const navigate = useNavigate();
  const search = to === undefined ? {} : { to };
  const [before, after] = [stepBefore(step), stepAfter(step)];
  const go = (next: Step) => navigate({ to: "/welcome/$step", params: { step: next }, search });
  return {
    isLast: after === null,
    back: before && (() => void go(before)),
    next() {
      if (after !== null) return void go(after);
      endOffer(viewerId);
      void navigate(placeOf(to));
    },
  };
}
