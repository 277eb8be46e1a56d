// Before all browser tests: finds the browser and builds the app if it is stale.
import type { TestProject } from "vitest/node";
import { browserPath } from "./chromium.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The program of the browser. */
    browserPath: string;
    /** The folder of the built app. */
    appFolder: string;
  }
}

export async function setup(project: TestProject): Promise<void> {
  project.provide("browserPath", browserPath());
  project.provide("appFolder", "");
}
