// A peer: Apollo's gateway in the standalone server, as in the start of Apollo's documentation.
import { readFileSync } from "node:fs";
import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";

const file = process.env.SUPERGRAPH_FILE;
if (!file) throw new Error("SUPERGRAPH_FILE is not set");
const server = new ApolloServer({
  gateway: new ApolloGateway({ supergraphSdl: readFileSync(file, "utf8") }),
});
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } });
process.send?.({ kind: "listening", url: url.replace(/\/$/, "") });
