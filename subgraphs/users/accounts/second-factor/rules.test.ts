// Codes are recognized however people type them, and roles count as the setting says.
import { describe, expect, it, test } from "vitest";
import { secondFactorSetting } from "../second-factor-setting.ts";
import { needsSecondFactor } from "../second-factors.ts";
import { newRecoveryCodes, shownCode, typedCode } from "./codes.ts";
import { countedRoles, pendingLimit } from "./rules.ts";

describe("a code of the app", () => {
  it.each(["123456", " 123 456 ", "123-456", "１２３４５６", "12\u00a034\u200956"])(
    "is recognized in %o",
    (text) => expect(typedCode(text)).toEqual({ kind: "app", code: "123456" }),
  );
});

describe("a recovery code", () => {
  it.each(["01ab2-cd3ef", "01AB2-CD3EF", "O1ab2cd3ef", "oIab2 cd3ef", "0lab2–cd3ef"])(
    "is recognized in %o",
    (text) => expect(typedCode(text)).toEqual({ kind: "recovery", code: "01ab2cd3ef" }),
  );

  it("is recognized as it is shown", () => {
    for (const code of newRecoveryCodes()) {
      expect(typedCode(shownCode(code))).toEqual({ kind: "recovery", code });
    }
  });
});

test.each(["", " ", "12345", "1234567", "01ab2-cd3e", "01ab2-cd3ef0", "01ab2-cd3eu", "\u{1F511}"])(
  "%o is no code",
  (text) => expect(typedCode(text)).toBeNull(),
);

test("there are ten recovery codes, all different", () => {
  expect(new Set([...newRecoveryCodes(), ...newRecoveryCodes()]).size).toBe(20);
});

test("a secret waits for 30 minutes", () => {
  const now = new Date("2030-01-01T12:30:00Z");
  expect(pendingLimit(now)).toEqual(new Date("2030-01-01T12:00:00Z"));
});

test("a role that needs a second factor counts only with one", () => {
  const roles = ["USER", "ADMIN"] as const;
  const required = new Set(["ADMIN" as const]);
  expect(countedRoles({ roles, hasSecondFactor: false }, required)).toEqual(["USER"]);
  expect(countedRoles({ roles, hasSecondFactor: true }, required)).toEqual(roles);
  expect(countedRoles({ roles, hasSecondFactor: false }, new Set())).toEqual(roles);
  expect(needsSecondFactor(roles, required)).toBe(true);
  expect(needsSecondFactor(["USER"], required)).toBe(false);
});

describe("the setting", () => {
  it.each([
    [undefined, []],
    ["", []],
    ["ADMIN", ["ADMIN"]],
    [" ADMIN , MODERATOR ", ["ADMIN", "MODERATOR"]],
  ])("%o names the roles %o", (text, roles) => {
    expect([...secondFactorSetting.parse(text)]).toEqual(roles);
  });

  it("refuses a role that does not exist, and names it", () => {
    const { error } = secondFactorSetting.safeParse("ADMIN,OWNER");
    expect(JSON.stringify(error?.issues)).toContain("ADMIN");
  });
});
