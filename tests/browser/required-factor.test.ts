// Guarantees about roles that count only with a second factor: whoever signs in with one is led to
// turning it on, may put it off, and has the role as soon as it is on.
import { afterAll, expect } from "vitest";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "../kit/client.ts";
import { startOwnSubgraph } from "../kit/own-subgraph.ts";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { aModerator } from "./moderator.ts";
import { button, fill, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, scenario } from "./stage.ts";
import { turnOn } from "./two-steps.ts";

const users = await startOwnSubgraph("users", { SECOND_FACTOR_REQUIRED_FOR: "MODERATOR" });
afterAll(() => users.stop());
const site = useSite({ SUBGRAPH_URL_USERS: new URL("/graphql", users.url).href });

const NEEDED = "Your role needs two-step sign-in";

scenario(
  "a moderator is led to two-step sign-in, and then goes on where they wanted",
  async (stage) => {
    const mo = await aModerator();
    const { page } = await stage.visitor("mo", { size: PHONE });
    await signIn(page, site(), mo, { path: `people/${mo.id}`, shows: NEEDED });
    await page.getByText("Until then you use Meetinity like everybody else.").waitFor();
    await expectAccessible(page, "a role that needs two-step sign-in");
    await turnOn(page);
    await page.getByText("Your role counts from now on.").waitFor();
    await link(page, "Continue").click();
    await heading(page, "Mo").waitFor();
    // It is no longer asked for.
    await page.goto(site().url("two-step-sign-in"));
    await heading(page, "Conversations").waitFor();
  },
);

scenario("it can be put off, until the next sign-in, in French", async (stage) => {
  const mo = await aModerator();
  const { page } = await stage.visitor("mo", { locale: "fr-FR" });
  const signInAgain = async () => {
    await fill(page, { "Adresse e-mail": mo.email, "Mot de passe": mo.password });
    await button(page, "Se connecter").click();
    await heading(page, "Votre rôle exige la connexion en deux étapes").waitFor();
  };
  await page.goto(site().url("sign-in"));
  await signInAgain();
  await expectAccessible(page, "a role that needs two-step sign-in, in French");
  await link(page, "Plus tard").click();
  await heading(page, "Conversations").waitFor();
  await page.goto(site().url("settings/security"));
  await page.getByText("Votre rôle").first().waitFor();
  await button(page, /^Menu$/).click();
  await page.getByRole("menuitem", { name: "Se déconnecter", exact: true }).click();
  await signInAgain();
});

scenario("nobody else is asked", async (stage) => {
  const ada = await aPerson("Ada");
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada);
  const { me } = await dataOf<{ me: { isSecondFactorMissing: boolean } }>(
    operation("SecondFactor"),
    {},
    { as: ada.token },
  );
  expect(me.isSecondFactorMissing).toBe(false);
});
