// Guarantees about drafts: kept at once, saved after a pause, and no text of any device is lost.
import { expect, test } from "vitest";
import { Drafts } from "./drafts.ts";
import { NetworkError } from "./errors.ts";
import { createLocalLock, systemChannel } from "./platform.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";
import { createMemoryStore } from "./text-store.ts";

interface Wish {
  readonly body: string;
  readonly replyToId: string | null;
  readonly expectedVersion: number;
}

/** A server with one draft, which can be away. Time is that of the test. */
function aServer() {
  const nothing: Pick<Wish, "body" | "replyToId"> = { body: "", replyToId: null };
  const server = { ...nothing, version: 0, isAway: false, tries: 0 };
  const run = (async (_operation: unknown, { input }: { input: Wish }) => {
    server.tries += 1;
    await Promise.resolve();
    if (server.isAway) throw new NetworkError(new Error("offline"));
    const { body, replyToId } = input;
    const isSame = server.version > 0 && server.body === body && server.replyToId === replyToId;
    if (!isSame && server.version !== input.expectedVersion) {
      return { saveDraft: { __typename: "StaleDraftProblem", draft: { ...server } } };
    }
    if (!isSame) Object.assign(server, { body, replyToId, version: server.version + 1 });
    return { saveDraft: { __typename: "SaveDraftSuccess", draft: { ...server } } };
  }) as unknown as Run;
  return { server, run };
}

function aDevice({ run }: ReturnType<typeof aServer>, store = createMemoryStore()) {
  const due = new Set<() => void>();
  const clock = {
    now: () => 0,
    after(_ms: number, work: () => void) {
      due.add(work);
      return () => void due.delete(work);
    },
  };
  const session = {
    getSnapshot: () => ({ status: "signedIn", viewerId: "me" }),
    subscribe: () => () => {},
  } as unknown as Session;
  const shared = { run, session, clock, lock: createLocalLock(), openChannel: systemChannel() };
  const drafts = new Drafts({ ...shared, store });
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    drafts,
    settle,
    text: () => drafts.find("c")?.body ?? "",
    other: () => drafts.find("c")?.other ?? null,
    /** Ends the pause in writing. */
    async pause() {
      const now = [...due];
      due.clear();
      for (const work of now) work();
      await settle();
    },
  };
}

test("a draft is here at once, and saved once behind a pause", async () => {
  const scene = aServer();
  const { drafts, text, pause } = aDevice(scene);
  for (const body of ["H", "He", "Hello "]) drafts.write("c", body);
  expect([text(), scene.server.tries]).toEqual(["Hello ", 0]);
  await pause();
  expect(scene.server).toMatchObject({ body: "Hello ", version: 1, tries: 1 });
  drafts.write("c", "");
  await pause();
  expect(scene.server).toMatchObject({ body: "", version: 2 });
  expect(drafts.find("c")).toBeNull();
});

test("a draft keeps the message that it answers, on all devices", async () => {
  const scene = aServer();
  const [phone, desk] = [aDevice(scene), aDevice(scene)];
  phone.drafts.write("c", "Yes", "m1");
  await phone.pause();
  expect(scene.server).toMatchObject({ body: "Yes", replyToId: "m1", version: 1 });
  desk.drafts.learned("c", { ...scene.server });
  expect(desk.drafts.find("c")).toMatchObject({ body: "Yes", replyToId: "m1" });
  desk.drafts.write("c", "Yes", null);
  await desk.pause();
  expect(scene.server).toMatchObject({ body: "Yes", replyToId: null, version: 2 });
  desk.drafts.write("c", "", "m1");
  await desk.pause();
  expect(scene.server).toMatchObject({ body: "", replyToId: null, version: 3 });
});

test("a message that is sent at once is no draft for anybody", async () => {
  const scene = aServer();
  const { drafts, pause } = aDevice(scene);
  for (const body of ["Hi", ""]) drafts.write("c", body);
  await pause();
  expect([scene.server.tries, drafts.find("c")]).toEqual([0, null]);
});

test("a text of another device shows, unless something unsaved is here, and never an older one", async () => {
  const scene = aServer();
  const { drafts, text, pause } = aDevice(scene);
  drafts.learned("c", { body: "from the phone", replyToId: null, version: 2 });
  expect(text()).toBe("from the phone");
  drafts.learned("c", { body: "before", replyToId: null, version: 1 });
  expect(text()).toBe("from the phone");
  Object.assign(scene.server, { body: "from the phone", version: 2 });
  drafts.write("c", "from the phone, and on");
  drafts.learned("c", { body: "from the phone", replyToId: null, version: 2 });
  expect(text()).toBe("from the phone, and on");
  await pause();
  expect(scene.server).toMatchObject({ body: "from the phone, and on", version: 3 });
});

test("two devices that write at once lose nothing: the later text stands, the other is offered", async () => {
  const scene = aServer();
  const [phone, desk] = [aDevice(scene), aDevice(scene)];
  phone.drafts.write("c", "at the phone");
  desk.drafts.write("c", "at the desk");
  await phone.pause();
  await desk.pause();
  expect(scene.server).toMatchObject({ body: "at the desk", version: 2 });
  expect([desk.text(), desk.other()]).toEqual(["at the desk", "at the phone"]);
  phone.drafts.learned("c", scene.server);
  expect([phone.text(), phone.other()]).toEqual(["at the desk", null]);
  desk.drafts.decide("c", true);
  await desk.pause();
  expect([desk.text(), desk.other()]).toEqual(["at the phone", null]);
  expect(scene.server).toMatchObject({ body: "at the phone", version: 3 });
});

test("a draft that another device has sent is no conflict", async () => {
  const scene = aServer();
  const { drafts, text, other, pause } = aDevice(scene);
  drafts.learned("c", { body: "Hello", replyToId: null, version: 1 });
  Object.assign(scene.server, { body: "", version: 2 });
  drafts.write("c", "Hello again");
  await pause();
  expect(scene.server).toMatchObject({ body: "Hello again", version: 3 });
  expect([text(), other()]).toEqual(["Hello again", null]);
});

test("without a network it is kept, outlives the page, and is saved when the network is back", async () => {
  const scene = aServer();
  const store = createMemoryStore();
  scene.server.isAway = true;
  const before = aDevice(scene, store);
  before.drafts.write("c", "on the train");
  await before.pause();
  before.drafts.close();
  const after = aDevice(scene, store);
  await after.settle();
  expect(after.text()).toBe("on the train");
  scene.server.isAway = false;
  after.drafts.wake();
  await after.settle();
  expect(scene.server).toMatchObject({ body: "on the train", version: 1 });
});

test("keys behind a saving that is on its way are saved too, and a person who leaves takes theirs", async () => {
  const scene = aServer();
  const { drafts, text, pause, settle } = aDevice(scene);
  drafts.write("c", "one");
  const saving = pause();
  drafts.write("c", "one two");
  await saving;
  await pause();
  expect(scene.server).toMatchObject({ body: "one two", version: 2 });
  drafts.forget("me");
  await settle();
  expect(text()).toBe("");
});
