// Before all browser tests: finds the browser and builds the apps that are stale.
import type { TestProject } from "vitest/node";
import { type AppFolders, buildApps } from "../../local/apps.ts";
import { generate } from "../../schema/generate.ts";
import { browserPath } from "./chromium.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The program of the browser. */
    browserPath: string;
    /** The folders of the built apps. */
    appFolders: AppFolders;
  }
}

export async function setup(project: TestProject): Promise<void> {
  project.provide("browserPath", browserPath());
  await generate();
  project.provide("appFolders", await buildApps());
}
