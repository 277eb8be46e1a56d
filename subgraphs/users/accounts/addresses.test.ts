// Guarantees about the normal form of addresses.
import { describe, expect, test } from "vitest";
import { normalEmail } from "./addresses.ts";

describe("an e-mail address", () => {
  test("is the same in any case, with spaces around it, and in any width of letters", () => {
    const forms = ["ada@x.test", " Ada@X.Test\n", "ＡＤＡ@x.test"];
    expect(new Set(forms.map(normalEmail))).toEqual(new Set(["ada@x.test"]));
  });
});
