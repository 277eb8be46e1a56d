// Around every story: the look, the language, the theme and the direction of the toolbar, and the
// graph of the story.
import { answerWith } from "./graph/line.ts";
import "@meetinity/ui/look/tokens.css";
import "@meetinity/ui/look/base.css";
import "./preview.css";
import {
  chooseLanguage,
  type Language,
  startI18n,
  withPageTexts,
} from "@meetinity/ui/i18n/i18n.ts";
import { applyTheme, type Theme } from "@meetinity/ui/look/theme.ts";
import type { Decorator, Preview } from "@storybook/react-vite";
import { texts } from "../app/i18n/texts.ts";
import { Links } from "./links.tsx";

interface Chosen {
  readonly language: Language;
  readonly theme: Theme;
  readonly direction: "ltr" | "rtl";
}

let shown: string | null = null;

/** Each story has a document of its own: the app keeps what it has read. */
async function prepare(id: string, graph: object, chosen: Chosen): Promise<void> {
  if (shown !== null && shown !== id) {
    location.reload();
    return new Promise(() => {});
  }
  if (shown === null) {
    shown = id;
    localStorage.clear();
    answerWith(graph);
    await startI18n(texts);
    await withPageTexts(async () => ({}))();
  }
  await chooseLanguage(chosen.language);
  applyTheme(chosen.theme);
  document.documentElement.dir = chosen.direction;
}

/** A screen has the router of the app. */
const withLinks: Decorator = (Story, { parameters }) =>
  parameters.layout === "fullscreen" ? <Story /> : <Links>{() => <Story />}</Links>;

const VIEWPORTS = {
  phone: { name: "390 px", styles: { width: "390px", height: "844px" } },
  desk: { name: "1280 px", styles: { width: "1280px", height: "800px" } },
} as const;

const preview: Preview = {
  decorators: [withLinks],
  loaders: [
    ({ id, parameters, globals }) =>
      prepare(id, parameters.graph ?? {}, globals as unknown as Chosen),
  ],
  parameters: {
    viewport: { options: VIEWPORTS },
    options: { storySort: { order: ["Look", "Components", "Screens"] } },
  },
  initialGlobals: { language: "en", theme: "system", direction: "ltr" },
  globalTypes: {
    language: toolbar("Language", "globe", { en: "English", fr: "Français" }),
    theme: toolbar("Theme", "mirror", { system: "System", light: "Light", dark: "Dark" }),
    direction: toolbar("Direction", "transfer", { ltr: "Left to right", rtl: "Right to left" }),
  },
};

function toolbar(title: string, icon: "globe" | "mirror" | "transfer", titles: object) {
  const items = Object.entries(titles).map(([value, name]) => ({ value, title: String(name) }));
  return { description: title, toolbar: { title, icon, items, dynamicTitle: true } };
}

export default preview;
