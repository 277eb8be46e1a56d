// Prices as people write them, in the smallest unit of their currency.
import type { Price } from "@meetinity/ui/i18n/prices.ts";

/** Of which there is a choice; a type may have any other. */
export const CURRENCIES = [
  ...["EUR", "USD", "GBP", "CHF", "CAD", "AUD", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK"],
  ...["MAD", "XOF"],
];

const AMOUNT_MAX = 100_000_000;

/** How many digits a currency has behind the point: two of euros, none of yen. */
function digitsOf(currency: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** As a field shows it: `12.50`. */
export function amountText({ amount, currency }: Price): string {
  const digits = digitsOf(currency);
  return (amount / 10 ** digits).toFixed(digits);
}

/** Null for what is no price; a comma is a point. */
export function priceOf(text: string, currency: string): Price | null {
  const digits = digitsOf(currency);
  const match = /^(\d+)(?:[.,](\d+))?$/.exec(text.trim());
  if (!match) return null;
  const [, whole = "", part = ""] = match;
  if (part.length > digits) return null;
  const amount = Number(whole + part.padEnd(digits, "0"));
  return amount >= 1 && amount <= AMOUNT_MAX ? { amount, currency } : null;
}
