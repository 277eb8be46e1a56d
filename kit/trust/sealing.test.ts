// Sealed texts open with their own key, for their own person and purpose, and not otherwise.
import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSealing, sealingKeysSetting } from "#kit/trust/sealing";

const keyOf = () => randomBytes(32);
const [first, second] = [keyOf(), keyOf()];
const sealing = createSealing([first]);
const wrapped = sealing.newKey("ada");
const ada = sealing.of("ada", wrapped);

describe("a sealed text", () => {
  it("opens again, and hides its content", () => {
    const sealed = ada.seal("mail", "a secret, écrit ✉");
    expect(sealed).not.toContain("secret");
    expect(ada.open("mail", sealed)).toBe("a secret, écrit ✉");
  });

  it("is another one each time", () => {
    expect(ada.seal("mail", "a")).not.toBe(ada.seal("mail", "a"));
  });

  it("does not open for another purpose or person", () => {
    const sealed = ada.seal("mail", "a secret");
    expect(() => ada.open("address", sealed)).toThrow();
    const grace = sealing.of("grace", sealing.newKey("grace"));
    expect(() => grace.open("mail", sealed)).toThrow();
  });

  it("does not open when a bit of it has changed, or when it is too short", () => {
    const sealed = Buffer.from(ada.seal("mail", "a secret"), "base64url");
    for (const at of [0, 15, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => ada.open("mail", changed.toString("base64url"))).toThrow();
    }
    expect(() => ada.open("mail", sealed.subarray(0, 20).toString("base64url"))).toThrow();
  });
});

describe("a person's key", () => {
  it("is unwrapped after the deployment's key was rotated, and not without the old one", () => {
    const sealed = ada.seal("mail", "a");
    expect(createSealing([second, first]).of("ada", wrapped).open("mail", sealed)).toBe("a");
    expect(() => createSealing([second]).of("ada", wrapped)).toThrow("SEALING_KEYS");
  });

  it("is not another person's", () => {
    expect(() => sealing.of("grace", wrapped)).toThrow();
  });
});

describe("the setting", () => {
  it("takes keys of 32 bytes", () => {
    const text = [first, second].map((key) => key.toString("base64url")).join(", ");
    expect(sealingKeysSetting.parse(text)).toEqual([first, second]);
  });

  it.each(["", "short", `${first.toString("base64url")},`])("refuses %j", (text) => {
    expect(sealingKeysSetting.safeParse(text).success).toBe(false);
  });
});
