// Which texts are e-mail addresses, and that all ways to write one are the same address.
import { describe, expect, test } from "vitest";
import { asciiEmail, readableEmail } from "./email.ts";

describe("an address", () => {
  test.each([
    ["ada@example.org", "ada@example.org"],
    ["Ada.Lovelace@Example.ORG", "ada.lovelace@example.org"],
    ["  ada@example.org\n", "ada@example.org"],
    ["a&b@x.test", "a&b@x.test"],
    ["o'brien@x.test", "o'brien@x.test"],
    ["ada+meetups@x.test", "ada+meetups@x.test"],
    ["!#$%&'*+/=?^_`{|}~-@x.test", "!#$%&'*+/=?^_`{|}~-@x.test"],
    ["a@b", "a@b"],
    ["ada@localhost", "ada@localhost"],
    ["1@2.x", "1@2.x"],
    ["a..b@x.test", "a..b@x.test"],
    ["ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"],
    ["user@bücher.example", "user@xn--bcher-kva.example"],
    ["user@BÜCHER.example", "user@xn--bcher-kva.example"],
    ["user@bu\u0308cher.example", "user@xn--bcher-kva.example"],
    ["user@faß.example", "user@xn--fa-hia.example"],
    ["user@пример.рф", "user@xn--e1afmkfd.xn--p1ai"],
    ["user@例え。テスト", "user@xn--r8jz45g.xn--zckzah"],
    ["ada@ｘ．test", "ada@x.test"],
    [`${"a".repeat(64)}@x.test`, `${"a".repeat(64)}@x.test`],
    [`a@${"b".repeat(63)}.test`, `a@${"b".repeat(63)}.test`],
  ])("%j is stored as %s", (given, stored) => {
    expect(asciiEmail(given)).toBe(stored);
    expect(asciiEmail(stored)).toBe(stored);
  });

  test.each([
    "",
    "ada",
    "@x.test",
    "ada@",
    "ada@@x.test",
    "a b@x.test",
    "ada@x .test",
    "ada@x.test,grace@x.test",
    "Ada <ada@x.test>",
    '"a b"@x.test',
    "ada@-x.test",
    "ada@x-.test",
    "ada@x..test",
    "ada@.test",
    "ada@x.test.",
    "ada@x_y.test",
    "ada@[127.0.0.1]",
    "ada@127.0.0.1",
    "ada@1.2",
    "ada@0x7f.1",
    "ada@x.test/path",
    "ada@x.test:25",
    "ada@x%2etest",
    "ada@x.test?subject=hi",
    "josé@x.test",
    "ＡＤＡ@x.test",
    "ada＠x.test",
    "ada\u212a@x.test",
    "ada\u0131@x.test",
    "ada@x.test\r\nBcc: grace@x.test",
    "ada\n@x.test",
    "ada\0@x.test",
    "ada\u200b@x.test",
    "ada@x\u00ad.test",
    "ada\u202e@x.test",
    `${"a".repeat(65)}@x.test`,
    `a@${"b".repeat(64)}.test`,
    `a@${"b.".repeat(130)}test`,
  ])("is not %j", (given) => {
    expect(asciiEmail(given)).toBeNull();
  });

  test("is shown in its own script", () => {
    expect(readableEmail("user@xn--bcher-kva.example")).toBe("user@bücher.example");
    expect(readableEmail("ada@x.test")).toBe("ada@x.test");
  });
});
