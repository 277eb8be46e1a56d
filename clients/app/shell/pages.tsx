// Around the pages that Apollo Client serves.
import { ApolloProvider } from "@apollo/client/react";
import { Outlet } from "@tanstack/react-router";
import { apollo } from "./apollo.ts";

export function Pages() {
  return (
    <ApolloProvider client={apollo}>
      <Outlet />
    </ApolloProvider>
  );
}
