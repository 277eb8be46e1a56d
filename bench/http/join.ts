// The small work: a room of 10 messages from one subgraph, each sender's name from another.
import { LINK, PUBLIC, partsOf, type Work } from "./work.ts";

const MESSAGES = 10;

const ROOMS = `${LINK}
  type Query { room(of: ID!): Room ${PUBLIC} }
  type Room @authenticated { id: ID! messages: [Message!]! @listSize(assumedSize: ${MESSAGES}) }
  type Message @authenticated { id: ID! body: String! sender: Person! }
  type Person @key(fields: "id", resolvable: false) @authenticated { id: ID! }`;

const PEOPLE = `${LINK}
  type Query { person(of: ID!): Person ${PUBLIC} }
  type Person @key(fields: "id") @authenticated { id: ID! name: String! }`;

function roomOf(key: string) {
  const messages = Array.from({ length: MESSAGES }, (_, at) => ({
    id: `${key}-m${at}`,
    body: "What a good evening that was, and how soon it was over.",
    sender: { id: `${key}-p${at}` },
  }));
  return { id: key, messages };
}

function personOf(id: string) {
  return { id, name: `Person ${partsOf(id)[1]}` };
}

export const JOIN: Work = {
  name: "join",
  query: "query Room($of: ID!) { room(of: $of) { id messages { id body sender { id name } } } }",
  subgraphs: [
    {
      name: "rooms",
      sdl: ROOMS,
      resolvers: { Query: { room: (_source, { of }) => roomOf(of) } },
    },
    {
      name: "people",
      sdl: PEOPLE,
      resolvers: {
        Query: { person: (_source, { of }) => personOf(`${of}-p0`) },
        Person: { __resolveReference: ({ id }) => personOf(id) },
      },
    },
  ],
};
