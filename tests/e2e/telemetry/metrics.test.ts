// Guarantees about the metrics of all services: what the document lists is there, and what is there
// is listed, with labels from closed lists, whatever clients send.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { documentedMetrics } from "../../contract/metrics-table.ts";
import { ask } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { stack } from "../../kit/stack.ts";
import { aPerson, type Person, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage } from "../messaging/harness.ts";
import { type Scrape, scrape } from "./scrapes.ts";

const SERIES_MAX = 5_000;

const documented = documentedMetrics();
let person: Person;

beforeAll(async () => {
  person = await aPerson();
});

function scrapeAll(): Promise<[string, Scrape][]> {
  const services = Object.entries(stack().urls.admin);
  return Promise.all(
    services.map(async ([name, url]): Promise<[string, Scrape]> => [name, await scrape(url)]),
  );
}

describe("the document", () => {
  test("lists every metric of every service, and its labels", async () => {
    for (const [service, { kinds, samples }] of await scrapeAll()) {
      const unknown = [...kinds.keys()].filter((name) => !documented.has(name));
      expect(unknown, service).toEqual([]);
      const odd = samples.flatMap(({ metric, labels }) =>
        Object.keys(labels)
          .filter((label) => label !== "le" && !documented.get(metric)?.includes(label))
          .map((label) => `${metric} ${label}`),
      );
      expect(odd, service).toEqual([]);
    }
  });

  test("lists nothing that no service has", async () => {
    const found = new Set((await scrapeAll()).flatMap(([, { kinds }]) => [...kinds.keys()]));
    expect([...documented.keys()].filter((name) => !found.has(name))).toEqual([]);
  });
});

describe("thousands of made-up names", () => {
  test("make no series, and no id, address or token is in a label", async () => {
    await Promise.all([madeUpOperations(2_000), madeUpFeeds(120)]);
    for (const [service, { samples, text }] of await scrapeAll()) {
      expect(samples.length, service).toBeLessThan(SERIES_MAX);
      expect(text, service).not.toMatch(/made_?up/i);
      const values = new Set(samples.flatMap(({ labels }) => Object.values(labels)));
      expect([...values].filter(isPersonal), service).toEqual([]);
    }
  });
});

/** UUIDs, mail and network addresses, JWTs and other long secrets. */
function isPersonal(value: string): boolean {
  const isSecret = /[\w-]{22,}\.[\w-]{22,}|^[A-Za-z0-9_-]{40,}$/.test(value);
  return isSecret || /[0-9a-f]{8}-[0-9a-f]{4}|@|\d+\.\d+\.\d+\.\d+|:\d+:/.test(value);
}

const AT_ONCE = 20;

/** Operations from as many addresses, clients and traces, each with names of its own. */
async function madeUpOperations(count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, at) => `madeUp${at}`);
  const one = async (name: string, at: number) => {
    const headers = {
      "x-forwarded-for": `198.51.${Math.floor(at / 250)}.${at % 250}`,
      "apollographql-client-name": name,
      "apollographql-client-version": name,
      "x-apollo-operation-name": name,
      "user-agent": name,
      traceparent: `00-${randomUUID().replaceAll("-", "")}-00f067aa0ba902b7-01`,
    };
    const query =
      at % 3 === 0 ? `mutation ${name} { ${name} }` : `query ${name} { ${name}: __typename }`;
    const url = at % 5 === 0 ? new URL(`/${name}`, stack().urls.routers[0]).href : undefined;
    await ask(query, { [name]: name }, { headers, ...(url && { url }) });
  };
  for (let at = 0; at < names.length; at += AT_ONCE) {
    await Promise.all(names.slice(at, at + AT_ONCE).map((name, next) => one(name, at + next)));
  }
}

/** Subscriptions that are different ones to the router, each a feed of its own, and then closed. */
async function madeUpFeeds(count: number): Promise<void> {
  const conversationId = await aGroup(person, await tokenHolders(1));
  await aMessage(person, conversationId);
  const perSocket = 40;
  for (let at = 0; at < count; at += perSocket) {
    const socket = await connect({ as: person.token });
    const ids = Array.from({ length: perSocket }, (_, next) => {
      const name = `madeUp${at + next}`;
      const selection = `${name}: conversationEvents(conversationId: "${conversationId}", after: 0)`;
      return socket.subscribe(`subscription ${name} { ${selection} { ${name}: seq } }`);
    });
    for (const id of ids) await socket.event(id);
    socket.close();
  }
}
