// Before all browser tests: finds the browser and builds the app if it is stale.
import type { TestProject } from "vitest/node";
import { buildApp } from "../../local/app.ts";
import { generate } from "../../schema/generate.ts";
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
  await generate();
  project.provide("appFolder", await buildApp());
}
