// Files as people give them to the app, and what others see of them.
import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { expect } from "vitest";
import { button } from "./screens.ts";
import { SOON } from "./stage.ts";

export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export async function photo(name: string, background = "steelblue"): Promise<GivenFile> {
  const create = { width: 640, height: 480, channels: 3, background } as const;
  return { name, mimeType: "image/png", buffer: await sharp({ create }).png().toBuffer() };
}

export function textFile(name: string, text: string): GivenFile {
  return { name, mimeType: "text/plain", buffer: Buffer.from(text) };
}

/** The files that are added to the message in this part of the page. */
export const tray = (within: Page | Locator) =>
  within.getByRole("list", { name: "Files to send" }).getByRole("listitem");

export async function addFiles(within: Page | Locator, files: readonly GivenFile[]): Promise<void> {
  await within.locator("form input[type=file]").setInputFiles([...files]);
}

/** Waits until an image is drawn in there. */
export async function expectDrawn(image: Locator): Promise<void> {
  await image.waitFor();
  const width = () =>
    image.evaluate((node) => (node as unknown as { naturalWidth: number }).naturalWidth);
  await expect.poll(width, SOON).toBeGreaterThan(0);
}

/** Waits until all of a message's pictures have been looked at. */
export async function expectChecked(message: Locator): Promise<void> {
  await expect.poll(() => message.getByText("Being checked…").count(), SOON).toBe(0);
}

/** As a browser does with what is dragged over the page and dropped there. */
export async function dropOn(page: Page, target: Locator, file: GivenFile): Promise<void> {
  const { name, mimeType: type, buffer } = file;
  const made = `(() => {
    const transfer = new DataTransfer();
    const bytes = new Uint8Array(${JSON.stringify([...buffer])});
    transfer.items.add(new File([bytes], ${JSON.stringify(name)}, { type: "${type}" }));
    return transfer;
  })()`;
  const dataTransfer = await page.evaluateHandle(made);
  await target.dispatchEvent("dragover", { dataTransfer });
  await page.getByText("Drop files here to send them.").waitFor();
  await target.dispatchEvent("drop", { dataTransfer });
}

/** As a browser does with a file in its clipboard, which tests cannot fill. */
export async function pasteInto(field: Locator, { name, buffer }: GivenFile): Promise<void> {
  await field.focus();
  await field.page().evaluate(`
    const clipboardData = new DataTransfer();
    const bytes = new Uint8Array(${JSON.stringify([...buffer])});
    clipboardData.items.add(new File([bytes], ${JSON.stringify(name)}, { type: "image/png" }));
    const pasted = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(pasted);
  `);
}

export const send = (within: Page | Locator, name = "Send") => button(within, name).click();
