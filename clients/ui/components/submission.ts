// One attempt to send a form: what arrived, as errors at their fields in the reader's language.
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "./explain.ts";
import { explainViolation, violationsOf } from "./violations.ts";

interface State {
  /** By the name of the field. */
  readonly errors: Readonly<Record<string, string>>;
  /** A refusal that belongs to no field. */
  readonly refusal: string | null;
  readonly isBusy: boolean;
}

export interface Submission {
  readonly state: State;
  submit(data: FormData): Promise<void>;
  /** Takes all errors away, as every attempt does first. */
  clear(): void;
}

/** Where a Problem belongs: to a field by its name, or to the form. */
export type Refusal = Partial<Pick<State, "errors" | "refusal">> | null;

/** `send` returns null when it worked. Fields must be filled in, but for those in `optional`. */
export function useSubmission(
  fields: readonly string[],
  send: (input: Readonly<Record<string, string>>) => Promise<Refusal>,
  optional: readonly string[] = [],
): Submission {
  const { t } = useTranslation("shell");
  const [state, setState] = useState<State>({ errors: {}, refusal: null, isBusy: false });
  async function submit(data: FormData): Promise<void> {
    if (state.isBusy) return;
    const input = Object.fromEntries(fields.map((name) => [name, String(data.get(name) ?? "")]));
    const required = fields.filter((name) => !optional.includes(name));
    const missing = required.filter((name) => input[name]?.trim() === "");
    if (missing.length > 0) {
      const errors = Object.fromEntries(missing.map((name) => [name, t("violations.required")]));
      return setState({ errors, refusal: null, isBusy: false });
    }
    // The errors stay the same object: the form moves the focus when it gets others.
    setState({ ...state, refusal: null, isBusy: true });
    const refusal = await send(input).catch((error: unknown) => {
      const errors = errorsAtFields(error, fields, t);
      return errors ? { errors } : { refusal: explain(error, t) };
    });
    setState({ errors: {}, refusal: null, ...refusal, isBusy: false });
  }
  const clear = () =>
    setState((last) => {
      const isClear = last.refusal === null && Object.keys(last.errors).length === 0;
      return isClear ? last : { errors: {}, refusal: null, isBusy: last.isBusy };
    });
  return { state, submit, clear };
}

/** By the name of the field. Null when the error is none about these fields. */
export function errorsAtFields(
  error: unknown,
  fields: readonly string[],
  t: TFunction<"shell">,
): State["errors"] | null {
  const found = violationsOf(error).flatMap((violation) => {
    // Of an item of a list the path ends in its index.
    const name = violation.field.split(".").findLast((part) => fields.includes(part));
    return name === undefined ? [] : [[name, explainViolation(violation, t)] as const];
  });
  return found.length > 0 ? Object.fromEntries(found) : null;
}
