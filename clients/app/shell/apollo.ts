// The Apollo Client of the app's pages. Conversations and their list have the stores of our own
// client. It is loaded with the first page that needs it.
import { createApollo } from "@meetinity/ui/shell/apollo.ts";
import { client } from "./client.ts";

export const apollo = createApollo(client);
