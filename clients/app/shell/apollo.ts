// The one Apollo Client of this tab, which serves pages. Conversations and their list have the
// stores of our own client. It is loaded with the first page that needs it.
import { ApolloClient, InMemoryCache } from "@apollo/client";
import { createApolloLink, possibleTypes, typePolicies } from "@meetinity/client/apollo";
import { client } from "./client.ts";

export const apollo = new ApolloClient({
  link: createApolloLink(client),
  cache: new InMemoryCache({ possibleTypes, typePolicies }),
});

// Nobody sees what another person was shown. A page that is open is read anew for the next person;
// a failure of that is shown by the page.
let lastViewerId = client.session.getSnapshot().viewerId;
client.session.subscribe(() => {
  const { viewerId } = client.session.getSnapshot();
  if (viewerId === lastViewerId) return;
  lastViewerId = viewerId;
  const emptied = viewerId === null ? apollo.clearStore() : apollo.resetStore();
  emptied.catch(() => {});
});
