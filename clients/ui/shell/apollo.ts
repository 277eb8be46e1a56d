// The one Apollo Client of a tab, which serves pages.
import { ApolloClient, InMemoryCache } from "@apollo/client";
import type { Client } from "@meetinity/client";
import { createApolloLink, possibleTypes, typePolicies } from "@meetinity/client/apollo";

/** Nobody sees what another person was shown: another viewer empties its cache. */
export function createApollo(client: Client): ApolloClient {
  const apollo = new ApolloClient({
    link: createApolloLink(client),
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
  });
  let lastViewerId = client.session.getSnapshot().viewerId;
  client.session.subscribe(() => {
    const { viewerId } = client.session.getSnapshot();
    if (viewerId === lastViewerId) return;
    lastViewerId = viewerId;
    // A page that is open is read anew for the next person; it shows a failure of that.
    const emptied = viewerId === null ? apollo.clearStore() : apollo.resetStore();
    emptied.catch(() => {});
  });
  return apollo;
}
