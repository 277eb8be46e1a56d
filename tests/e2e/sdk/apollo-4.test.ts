// The guarantees of @meetinity/client/apollo with Apollo Client 4.
import "./apollo-guarantees.ts";
