// Exports of registrations as CSV: links that work once, who may read, what is in the file, and
// that 100,000 rows take no memory.
import { createHash } from "node:crypto";
import { request } from "undici";
import { describe, expect, test } from "vitest";
import { createAdapter } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { PrismaClient } from "../../../subgraphs/events/generated/prisma/client.ts";
import { csvOf } from "../../../subgraphs/events/seats/exports/file.ts";
import { ask as askGraph, dataOf } from "../../kit/client.ts";
import { countingPool, untilRows, withDatabase } from "../../kit/database.ts";
import { graphqlUrl } from "../../kit/stack.ts";
import {
  anEvent,
  aRegistration,
  namedPeople,
  questionsOf,
  type TokenHolder,
  tokenHolders,
} from "../../kit/stories.ts";
import { aTicketType } from "../../kit/ticket-types.ts";
import { accessToken } from "../../kit/tokens.ts";

const EXPORT = operation("CreateRegistrationsExport");

async function linkOf({ token }: TokenHolder, eventId: string, router = 0): Promise<string> {
  type Data = { createRegistrationsExport: { path: string } };
  const data = await dataOf<Data>(EXPORT, { input: { eventId } }, { as: token, router });
  return data.createRegistrationsExport.path;
}

const urlOf = (path: string, router = 0) => new URL(path, graphqlUrl(router));

async function get(path: string, options: { as?: string; router?: number; method?: string } = {}) {
  const headers = options.as ? { authorization: `Bearer ${options.as}` } : {};
  const response = await fetch(urlOf(path, options.router), {
    method: options.method ?? "GET",
    headers,
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return { status: response.status, headers: response.headers, text };
}

describe("an export", () => {
  test("has all registrations with answers, in a file that is safe to open", async () => {
    const [olga, ada] = await namedPeople(2);
    const eventId = await anEvent(olga.token, { title: 'Café "X"' });
    const input = { displayName: "=HYPERLINK(1)" };
    await dataOf(operation("UpdateProfile"), { input }, { as: ada.token });
    const renamed = "select from person where id = $1 and display_name like '=%'";
    await untilRows("events", renamed, [ada.id], 1);
    const [diet = "", days = ""] = await questionsOf(olga.token, eventId, [
      { kind: "TEXT", text: "Diet, please?" },
      { kind: "CHOICE", text: "Days", options: ["One", "Two"], isMultiple: true },
    ]);
    const { id: ticketTypeId } = await aTicketType(olga.token, eventId, { name: "=Early bird" });
    const { id } = await aRegistration(ada.token, eventId, {
      ticketTypeId,
      partySize: 2,
      isHidden: true,
      answers: [
        { questionId: diet, text: 'no "nuts",\nplease' },
        { questionId: days, choices: ["Two", "One"] },
      ],
    });
    const path = await linkOf(olga, eventId);
    const { status, headers, text } = await get(path);
    expect(status).toBe(200);
    const [head, ...lines] = text.split("\r\n");
    expect(head).toBe(
      '\uFEFFRegistration,Name,Status,Seats,Ticket type,Registered at,Hidden,"Diet, please?",Days',
    );
    const cells = lines.join("\r\n").replace(/\d{4}-[^,]*Z/, "<at>");
    expect(cells).toBe(
      `${id},'=HYPERLINK(1),CONFIRMED,2,'=Early bird,<at>,yes,"no ""nuts"",\nplease",Two; One\r\n`,
    );
    expect(headers.get("content-type")).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers.get("content-disposition")).toBe(
      "attachment; filename=\"Caf_-X-registrations.csv\"; filename*=UTF-8''Caf%C3%A9-X-registrations.csv",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("sandbox");
    expect(headers.get("set-cookie")).toBeNull();
  });

  test("is given once, however many ask for it at once at two routers", async () => {
    const [olga] = await tokenHolders(1);
    const path = await linkOf(olga, await anEvent(olga.token));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => get(path, { router: at % 2 })),
    );
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 404)]);
  });

  test("is given within a minute, for its own event, and by GET alone", async () => {
    const [olga] = await tokenHolders(1);
    const [one, other] = [await anEvent(olga.token), await anEvent(olga.token)];
    const path = await linkOf(olga, one);
    for (const method of ["HEAD", "POST", "OPTIONS"]) {
      expect((await get(path, { method })).status, method).toBe(404);
    }
    expect((await get(path.replace(one, other))).status).toBe(404);
    expect((await get(`${path}x`)).status).toBe(404);
    expect((await get(`${path}&token=x`)).status).toBe(404);
    expect((await get(path)).status).toBe(200);

    const late = await linkOf(olga, one);
    const token = new URL(late, "http://x").searchParams.get("token") ?? "";
    await withDatabase("events", (client) =>
      client.query(
        "update registration_export set expires_at = now() - interval '1 ms' where token_hash = $1",
        [createHash("sha256").update(token).digest("base64url")],
      ),
    );
    expect((await get(late)).status).toBe(404);
  });

  test("is not given when whoever made the link may no longer see people", async () => {
    const [olga, host] = await namedPeople(2);
    const eventId = await anEvent(olga.token);
    const input = { eventId, userId: host.id };
    const rights = ["SEE_PEOPLE"];
    await dataOf(operation("AddHost"), { input: { ...input, rights } }, { as: olga.token });
    const [first, second] = [await linkOf(host, eventId), await linkOf(host, eventId)];
    expect((await get(first)).status).toBe(200);
    await dataOf(operation("RemoveHost"), { input }, { as: olga.token });
    expect((await get(second)).status).toBe(404);
  });

  test("is read by those who see people with their access token, and by nobody else", async () => {
    const [olga, host, editor, ada] = await namedPeople(4);
    const eventId = await anEvent(olga.token);
    for (const [{ id: userId }, rights] of [
      [host, ["SEE_PEOPLE"]],
      [editor, ["EDIT", "CHECK_IN"]],
    ] as const) {
      const input = { eventId, userId, rights };
      await dataOf(operation("AddHost"), { input }, { as: olga.token });
    }
    const admin = await accessToken({ userId: newId(), scopes: ["admin"] });
    const path = `/events/${eventId}/registrations.csv`;
    for (const as of [olga.token, host.token, admin]) {
      expect((await get(path, { as })).status).toBe(200);
    }
    for (const as of [editor.token, ada.token]) expect((await get(path, { as })).status).toBe(404);
    expect((await get(path)).status).toBe(404);
    expect((await get(path, { as: "nonsense" })).status).toBe(401);
    for (const other of [newId(), "nobody", "%00", "..%2f..%2fgraphql"]) {
      const { status } = await get(`/events/${other}/registrations.csv`, { as: olga.token });
      expect(status, other).toBe(404);
    }
    const refused = async (as: string, id: string) => {
      const { errors } = await askGraph(EXPORT, { input: { eventId: id } }, { as });
      return errors?.[0]?.extensions.code;
    };
    expect(await refused(editor.token, eventId)).toBe("FORBIDDEN");
    const draft = await anEvent(olga.token, { isDraft: true });
    expect(await refused(ada.token, draft)).toBe("NOT_FOUND");
  });

  test("forgets the token: only its hash is stored", async () => {
    const [olga] = await tokenHolders(1);
    const path = await linkOf(olga, await anEvent(olga.token));
    const token = new URL(path, "http://x").searchParams.get("token") ?? "";
    expect(token).toMatch(/^[\w-]{43}$/);
    const rows = await withDatabase("events", async (client) => {
      const { rows: found } = await client.query(
        "select 1 from registration_export e where e::text like $1",
        [`%${token}%`],
      );
      return found;
    });
    expect(rows).toEqual([]);
  });
});

describe("100,000 registrations", () => {
  const ROWS = 100_000;

  async function aFullEvent(organizer: TokenHolder): Promise<string> {
    const eventId = await anEvent(organizer.token, { capacity: 100_000 });
    await withDatabase("events", (client) =>
      client.query(
        `with person_made as (
           insert into person select gen_random_uuid(), 'Person ' || n, ' person ' || n || ' ', 1, 1
           from generate_series(1, $2::int) n returning id
         )
         insert into registration (id, event_id, attendee_id, status, party_size, request_hash,
           requested_seq, confirmed_seq, created_at)
         select gen_random_uuid(), $1, id, 'CONFIRMED', 1, '', row_number() over (),
           row_number() over (), now() from person_made`,
        [eventId, ROWS],
      ),
    );
    return eventId;
  }

  test("are exported in constant memory, and a slow reader slows the database", async () => {
    const [olga] = await tokenHolders(1);
    const eventId = await aFullEvent(olga);
    const { pool, statements } = countingPool("events");
    const database = new PrismaClient({ adapter: createAdapter(pool) });
    const chunks = csvOf(database, eventId, []);
    await chunks.next();
    await chunks.next();
    expect(statements()).toHaveLength(1);
    global.gc?.();
    const before = process.memoryUsage().heapUsed;
    let [rows, peak] = [500, 0];
    for await (const chunk of chunks) {
      rows += chunk.split("\r\n").length - 1;
      peak = Math.max(peak, process.memoryUsage().heapUsed - before);
    }
    await database.$disconnect();
    await pool.end();
    expect(rows).toBe(ROWS);
    expect(peak).toBeLessThan(64 * 1024 * 1024);

    const startedAt = performance.now();
    const { statusCode, body } = await request(urlOf(await linkOf(olga, eventId)));
    expect(statusCode).toBe(200);
    let lines = 0;
    for await (const chunk of body) lines += String(chunk).split("\n").length - 1;
    expect(lines).toBe(ROWS + 1);
    console.info(`exported ${ROWS} rows in ${Math.round(performance.now() - startedAt)} ms`);

    const list = operation("EventRegistrations");
    for (const variables of [
      { first: 50 },
      { first: 50, search: "99999" },
      { first: 50, search: "person" },
      { first: 50, search: "nobody" },
      { first: 50, status: "WAITLISTED" },
    ]) {
      const at = performance.now();
      await dataOf(list, { id: eventId, ...variables }, { as: olga.token });
      console.info(JSON.stringify(variables), Math.round(performance.now() - at), "ms");
    }
    await withDatabase("events", async (client) => {
      await client.query("delete from registration where event_id = $1", [eventId]);
      await client.query(
        "delete from person where display_name like 'Person %' and version = 1 and search_text ~ '^ person [0-9]+ $'",
      );
    });
  }, 120_000);
});
