// Guarantees about prices: each currency has its own smallest unit.
import { expect, test } from "vitest";
import { formatPrice } from "./prices.ts";

test("an amount is in the smallest unit of its currency", () => {
  expect(formatPrice({ amount: 1_250, currency: "EUR" }, "en-GB")).toBe("€12.50");
  expect(formatPrice({ amount: 1_200, currency: "EUR" }, "en-GB")).toBe("€12");
  expect(formatPrice({ amount: 1_500, currency: "JPY" }, "en-GB")).toBe("JP¥1,500");
  expect(formatPrice({ amount: 1_500, currency: "KWD" }, "en-GB")).toBe("KWD\u00a01.500");
  expect(formatPrice({ amount: 1_250, currency: "EUR" }, "fr")).toBe("12,50\u00a0€");
});

test("several seats cost as much as each of them together", () => {
  expect(formatPrice({ amount: 1_250, currency: "EUR" }, "en-GB", 4)).toBe("€50");
});
