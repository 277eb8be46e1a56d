// A ticket type as the form has it, and what is wrong with it before it is sent.
import type { Price } from "@meetinity/ui/i18n/prices.ts";
import { amountText, priceOf } from "../money.ts";

export interface TypeFields {
  readonly name: string;
  readonly description: string | null;
  readonly price: Price | null;
  readonly quota: number | null;
  readonly partySizeMax: number | null;
  readonly isReserved: boolean;
  readonly isHidden: boolean;
}

/** The values of the fields, by their names; those of boxes are `on`, or empty. */
export interface TypeDraft {
  readonly name: string;
  readonly description: string;
  readonly amount: string;
  readonly currency: string;
  readonly quota: string;
  readonly partySizeMax: string;
  readonly isReserved: string;
  readonly isHidden: string;
  /** Empty to keep the code that a hidden type has. */
  readonly code: string;
}

export const FIELDS = [
  "name",
  "description",
  "amount",
  "currency",
  "quota",
  "partySizeMax",
  "isReserved",
  "isHidden",
  "code",
] as const satisfies (keyof TypeDraft)[];

const DEFAULT_CURRENCY = "EUR";

export const NEW_TYPE: TypeDraft = {
  name: "",
  description: "",
  amount: "",
  currency: DEFAULT_CURRENCY,
  quota: "",
  partySizeMax: "",
  isReserved: "",
  isHidden: "",
  code: "",
};

export function draftOf(type: TypeFields): TypeDraft {
  const number = (value: number | null) => (value === null ? "" : String(value));
  return {
    name: type.name,
    description: type.description ?? "",
    amount: type.price ? amountText(type.price) : "",
    currency: type.price?.currency ?? DEFAULT_CURRENCY,
    quota: number(type.quota),
    partySizeMax: number(type.partySizeMax),
    isReserved: type.isReserved ? "on" : "",
    isHidden: type.isHidden ? "on" : "",
    code: "",
  };
}

/** Of a draft without mistakes. The code is beside them. */
export function fieldsOf(draft: TypeDraft): TypeFields {
  const number = (text: string) => (text.trim() === "" ? null : Number(text));
  return {
    name: draft.name.trim(),
    description: draft.description.trim() || null,
    price: priceOf(draft.amount, draft.currency),
    quota: number(draft.quota),
    partySizeMax: number(draft.partySizeMax),
    isReserved: draft.isReserved !== "",
    isHidden: draft.isHidden !== "",
  };
}

/** The fields that are others, with their new values. */
export function patchOf(before: TypeFields, after: TypeFields): Partial<TypeFields> {
  const fields = Object.keys(after) as (keyof TypeFields)[];
  const changed = fields.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return Object.fromEntries(changed.map((field) => [field, after[field]]));
}

/** Texts that say what is wrong. */
export type TypeMistake = "required" | "amount" | "quota" | "partySizeMax" | "reserve" | "code";

const QUOTA_MAX = 100_000;
const PARTY_MAX = 100;
const CODE_LENGTH = [6, 64] as const;

export type TypeMistakes = Readonly<Partial<Record<keyof TypeDraft, TypeMistake>>>;

/** `hasCode`: a code is stored already. */
export function mistakesIn(draft: TypeDraft, hasCode: boolean): TypeMistakes {
  const isHidden = draft.isHidden !== "";
  const code = draft.code.trim();
  const isCode = code.length >= CODE_LENGTH[0] && code.length <= CODE_LENGTH[1];
  const isCodeWrong = isHidden && (code === "" ? !hasCode : !isCode);
  const isPriceWrong = draft.amount.trim() !== "" && !priceOf(draft.amount, draft.currency);
  return {
    ...(draft.isReserved !== "" && draft.quota.trim() === "" && { quota: "reserve" }),
    ...(!isCount(QUOTA_MAX, draft.quota) && { quota: "quota" }),
    ...(!isCount(PARTY_MAX, draft.partySizeMax) && { partySizeMax: "partySizeMax" }),
    ...(draft.name.trim() === "" && { name: "required" }),
    ...(isPriceWrong && { amount: "amount" }),
    ...(isCodeWrong && { code: "code" }),
  };
}

/** Empty, or a whole number. */
function isCount(max: number, text: string): boolean {
  const value = Number(text);
  return text.trim() === "" || (Number.isInteger(value) && value >= 1 && value <= max);
}
