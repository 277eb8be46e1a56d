// The guarantees of @meetinity/client/apollo with Apollo Client 4.
import "./apollo-cache-guarantees.ts";
import "./apollo-guarantees.ts";
import { expectVersion } from "./apollo-harness.ts";

expectVersion("4.");
