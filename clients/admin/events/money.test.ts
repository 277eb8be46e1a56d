// Guarantees about prices.
import fc from "fast-check";
import { expect, test } from "vitest";
import { amountText, CURRENCIES, priceOf } from "./money.ts";

test("a price is in the smallest unit of its currency", () => {
  expect(priceOf("12.5", "EUR")).toEqual({ amount: 1250, currency: "EUR" });
  expect(priceOf(" 12,05 ", "EUR")).toEqual({ amount: 1205, currency: "EUR" });
  expect(priceOf("1200", "JPY")).toEqual({ amount: 1200, currency: "JPY" });
});

test.each([
  ["", "EUR"],
  ["0", "EUR"],
  ["-1", "EUR"],
  ["1.005", "EUR"],
  ["1.5", "JPY"],
  ["a", "EUR"],
])("%j %s is no price", (text, currency) => expect(priceOf(text, currency)).toBeNull());

test("every price comes back from its field", () => {
  const amounts = fc.integer({ min: 1, max: 100_000_000 });
  fc.assert(
    fc.property(amounts, fc.constantFrom(...CURRENCIES), (amount, currency) => {
      expect(priceOf(amountText({ amount, currency }), currency)).toEqual({ amount, currency });
    }),
  );
});
