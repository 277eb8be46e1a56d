// `npm run pictures`: starts the system with the demo data, takes the pictures of docs/pictures,
// which README.md shows, and stops it. Look at each of them before you commit.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { projectRoot } from "../../local/project.ts";
import { generate } from "../../schema/generate.ts";
import { browserPath, launch } from "../browser/chromium.ts";
import { type DemoSite, startDemoSite } from "../kit/demo-site.ts";
import { PICTURES, type Picture } from "./pictures.ts";

const FOLDER = join(projectRoot, "docs/pictures");
const BYTES_MAX = 150_000;
const SIZES = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 800 },
} as const;

async function take(browser: Browser, site: DemoSite, picture: Picture): Promise<Buffer> {
  const { size, locale, theme } = picture;
  const context = await browser.newContext({
    viewport: SIZES[size],
    deviceScaleFactor: size === "phone" ? 2 : 1.25,
    locale,
    colorScheme: theme,
    timezoneId: "Europe/Paris",
    reducedMotion: "reduce",
  });
  try {
    const page = await context.newPage();
    await page.goto(site.url(picture.path));
    await page.getByLabel(/^(?:Email address|Adresse e-mail)$/).fill(picture.email);
    await page.getByLabel(/^(?:Password|Mot de passe)$/).fill(site.password);
    await page.keyboard.press("Enter");
    await picture.prepare?.(page);
    await picture.shows(page).first().waitFor();
    await page.waitForLoadState("networkidle");
    await picture.frame?.(page);
    await page.evaluate("document.fonts.ready");
    return await page.screenshot({ animations: "disabled", caret: "hide" });
  } finally {
    await context.close();
  }
}

/** The browser writes WebP, which is a third of the size: no library is needed. */
async function asWebp(blank: Page, png: Buffer): Promise<Buffer> {
  const url = `data:image/png;base64,${png.toString("base64")}`;
  const written = await blank.evaluate(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(url)};
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.88);
  })()`);
  return Buffer.from(String(written).split(",")[1] ?? "", "base64");
}

async function main(only: readonly string[]): Promise<void> {
  await generate();
  mkdirSync(FOLDER, { recursive: true });
  const site = await startDemoSite((message) => console.error(message));
  const browser = await launch(browserPath());
  try {
    const blank = await browser.newPage();
    for (const picture of PICTURES) {
      if (only.length > 0 && !only.includes(picture.name)) continue;
      const webp = await asWebp(blank, await take(browser, site, picture));
      if (webp.length > BYTES_MAX) throw new Error(`${picture.name} has ${webp.length} bytes.`);
      writeFileSync(join(FOLDER, `${picture.name}.webp`), webp);
      console.log(`${picture.name}.webp: ${Math.round(webp.length / 1_000)} KB`);
    }
  } finally {
    await browser.close();
    await site.stop();
  }
}

await main(process.argv.slice(2));
