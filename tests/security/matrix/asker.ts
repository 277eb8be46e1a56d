// Sends operations to the running graph with an id in one argument, as one of several people, and
// makes the answers comparable.
import { newId } from "../../../kit/data/id.ts";
import { aGroup, aMessage } from "../../e2e/messaging/harness.ts";
import { ask } from "../../kit/client.ts";
import { connect, type Socket } from "../../kit/socket.ts";
import { anEvent, aRegistration, type TokenHolder } from "../../kit/stories.ts";
import { ID_ARGUMENTS } from "./arguments.ts";
import { BEYOND, documentOf, type FieldOf, type Position, variablesOf } from "./schema.ts";
import type { Kind } from "./world.ts";

/** A person who sends the operations. */
export interface Asker {
  readonly token?: string | undefined;
  /** For subscriptions. */
  readonly socket: Socket;
  /** The person's own things, for the other arguments of an operation. */
  readonly own: Readonly<Partial<Record<Kind, string>>>;
  /** How long a stream may be silent. Default: that of the socket. */
  readonly patienceMs?: number;
}

/** An asker with an own group, message, draft and registration. Anonymous without a person. */
export async function anAsker(person: TokenHolder | null): Promise<Asker> {
  const socket = await connect({ as: person?.token });
  if (!person) return { socket, own: nobodysThings() };
  const { token } = person;
  const group = await aGroup(person, []);
  const { id: message } = await aMessage(person, group);
  const draft = await anEvent(token, { isDraft: true });
  const { id: registration } = await aRegistration(token, await anEvent(token));
  return askerOf(person, socket, { group, message, draft, registration, question: newId() });
}

function nobodysThings(): Asker["own"] {
  const kinds = "group message person draft registration question".split(" ");
  return Object.fromEntries(kinds.map((kind) => [kind, newId()]));
}

export function askerOf({ id, token }: TokenHolder, socket: Socket, own: Asker["own"]): Asker {
  return { token, socket, own: { ...own, person: id } };
}

/** An answer as text, without the parts that differ each time. */
export type AnswerText = string;

/** The answer to an operation with `id` in the argument. */
export async function answerTextOf(
  asker: Asker,
  { coordinate, of }: Position,
  id: string,
): Promise<AnswerText> {
  const chosen = { [`${of.coordinate}(after:)`]: BEYOND, [coordinate]: id };
  const idFor = (place: string) => ownAt(asker, place);
  const variables = {
    ...variablesOf(of, { chosen: isStream(of) ? chosen : { [coordinate]: id }, idFor }),
  };
  const query = documentOf(of);
  if (!isStream(of)) return blotted(await ask(query, variables, { as: asker.token }), id);
  const ownLog = { streamId: `person:${asker.own.person}`, seq: 0 };
  if (Array.isArray(variables.after)) variables.after = [ownLog, ...variables.after];
  return blotted(await firstFrame(asker, query, variables), id);
}

const isStream = ({ type }: FieldOf) => type.name === "Subscription";

function ownAt({ own }: Asker, place: string): string {
  const wants = ID_ARGUMENTS[place]?.wants;
  const id = wants && own[wants];
  if (!id) throw new Error(`${place}: give the askers an own ${wants ?? "thing"}`);
  return id;
}

/** The first frame of a stream. Only the owner of a stream without a log gets none. */
async function firstFrame(
  { socket, patienceMs }: Asker,
  query: string,
  variables: Record<string, unknown>,
) {
  const id = socket.subscribe(query, variables);
  const frame = await socket.next(id, patienceMs).catch(() => ({ type: "silence" }));
  if (frame.type !== "error") socket.complete(id);
  return { ...frame, id: "" };
}

const UUID = /[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;
const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

const MISTAKES = /GRAPHQL_|OPERATION_TOO_COMPLEX|RATE_LIMITED|INTERNAL_SERVER_ERROR/;

function blotted(answer: object, id: string): AnswerText {
  const text = JSON.stringify(answer);
  // Both answers would be the same validation error.
  if (MISTAKES.test(text)) throw new Error(`the operation is invalid: ${text.slice(0, 300)}`);
  return (
    text
      .replaceAll(JSON.stringify(id).slice(1, -1), "<id>")
      .replaceAll(/"traceId":"[^"]*"/g, "")
      .replaceAll(UUID, "<id>")
      // The name of a stream may contain the id.
      .replaceAll(/"(?:conversation|person):<id>"/g, '"<id>"')
      .replaceAll(INSTANT, "<instant>")
      // A link is signed anew every few minutes.
      .replaceAll(/X-Amz-(Date|Signature)=[^"&]*/g, "")
      .replaceAll(/"(seq|prevSeq|lastSeq)":\d+/g, "")
  );
}
