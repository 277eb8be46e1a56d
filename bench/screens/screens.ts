// The screens that are measured, and what says that each is there. The first is a plain page.
import type { Locator, Page } from "playwright-core";

export interface Screen {
  readonly name: string;
  readonly path: string;
  readonly heading: (page: Page) => Locator;
  /** The first thing that comes from the graph. */
  readonly content: (page: Page) => Locator;
}

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const item = (page: Page) => page.getByRole("main").getByRole("listitem").first();

const screen = (name: string, path: string, content: Screen["content"]): Screen => ({
  name,
  path,
  heading,
  content,
});

/** The list of addresses, a page without a script: what the line and the browser alone take. */
const PLAIN: Screen = {
  name: "page without a script",
  path: "../",
  heading: (page) => page.locator("body"),
  content: (page) => page.locator("body"),
};

export const SCREENS: readonly Screen[] = [
  PLAIN,
  screen("conversations", "", (page) => page.getByRole("link", { name: /Camille/ })),
  screen("people to meet", "people", (page) => page.getByRole("article").first()),
  screen("matches", "people/matches", item),
  screen("profile", "profile", (page) => page.getByRole("textbox").first()),
  screen("events", "events", item),
  screen("registrations", "registrations", item),
  screen("account", "settings/account", (page) => page.getByText("ada@meetinity.test").first()),
];
