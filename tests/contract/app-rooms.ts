// The folders of an app: its features do not know each other, but for those that gather parts of
// others; and what they share knows none of them. It reads no files.

/** What features share. The texts of all features come together in `i18n`. */
const SHARED = ["i18n", "shell", "parts", "offline"];

/** Features that lead through others and show parts of them. None of those imports them. */
const GATHERING: Readonly<Record<string, readonly string[]>> = {
  settings: ["events", "people"],
  welcome: ["events", "people"],
};

/** Why one file of an app may not import another one; null when it may. Paths of the project. */
export function appVerdict(from: string, to: string): string | null {
  const here = folderOf(from);
  const there = folderOf(to);
  if (here === "" || here === there || SHARED.includes(there)) return null;
  if (here === "i18n" && /\/texts\.[a-z]{2}\.ts$/.test(to)) return null;
  if (GATHERING[here]?.includes(there)) return null;
  if (there === "") return `${here} may not import what puts the app together`;
  return `${here} may not import ${there}`;
}

/** Empty for the files that put the app together. */
function folderOf(path: string): string {
  const [, , folder = "", file] = path.split("/");
  return file === undefined ? "" : folder;
}
