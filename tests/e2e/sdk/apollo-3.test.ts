// The guarantees of @meetinity/client/apollo with Apollo Client 3.14, loaded in place of 4.
import { vi } from "vitest";
import "./apollo-cache-guarantees.ts";
import "./apollo-guarantees.ts";
import { expectVersion } from "./apollo-harness.ts";

vi.mock("@apollo/client/core", () => import("apollo-client-3/core/index.js"));

expectVersion("3.14.");
