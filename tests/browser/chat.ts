// The screen of a conversation as people use it: by roles and names, in English.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { button } from "./screens.ts";
import { SOON } from "./stage.ts";

/** Tests end texts with such a word and a dot, to find them whatever else a message shows. */
const WORD = /\b[a-z]+-\d+(?=\.)/g;

export interface Chat {
  readonly page: Page;
  readonly log: Locator;
  readonly box: Locator;
  /** The message that shows this text. */
  message(text: string | RegExp): Locator;
  send(text: string): Promise<void>;
  /** Opens the actions of a message and chooses one. */
  act(text: string | RegExp, action: string): Promise<void>;
  /** The first such word of each message, in the order of the screen: `ada-1`. */
  words(): Promise<string[]>;
  /** Waits until the screen shows exactly these words, in this order. */
  expectWords(words: readonly string[]): Promise<void>;
}

export function chatOf(page: Page): Chat {
  const log = page.getByRole("log", { name: "Messages", exact: true });
  const box = page.getByRole("textbox", { name: "Message", exact: true });
  const message = (text: string | RegExp) => log.getByRole("article").filter({ hasText: text });
  const words = async () => {
    const texts = await log.getByRole("article").allInnerTexts();
    return texts.flatMap((text) => text.match(WORD)?.slice(0, 1) ?? []);
  };
  return {
    page,
    log,
    box,
    message,
    words,
    async send(text) {
      await box.fill(text);
      await button(page, "Send").click();
    },
    async act(text, action) {
      await message(text).hover();
      await button(message(text), "Message actions").click();
      await page.getByRole("menuitem", { name: action, exact: true }).click();
    },
    async expectWords(expected) {
      await expect.poll(words, SOON).toEqual(expected);
    },
  };
}

/** Sends `name-1.`, `name-2.`, … in this order, and returns these words. */
export async function write({ send }: Chat, name: string, from: number, count: number) {
  const words = Array.from({ length: count }, (_, at) => `${name}-${from + at}`);
  for (const word of words) await send(`${word}.`);
  return words;
}

/**
 * Waits until all screens show the same: each of these words once, and those of each writer in the
 * order in which they were written. Nothing may still be on its way.
 */
export async function expectTheSame(
  chats: readonly Chat[],
  ...written: readonly (readonly string[])[]
): Promise<readonly string[]> {
  const [first, ...others] = chats;
  if (!first) throw new Error("no screen");
  await expect.poll(async () => (await first.words()).length, SOON).toBe(written.flat().length);
  for (const { page } of chats) {
    await expect.poll(() => page.getByText("Sending…").count(), SOON).toBe(0);
  }
  const order = await first.words();
  for (const words of written) {
    expect(order.filter((word) => words.includes(word))).toEqual(words);
  }
  for (const chat of others) await chat.expectWords(order);
  return order;
}
