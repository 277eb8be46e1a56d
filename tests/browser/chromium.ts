// The browser of these tests: the Chromium inside the npm package @sparticuz/chromium on Linux x64,
// an installed Chrome elsewhere. Nothing is downloaded.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chromium as browsers, type LaunchOptions } from "playwright-core";
import { projectRoot } from "../../local/project.ts";

const require = createRequire(import.meta.url);

const NO_BROWSER =
  "The browser tests found no browser. Install Google Chrome (https://www.google.com/chrome), or " +
  "set BROWSER_PATH to the program of a Chrome, Chromium or Edge. On Linux x64 `npm ci` installs " +
  "one with the package @sparticuz/chromium.";

/** Paths of installed browsers, by platform. */
const INSTALLED: Readonly<Record<string, readonly string[]>> = {
  linux: [
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/opt/google/chrome/chrome",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/snap/bin/chromium",
    "/usr/bin/microsoft-edge",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly arch: string;
  exists(path: string): boolean;
  /** Unpacks the Chromium of the package and returns its path. */
  unpack(): string;
}

const HERE: Machine = {
  env: process.env,
  platform: process.platform,
  arch: process.arch,
  exists: existsSync,
  unpack: unpacked,
};

/**
 * The path of a browser: that of `BROWSER_PATH`; else the package's; else an installed one. The
 * package's has no window, so that `HEADED` needs an installed one. Throws and says what to
 * install if there is none.
 */
export function browserPath({ env, platform, arch, exists, unpack }: Machine = HERE): string {
  const { BROWSER_PATH: given, HEADED: isHeaded } = env;
  if (given) {
    if (!exists(given)) throw new Error(`BROWSER_PATH is ${given}, where there is no file.`);
    return given;
  }
  if (!isHeaded && platform === "linux" && arch === "x64") return unpack();
  const found = INSTALLED[platform]?.find(exists);
  if (found === undefined) throw new Error(NO_BROWSER);
  return found;
}

/** How tests start the browser at a path. */
function launchOptions(executablePath: string, devices: Devices): LaunchOptions {
  return {
    executablePath,
    headless: !process.env.HEADED,
    // Addresses of tests are at `localhost`, and only 127.0.0.1 is surely theirs.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--host-resolver-rules=MAP localhost 127.0.0.1",
      ...argumentsOf(devices),
    ],
    env: { ...process.env, ...fontsBeside(executablePath) },
  };
}

/** The microphone and the camera of a browser. */
export interface Devices {
  /** A file of the format YUV4MPEG2, whose pictures the camera shows. */
  readonly camera?: string | undefined;
  /** A microphone that beeps, and that the person allows to be used or not. */
  readonly microphone?: "allowed" | "refused" | undefined;
}

function argumentsOf({ camera, microphone }: Devices): string[] {
  if (!camera && !microphone) return [];
  return [
    "--use-fake-device-for-media-stream",
    `--use-fake-ui-for-media-stream${microphone === "refused" ? "=deny" : ""}`,
    ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : []),
  ];
}

export const launch = (executablePath: string, devices: Devices = {}) =>
  browsers.launch(launchOptions(executablePath, devices));

/** The package has fonts for machines without any. A browser that finds none at all crashes. */
function fontsBeside(executablePath: string): Record<string, string> {
  const fonts = join(dirname(executablePath), "fonts");
  if (!existsSync(fonts)) return {};
  const settings = join(fonts, "beside.conf");
  // Written before each start, because the folder may have been moved with its clone; renamed,
  // because another browser may be reading it.
  const draft = `${settings}.${process.pid}`;
  writeFileSync(draft, fontSettings(fonts));
  renameSync(draft, settings);
  return { FONTCONFIG_FILE: settings };
}

/** The settings of the package look for the fonts in `/tmp/fonts`, where they are not. */
const fontSettings = (fonts: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${fonts}/cache</cachedir>
</fontconfig>
`;

/** The package unpacks into the folder for temporary files, so that gets a name of its own. */
const UNPACK =
  'const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath();';

/** Unpacks once for each version of the package. A killed start leaves nothing half unpacked. */
function unpacked(): string {
  const manifest = join(dirname(require.resolve("@sparticuz/chromium")), "../../package.json");
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, "utf8"));
  const parent = join(projectRoot, ".meetinity/browser");
  const folder = join(parent, `chromium-${version}`);
  const path = join(folder, "chromium");
  if (existsSync(path)) return path;
  mkdirSync(parent, { recursive: true });
  const draft = mkdtempSync(join(parent, "unpacking-"));
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", UNPACK], {
    cwd: projectRoot,
    env: { ...process.env, TMPDIR: draft },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`@sparticuz/chromium could not be unpacked:\n${stderr}`);
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another run was faster.
    if (!existsSync(path)) throw error;
    rmSync(draft, { recursive: true });
  }
  return path;
}
