// The data that a browser keeps of the portal: files of its service worker, and data of doors. The
// scripts run in the page.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { SOON } from "../stage.ts";

/** Waits until the page opens without a network. */
export async function isKept(page: Page): Promise<void> {
  const state = () =>
    page.evaluate<string>(`navigator.serviceWorker.ready.then(({ active }) => active.state)`);
  await expect.poll(state, SOON).toBe("activated");
}

interface KeptFile {
  readonly url: string;
  readonly text: string;
}

/** Everything that service workers keep. */
export function keptFiles(page: Page): Promise<KeptFile[]> {
  return page.evaluate<KeptFile[]>(`(async () => {
    const found = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        found.push({ url: request.url, text: await response.text() });
      }
    }
    return found;
  })()`);
}

interface KeptDoor {
  readonly lists: number;
  /** Entries that the server does not know yet. */
  readonly waiting: number;
  /** The seats that have come by the lists. */
  readonly come: number;
}

export function keptDoor(page: Page): Promise<KeptDoor> {
  return page.evaluate<KeptDoor>(`(async () => {
    const resultOf = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await resultOf(indexedDB.open("meetinity-door", 1));
    const all = (store) => resultOf(database.transaction(store).objectStore(store).getAll());
    const [lists, waiting] = [await all("lists"), await all("waiting")];
    database.close();
    const seats = lists.flatMap(({ parties }) => parties.flatMap((each) => each.checkedInSeats));
    return { lists: lists.length, waiting: waiting.length, come: seats.length };
  })()`);
}
