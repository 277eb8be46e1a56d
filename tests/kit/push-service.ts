// A push service on loopback: what all of them have in common, real in everything but its owner.
import type { IncomingMessage, Server } from "node:http";
import type { Http2Server } from "node:http2";
import type { AddressInfo } from "node:net";

/** An answer that is not the usual yes. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A push as the device gets it. */
export interface Received {
  readonly to: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Record<string, unknown>;
}

export interface PushService {
  readonly url: string;
  readonly received: readonly Received[];
  /** Why pushes were wrong, such as a bad signature. They get a 400. */
  readonly faults: readonly string[];
  /** Answers the next pushes so, each once, in this order. What they bring is not received. */
  answerNext(...answers: readonly Answer[]): void;
  stop(): Promise<void>;
}

export interface Book {
  readonly received: Received[];
  readonly faults: string[];
  readonly answers: Answer[];
}

export async function answered(
  book: Book,
  receive: () => Promise<Received>,
): Promise<Answer | undefined> {
  try {
    const received = await receive();
    const answer = book.answers.shift();
    if (!answer) book.received.push(received);
    return answer;
  } catch (error) {
    book.faults.push(String(error));
    return { status: 400 };
  }
}

export function handleOf({ received, faults, answers }: Book) {
  return {
    received,
    faults,
    answerNext: (...given: readonly Answer[]) => void answers.push(...given),
  };
}

export async function listening(server: Server | Http2Server) {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export const textsOf = ({ headers }: IncomingMessage) => flat(headers);

export function flat(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
