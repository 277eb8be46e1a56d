// Undoing a change of address that somebody else has made, by the link that the former address got.
import { describe, expect, test } from "vitest";
import { withDatabase } from "../../kit/database.ts";
import { untilMail } from "../../kit/mailbox.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { addressOf, changed, newAddress, run, signIn, undo } from "./addresses.ts";

/** A second factor that was turned on so long ago. */
async function addFactor({ id }: Person, age: string): Promise<void> {
  await withDatabase("users", (client) =>
    client.query(
      `insert into second_factor (person_id, secret, enabled_at)
       values ($1, 'sealed', now() - $2::interval)`,
      [id, age],
    ),
  );
}

describe("undoing a change", () => {
  test("gives the address back, ends sessions and password, and lets the owner set one", async () => {
    const ada = await aPerson("Ada");
    const to = newAddress();
    const token = await changed(ada, ada.email, to);
    await addFactor(ada, "0 hours");
    const undone = await undo(token);
    expect(undone).toMatchObject({ __typename: "UndoEmailChangeSuccess", email: ada.email });
    const { refreshToken } = ada;
    expect(await run("RefreshSession", { refreshToken })).toMatchObject({
      __typename: "InvalidRefreshTokenProblem",
    });
    for (const email of [ada.email, to]) {
      expect(await signIn(email, ada.password)).toMatchObject({
        __typename: "InvalidCredentialsProblem",
      });
    }
    // Without the second factor of the intruder, the owner signs in below.
    const password = "a new horse with another battery";
    expect(await run("ResetPassword", { token: undone.resetToken, password })).toMatchObject({
      __typename: "ResetPasswordSuccess",
    });
    expect(await signIn(ada.email, password)).toMatchObject({ __typename: "SignInSuccess" });
    expect(await undo(token)).toMatchObject({ __typename: "InvalidVerificationProblem" });
  });

  test.each([
    ["added a day before it is removed, and the owner is told", "24 hours", true],
    ["from long before it stays", "80 hours", false],
  ])("a second factor that was %s", async (_what, age, isRemoved) => {
    const ada = await aPerson("Ada");
    await addFactor(ada, age);
    const to = newAddress();
    const undone = await undo(await changed(ada, ada.email, to));
    expect(undone).toMatchObject({ email: ada.email });
    const { text } = await untilMail(ada.email, "Your account has this address again");
    if (isRemoved) expect(text).toContain("Two-step sign-in is off");
    else expect(text).not.toContain("Two-step");
    await untilMail(to, "An account no longer has this address");
    const password = "a new horse with another battery";
    await run("ResetPassword", { token: undone.resetToken, password });
    expect(await signIn(ada.email, password)).toMatchObject({
      __typename: isRemoved ? "SignInSuccess" : "SecondFactorRequired",
    });
  });

  test("of two in a row returns to the address before, and ends later links", async () => {
    const ada = await aPerson("Ada");
    const [b, c] = [newAddress(), newAddress()];
    const first = await changed(ada, ada.email, b);
    const second = await changed(ada, b, c);
    expect(await undo(first)).toMatchObject({ email: ada.email });
    expect(await undo(second)).toMatchObject({ __typename: "InvalidVerificationProblem" });
    expect(await addressOf(ada)).toBe(ada.email);
  });

  test("of the second leaves the first one to be undone", async () => {
    const ada = await aPerson("Ada");
    const [b, c] = [newAddress(), newAddress()];
    const first = await changed(ada, ada.email, b);
    expect(await undo(await changed(ada, b, c))).toMatchObject({ email: b });
    expect(await undo(first)).toMatchObject({ email: ada.email });
  });

  test("is refused when somebody else owns the address by now, and the link stays", async () => {
    const [ada, grace] = [await aPerson("Ada"), await aPerson("Grace")];
    const token = await changed(ada, ada.email, newAddress());
    await changed(grace, grace.email, ada.email);
    expect(await undo(token)).toMatchObject({ __typename: "EmailOwnedProblem" });
    await changed(grace, ada.email, newAddress(), 2);
    expect(await undo(token)).toMatchObject({ __typename: "UndoEmailChangeSuccess" });
  });

  test("happens once, however often the link is clicked at once", async () => {
    const ada = await aPerson("Ada");
    const token = await changed(ada, ada.email, newAddress());
    const results = await Promise.all(Array.from({ length: 20 }, (_, at) => undo(token, at % 2)));
    const kinds = results.map(({ __typename }) => __typename).toSorted();
    expect(kinds).toEqual([
      ...Array(19).fill("InvalidVerificationProblem"),
      "UndoEmailChangeSuccess",
    ]);
  });
});
