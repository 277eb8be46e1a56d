// The bytes of files in messages. Links end after minutes and work for the viewer alone, so that
// they are read when a file is, many at once; what was read stays here for a while.
import { Attachments, type AttachmentsQuery } from "@meetinity/client/operations";
import { client } from "../../shell/client.ts";

/** `preview`: a small picture of an image. `link`: the file, or an image for a screen. */
export type Rendition = "preview" | "link";

type Linked = AttachmentsQuery["attachments"][number];
type FileLink = NonNullable<Linked["link"]>;

/** As many links are read at once, as the graph allows. */
const IDS_MAX = 20;
/** Those of one screen are asked for together. */
const GATHER_MS = 15;
const KEPT_BYTES_MAX = 48 * 1_024 * 1_024;

const links = new Map<string, Promise<Linked | null>>();
let waiting = new Map<string, (linked: Promise<Linked | null>) => void>();

/** By id and rendition. The last one is the latest that was used. */
const kept = new Map<string, Blob>();
let keptBytes = 0;

const keyOf = (id: string, rendition: Rendition) => `${rendition} ${id}`;

/** Shows a file that the viewer sends as it is here, until its message is read anew. */
export function keepOwn(id: string, file: Blob): void {
  keep(keyOf(id, "preview"), file);
  keep(keyOf(id, "link"), file);
}

export function isKept(id: string, rendition: Rendition): boolean {
  return kept.has(keyOf(id, rendition));
}

/** Rejects when it cannot be read: without a network, and when it is gone. */
export async function readFile(id: string, rendition: Rendition): Promise<Blob> {
  const key = keyOf(id, rendition);
  const known = kept.get(key);
  if (known) return keep(key, known);
  const viewer = client.session.getSnapshot().viewerId;
  const first = await linkOf(id, rendition);
  const blob = (first && (await fetched(first))) ?? (await readAnew(id, rendition));
  return viewer === client.session.getSnapshot().viewerId ? keep(key, blob) : blob;
}

/** The link has ended, or the line broke: with a new one it is tried once more. */
async function readAnew(id: string, rendition: Rendition): Promise<Blob> {
  links.delete(id);
  const link = await linkOf(id, rendition);
  const blob = link && (await fetched(link));
  if (!blob) throw new Error("The file cannot be read.");
  return blob;
}

/** Null when it is refused, or nothing answers. */
async function fetched({ url, headers }: FileLink): Promise<Blob | null> {
  try {
    const own = Object.fromEntries(headers.map(({ name, value }) => [name, value]));
    const answer = await fetch(url, { headers: own });
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
}

async function linkOf(id: string, rendition: Rendition): Promise<FileLink | null> {
  const known = await links.get(id)?.catch(() => null);
  const link = known?.[rendition];
  if (link && Date.parse(link.expiresAt) > Date.now()) return link;
  const asked = ask(id);
  links.set(id, asked);
  return (await asked)?.[rendition] ?? null;
}

function ask(id: string): Promise<Linked | null> {
  return new Promise((resolve) => {
    if (waiting.size === 0) setTimeout(askAll, GATHER_MS);
    const before = waiting.get(id);
    waiting.set(id, (linked) => {
      before?.(linked);
      resolve(linked);
    });
  });
}

function askAll(): void {
  const all = [...waiting];
  waiting = new Map();
  for (let at = 0; at < all.length; at += IDS_MAX) {
    const some = all.slice(at, at + IDS_MAX);
    const asked = client.run(Attachments, { ids: some.map(([id]) => id) });
    for (const [id, answer] of some) {
      answer(asked.then(({ attachments }) => attachments.find((each) => each.id === id) ?? null));
    }
  }
}

function keep(key: string, blob: Blob): Blob {
  keptBytes += blob.size - (kept.get(key)?.size ?? 0);
  kept.delete(key);
  kept.set(key, blob);
  for (const [oldest, { size }] of kept) {
    if (keptBytes <= KEPT_BYTES_MAX || oldest === key) break;
    kept.delete(oldest);
    keptBytes -= size;
  }
  return blob;
}

let viewerId = client.session.getSnapshot().viewerId;

/** Another person sees nothing of the one before. */
client.session.subscribe(() => {
  const now = client.session.getSnapshot().viewerId;
  if (now === viewerId) return;
  viewerId = now;
  links.clear();
  kept.clear();
  keptBytes = 0;
});
