// Guarantees about a conversation of 10,000 messages: it scrolls from its end to its beginning and
// back without a jump, and memory and page stay small.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { chatOf } from "./chat.ts";
import { aHistory } from "./history.ts";
import { button, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, SOON, scenario } from "./stage.ts";

const site = useSite();

const COUNT = 10_000;
/** As a notch of a wheel. A busy machine is some steps late with the rows ahead. */
const STEP_PX = 100;
const JUMP_MAX_PX = 4;
const ELEMENTS_MAX = 4_000;
const HEAP_MAX_BYTES = 60e6;
const TIMEOUT_MS = 300_000;

interface Seen {
  readonly number: number;
  /** Its distance from the top of the window. */
  readonly top: number;
}

/** One look at the log. */
interface Look {
  /** The messages in view. */
  readonly messages: readonly Seen[];
  readonly isAtEnd: boolean;
}

const LOOK = `(() => {
  const log = document.querySelector('[role=log]');
  const view = log.getBoundingClientRect();
  const left = log.scrollHeight - log.clientHeight - log.scrollTop;
  const messages = [...log.querySelectorAll('article')].flatMap((each) => {
    const { top, bottom } = each.getBoundingClientRect();
    const number = Number(/m-(\\d+)\\./.exec(each.textContent)?.[1]);
    return bottom > view.top && top < view.bottom && number ? [{ number, top }] : [];
  });
  return { messages, isAtEnd: log.scrollTop < 1 || left < 1 };
})()`;

/** Scrolls, and looks two frames later. Pages may have arrived by then. */
const scrolledBy = (by: number) => `new Promise((done) => {
  document.querySelector('[role=log]').scrollTop += ${by};
  requestAnimationFrame(() => requestAnimationFrame(() => done(${LOOK})));
})`;

/** The greatest distance of a message in both looks from where it should be. */
function astray(before: Look, after: Look, by: number): number {
  const tops = new Map(before.messages.map(({ number, top }) => [number, top]));
  const distances = after.messages.flatMap(({ number, top }) => {
    const was = tops.get(number);
    return was === undefined ? [] : [Math.abs(top - (was - by))];
  });
  return distances.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...distances);
}

/**
 * Scrolls so many times, or until an end. Returns the greatest jump: after a step, and while the
 * reader rests and pages arrive.
 */
async function greatestJump(page: Page, by: number, steps: number): Promise<number> {
  let greatest = 0;
  for (let step = 0; step < steps; step += 1) {
    const before = await page.evaluate<Look>(LOOK);
    const after = await page.evaluate<Look>(scrolledBy(by));
    if (!after.isAtEnd) greatest = Math.max(greatest, astray(before, after, by));
    const rested = await page.evaluate<Look>(scrolledBy(0));
    greatest = Math.max(greatest, astray(after, rested, 0));
  }
  return greatest;
}

/**
 * The list keeps its end in place when it opens and after a page has come, until 150 ms without
 * scrolling.
 */
const rest = (page: Page) => page.evaluate("new Promise((done) => setTimeout(done, 400))");

const seen = async (page: Page) => (await page.evaluate<Look>(LOOK)).messages;

const elements = (page: Page) => page.evaluate<number>("document.querySelectorAll('*').length");

async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

/** Goes to the first message that is loaded, until one is there that is earlier than `number`. */
async function earlierThan(page: Page, number: number): Promise<number> {
  let first = number;
  const look = async () => {
    await page.evaluate(scrolledBy(-1_000_000));
    first = (await seen(page))[0]?.number ?? number;
    return first;
  };
  await expect.poll(look, { ...SOON, interval: 20 }).toBeLessThan(number);
  return first;
}

scenario(
  "10,000 messages scroll from the end to the beginning and back without a jump",
  async ({ visitor }) => {
    const { reader, conversationId } = await aHistory(COUNT);
    const { page } = await visitor("ada", { size: DESK });
    const path = `conversations/${conversationId}`;
    await signIn(page, site(), reader, { path, shows: "The long talk" });
    const { message } = chatOf(page);
    await message(`m-${COUNT}.`).waitFor();
    await rest(page);
    // In small steps, over some pages that load above.
    expect(await greatestJump(page, -STEP_PX, 120)).toBeLessThanOrEqual(JUMP_MAX_PX);
    await rest(page);
    expect(await greatestJump(page, STEP_PX, 40)).toBeLessThanOrEqual(JUMP_MAX_PX);
    // Then as with the thumb of the scroll bar.
    let first = COUNT;
    while (first > 1) first = await earlierThan(page, first);
    await page.getByText("This is the beginning of the conversation.").waitFor();
    expect(await elements(page)).toBeLessThan(ELEMENTS_MAX);
    expect(await heapBytes(page)).toBeLessThan(HEAP_MAX_BYTES);
    await rest(page);
    expect(await greatestJump(page, STEP_PX, 40)).toBeLessThanOrEqual(JUMP_MAX_PX);
    await button(page, "Jump to latest").click();
    await expect.poll(async () => (await seen(page)).at(-1)?.number, SOON).toBe(COUNT);
  },
  TIMEOUT_MS,
);
