// The Apollo Client of the portal.
import { createApollo } from "@meetinity/ui/shell/apollo.ts";
import { client } from "./client.ts";

export const apollo = createApollo(client);
