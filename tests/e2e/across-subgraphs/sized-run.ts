// One run of an operation with lists of a chosen size.
import type { Crowd } from "./crowd.ts";

export interface Asked {
  readonly as?: { readonly token: string };
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Of a subscription, how many are taken. Default 1. */
  readonly events?: number;
}

/** Prepares and asks, with as many as `size` says. */
export type SizedRun = (crowd: Crowd, size: number) => Asked | Promise<Asked>;

export const input = (as: Asked["as"], fields: object): Asked => ({
  ...(as && { as }),
  variables: { input: fields },
});
