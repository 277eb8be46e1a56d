// Guarantees about roles that count only with a second factor, in the portal: it says so, leads to
// the app's page for it, and goes on by itself once it is on.
import { afterAll } from "vitest";
import { startOwnSubgraph } from "../../kit/own-subgraph.ts";
import { expectAccessible } from "../axe.ts";
import { aModerator } from "../moderator.ts";
import { button, fill, heading, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { scenario } from "../stage.ts";
import { turnOn } from "../two-steps.ts";

const users = await startOwnSubgraph("users", { SECOND_FACTOR_REQUIRED_FOR: "MODERATOR" });
afterAll(() => users.stop());
const site = useSite({ SUBGRAPH_URL_USERS: new URL("/graphql", users.url).href });

const NEEDED = "Your role needs two-step sign-in";

scenario("a moderator turns it on in the app, and the portal goes on", async (stage) => {
  const { page, context } = await stage.visitor("mo");
  await signIn(page, site().portal, await aModerator(), { path: "people", shows: NEEDED });
  await expectAccessible(page, "a role of the portal that needs two-step sign-in");
  const opened = context.waitForEvent("page");
  await link(page, "Turn it on in the app").click();
  const app = await opened;
  await heading(app, NEEDED).waitFor();
  await turnOn(app);
  await heading(page, "People").waitFor();
  await page.getByRole("list", { name: "People" }).or(page.getByRole("table")).first().waitFor();
});

scenario("it can be put off: what needs the role is refused, and why is said", async (stage) => {
  const mo = await aModerator();
  const { page, announce } = await stage.visitor("mo", { locale: "fr-FR" });
  await page.goto(site().portal.url("suspended"));
  await fill(page, { "Adresse e-mail": mo.email, "Mot de passe": mo.password });
  await button(page, "Se connecter").click();
  await heading(page, "Votre rôle exige la connexion en deux étapes").waitFor();
  announce(/403|FORBIDDEN/);
  await button(page, "Plus tard").click();
  await page.getByText("Votre rôle ne compte qu’avec la connexion en deux étapes.").waitFor();
  await page.getByText("Vous n’avez pas le droit de faire cela.").waitFor();
});
