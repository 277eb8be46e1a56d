// Around the pages that Apollo Client serves.
import { ApolloProvider } from "@apollo/client/react";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { Outlet } from "@tanstack/react-router";
import { apollo } from "./apollo.ts";

export function Pages() {
  useReadAgain(() => apollo.refetchQueries({ include: "active" }).catch(() => {}));
  return (
    <ApolloProvider client={apollo}>
      <Outlet />
    </ApolloProvider>
  );
}
