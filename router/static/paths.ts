// The target of a request below a mount: a file, or a page of the app. Pure.

/**
 * The path of a file, decoded, or null for one that names nothing: a hidden file, a way out of the
 * folder, an encoded slash, or an empty part. `target` is what follows the mount's path.
 */
export function filePathOf(target: string): string | null {
  const [path = ""] = target.split(/[?#]/, 1);
  const parts = path.replace(/^\//, "").split("/");
  const decoded = parts.map(decodedPart);
  const names = decoded.at(-1) === "" ? decoded.slice(0, -1) : decoded;
  if (names.some((name) => name === null || !isName(name))) return null;
  return decoded.join("/");
}

function decodedPart(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** No `.`, no `..`, nothing hidden, no separator of any system, no control character. */
function isName(name: string): boolean {
  return name !== "" && !name.startsWith(".") && !/[/\\\p{Cc}]/u.test(name);
}

/**
 * Whether a browser wants a page: then the app decides what is at this path. Scripts, images and
 * data do not accept HTML, and their paths have extensions.
 */
export function isNavigation(path: string, accept: string | undefined): boolean {
  const last = path.slice(path.lastIndexOf("/") + 1);
  if (last.includes(".")) return false;
  const types = (accept ?? "").split(",").map((each) => each.replace(/;.*$/s, "").trim());
  // The app's own address is a page for every client.
  const isRoot = path === "" && (accept === undefined || types.includes("*/*"));
  return isRoot || types.some((type) => type.toLowerCase() === "text/html");
}
