// The pictures: of whom, on what, in which language and theme, and how one gets there.
import type { Locator, Page } from "playwright-core";

export interface Picture {
  readonly name: string;
  readonly size: "phone" | "desk";
  readonly locale: "en-GB" | "fr-FR";
  readonly theme: "light" | "dark";
  readonly email: string;
  readonly path: string;
  /** Goes on from the first screen. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Moves what is worth seeing into the picture, when all is there. */
  readonly frame?: (page: Page) => Promise<void>;
  /** The element that says that the screen is complete. */
  readonly shows: (page: Page) => Locator;
}

const ADA = "ada@meetinity.test";
const WORKSHOP = /Atelier : rendre une page accessible/;

const through = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole("link", { name }).first().click();
};

export const PICTURES: readonly Picture[] = [
  {
    name: "events-phone-fr-light",
    size: "phone",
    locale: "fr-FR",
    theme: "light",
    email: ADA,
    path: "events",
    shows: (page) => page.getByRole("main").getByRole("listitem"),
  },
  {
    name: "people-phone-en-dark",
    size: "phone",
    locale: "en-GB",
    theme: "dark",
    email: ADA,
    path: "people",
    shows: (page) => page.getByRole("article"),
  },
  {
    name: "offer-phone-fr-light",
    size: "phone",
    locale: "fr-FR",
    theme: "light",
    email: ADA,
    path: "registrations",
    prepare: through(WORKSHOP),
    frame: async (page) => {
      await page.getByRole("timer").evaluate((timer) => timer.scrollIntoView({ block: "center" }));
    },
    shows: (page) => page.getByRole("timer"),
  },
  {
    name: "ticket-phone-en-dark",
    size: "phone",
    locale: "en-GB",
    theme: "dark",
    email: ADA,
    path: "registrations",
    prepare: through(/An Evening with the Door Open/),
    frame: (page) =>
      page
        .getByRole("img", { name: /QR code/ })
        .first()
        .scrollIntoViewIfNeeded(),
    shows: (page) => page.getByRole("img", { name: /QR code/ }),
  },
  {
    name: "conversations-phone-en-light",
    size: "phone",
    locale: "en-GB",
    theme: "light",
    email: ADA,
    path: "",
    shows: (page) => page.getByRole("link", { name: /^Camille Bertrand/ }),
  },
  {
    name: "event-desk-en-light",
    size: "desk",
    locale: "en-GB",
    theme: "light",
    email: "grace@meetinity.test",
    path: "events",
    prepare: through(/Federated GraphQL in Practice/),
    shows: (page) => page.getByRole("img", { name: /QR code/ }),
  },
  {
    name: "conversation-desk-fr-light",
    size: "desk",
    locale: "fr-FR",
    theme: "light",
    email: ADA,
    path: "",
    prepare: through(/^Camille Bertrand/),
    shows: (page) => page.getByRole("log").getByRole("article"),
  },
  {
    name: "events-desk-fr-dark",
    size: "desk",
    locale: "fr-FR",
    theme: "dark",
    email: ADA,
    path: "events",
    shows: (page) => page.getByRole("main").getByRole("listitem"),
  },
];
