// The guarantees of @meetinity/client/apollo with Apollo Client 3.14, loaded in place of 4.
import { vi } from "vitest";
import "./apollo-guarantees.ts";

vi.mock("@apollo/client/core", () => import("apollo-client-3/core/index.js"));
