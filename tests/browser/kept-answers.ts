// The answers that a browser keeps of the app. The script runs in the page.
import type { Page } from "playwright-core";

/** Each as text, with the person whose it is in front. */
export function keptAnswers(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(async () => {
    const resultOf = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === "meetinity-kept")) return [];
    const database = await resultOf(indexedDB.open("meetinity-kept"));
    if (!database.objectStoreNames.contains("answers")) return [];
    const rows = await resultOf(database.transaction("answers").objectStore("answers").getAll());
    database.close();
    return rows.map(({ viewerId, data }) => viewerId + " " + JSON.stringify(data));
  })()`);
}
