// Guarantees about values within sentences.
import i18next from "i18next";
import { describe, expect, it } from "vitest";
import { INTERPOLATION } from "./i18n.ts";
import { isolate } from "./isolate.ts";

describe("a value within a sentence", () => {
  it("is isolated when it runs from right to left, even in part", () => {
    expect(isolate("נועה")).toBe("\u2068נועה\u2069");
    expect(isolate("عمر (React)")).toBe("\u2068عمر (React)\u2069");
    expect(isolate("Noa נועה")).toBe("\u2068Noa נועה\u2069");
  });

  it("stays as it is otherwise", () => {
    for (const value of ["Ada", "Évènement n° 1", "渋谷", "👍", "", "&<>"]) {
      expect(isolate(value)).toBe(value);
    }
  });

  it("cannot turn the words behind it", () => {
    expect(isolate("Ada\u202e")).toBe("\u2068Ada\u2069");
    expect(isolate("\u2069\u2067Ada")).toBe("\u2068Ada\u2069");
  });

  it("is isolated by every text, and escaped by none, because React does that", async () => {
    const texts = { en: { shell: { typing: "{{name}} is typing", seats: "{{count}} seats" } } };
    const own = i18next.createInstance();
    await own.init({
      lng: "en",
      resources: texts,
      defaultNS: "shell",
      interpolation: INTERPOLATION,
      showSupportNotice: false,
    });
    const t = own.t as unknown as (key: string, values: object) => string;
    expect(t("typing", { name: "נועה" })).toBe("\u2068נועה\u2069 is typing");
    expect(t("typing", { name: "<b> & $t(seats)" })).toBe("<b> & $t(seats) is typing");
    expect(t("seats", { count: 3 })).toBe("3 seats");
  });
});
