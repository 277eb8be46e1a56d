// Guarantees about the normal form of addresses.
import { describe, expect, test } from "vitest";
import { normalEmail } from "./addresses.ts";

describe("an e-mail address", () => {
  test("is the same in any case, with spaces around it, and with its domain in any script", () => {
    const forms = ["ada@bücher.test", " Ada@BÜCHER.Test\n", "ADA@xn--bcher-kva.test"];
    expect(new Set(forms.map(normalEmail))).toEqual(new Set(["ada@xn--bcher-kva.test"]));
  });
});
