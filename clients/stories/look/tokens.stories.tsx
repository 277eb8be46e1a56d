// The tokens of the look, each as a sample with its name. Everything that the app shows is made of
// these.
import type { Meta } from "@storybook/react-vite";
import type { CSSProperties, ReactNode } from "react";
import styles from "./tokens.module.css";

const meta: Meta = { title: "Look/Tokens" };
export default meta;

interface SampleProps {
  /** Of the tokens. */
  readonly names: readonly string[];
  readonly use: string;
  readonly look: (value: string) => CSSProperties;
  readonly children?: ReactNode;
}

function Samples({ names, use, look, children }: SampleProps) {
  return (
    <section className={styles.group}>
      <p className={styles.use}>{use}</p>
      <ul className={styles.samples}>
        {names.map((name) => (
          <li key={name} className={styles.sample}>
            <span className={styles.shape} style={look(`var(--${name})`)}>
              {children}
            </span>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

const fill = (background: string): CSSProperties => ({ background });
const ink = (color: string): CSSProperties => ({ color });

export function Colours() {
  return (
    <>
      <Samples
        use="Grounds: the page, cards on it, what floats above it, what is pressed into it."
        names={["page", "surface", "surface-raised", "surface-sunken", "hover"]}
        look={fill}
      />
      <Samples
        use="Lines: between things, and around what can be filled in or pressed."
        names={["border", "border-strong"]}
        look={fill}
      />
      <Samples
        use="The accent: what one does next, and where one is. Its text is on-accent."
        names={["accent", "accent-hover", "accent-soft", "own"]}
        look={fill}
      />
      <Samples
        use="Danger cannot be undone or has failed; a warning can wait; success is over."
        names={["danger", "danger-soft", "warning-soft", "success", "success-soft"]}
        look={fill}
      />
      <Samples use="Texts, and texts of less weight." names={["text", "text-soft"]} look={ink}>
        Aa
      </Samples>
    </>
  );
}

export function TypeScale() {
  const sizes = ["tiny", "mini", "small", "medium", "normal", "strong", "large", "title", "huge"];
  return (
    <Samples
      use="Labels below icons, counts, small print, second lines, texts, titles of cards and pages."
      names={sizes.map((size) => `text-${size}`)}
      look={(fontSize) => ({ fontSize })}
    >
      Meet
    </Samples>
  );
}

export function Spaces() {
  return (
    <Samples
      use="1 and 2 within a thing, 3 and 4 between things, 6 and 8 between groups."
      names={[1, 2, 3, 4, 6, 8].map((step) => `space-${step}`)}
      look={(inlineSize) => ({ inlineSize, background: "var(--accent)" })}
    />
  );
}

export function Corners() {
  return (
    <Samples
      use="Quotes, fields and notices, cards and dialogs, buttons and chips."
      names={["radius-small", "radius", "radius-large", "radius-pill"]}
      look={(borderRadius) => ({ borderRadius, background: "var(--accent-soft)" })}
    />
  );
}

export function Elevation() {
  return (
    <Samples
      use="A chosen tab lies on its bar; menus, dialogs and notices float above the page."
      names={["shadow-low", "shadow"]}
      look={(boxShadow) => ({ boxShadow, background: "var(--surface-raised)" })}
    />
  );
}

export function Motion() {
  return (
    <Samples
      use="An answer to a press, a place that waits, a thing that is new, a feast. Nobody who wants no motion sees any."
      names={["quick", "breath", "glow", "burst"]}
      look={() => ({ background: "var(--accent-soft)" })}
    />
  );
}
