// A field that searches while it is typed in.
import { useRouter } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import styles from "./page.module.css";

interface SearchFieldProps {
  readonly label: string;
  /** As the address of the page has it. */
  readonly value: string;
  readonly onSearch: (text: string) => void;
}

/** A pause this long ends a word. */
const PAUSE_MS = 250;
const LENGTH_MAX = 100;

export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const router = useRouter();
  const [path] = useState(() => router.latestLocation.pathname);
  const search = useRef(onSearch);
  search.current = (given) => {
    // The page stays until the next one is loaded: a search would lead back to it.
    if (router.latestLocation.pathname === path) onSearch(given);
  };
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => search.current(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <search className={styles.search}>
      <Search aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={LENGTH_MAX}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </search>
  );
}
