// The one layout of all mails: what a template says becomes a subject, plain text and HTML. Texts
// are escaped here and nowhere else.

export const MAIL_LANGUAGES = ["en", "fr"] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/** The content of a mail. All texts are plain; they may hold what people have entered. */
export interface MailContent {
  readonly subject: string;
  /** Paragraphs before the link or the code. */
  readonly lines: readonly string[];
  readonly code?: string;
  readonly action?: { readonly label: string; readonly url: string };
  /** Paragraphs after it. */
  readonly after?: readonly string[];
  /** For mails that a person may turn off. */
  readonly unsubscribe?: Unsubscribe;
}

interface Unsubscribe {
  /** A POST to it turns such mails off (RFC 8058); null for one that comes all the same. */
  readonly oneClickUrl: string | null;
  /** A page on which the person chooses. */
  readonly pageUrl: string;
}

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Null for a mail that cannot be turned off. */
  readonly oneClickUrl: string | null;
}

const BRAND = "Meetinity";
const SUBJECT_LENGTH_MAX = 150;

const FOOTERS: Readonly<Record<MailLanguage, string>> = {
  en: `You get this mail because you have an account at ${BRAND}.`,
  fr: `Vous recevez cet e-mail parce que vous avez un compte sur ${BRAND}.`,
};

const CHOICES: Readonly<Record<MailLanguage, string>> = {
  en: "Choose which mails you get",
  fr: "Choisir les e-mails que vous recevez",
};

export function renderMail(content: MailContent, language: MailLanguage): RenderedMail {
  return {
    subject: oneLine(content.subject),
    text: textOf(content, language),
    html: htmlOf(content, language),
    oneClickUrl: content.unsubscribe?.oneClickUrl ?? null,
  };
}

/** No line breaks or other control characters: in a header they would begin another one. */
function oneLine(text: string): string {
  return [...text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim()]
    .slice(0, SUBJECT_LENGTH_MAX)
    .join("");
}

function textOf(content: MailContent, language: MailLanguage): string {
  const { lines, code, action, after = [], unsubscribe } = content;
  const paragraphs = [
    ...lines,
    ...(code === undefined ? [] : [code]),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...after,
    `-- \n${FOOTERS[language]}`,
    ...(unsubscribe ? [`${CHOICES[language]}:\n${unsubscribe.pageUrl}`] : []),
  ];
  return `${paragraphs.join("\n\n")}\n`;
}

const P = '<p style="margin:0 0 16px">';

function htmlOf(content: MailContent, language: MailLanguage): string {
  const { lines, code, action, after = [], subject, unsubscribe } = content;
  const choices = unsubscribe
    ? ` <a href="${escaped(unsubscribe.pageUrl)}">${CHOICES[language]}</a>`
    : "";
  const paragraph = (text: string) => `${P}${escaped(text).replaceAll("\n", "<br>")}</p>`;
  const body = [
    ...lines.map(paragraph),
    ...(code === undefined ? [] : [codeOf(code)]),
    ...(action ? [buttonOf(action.label, action.url)] : []),
    ...after.map(paragraph),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(oneLine(subject))}</title>
</head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">
<main style="max-width:560px;margin:0 auto">
${P}<strong>${BRAND}</strong></p>
${body.join("\n")}
<hr style="border:0;border-top:1px solid #8888;margin:24px 0">
<p style="margin:0;font-size:13px;opacity:.75">${escaped(FOOTERS[language])}${choices}</p>
</main>
</body>
</html>
`;
}

function codeOf(code: string): string {
  const style = "margin:0 0 16px;font:600 28px/1.2 ui-monospace,monospace;letter-spacing:.2em";
  return `<p style="${style}">${escaped(code)}</p>`;
}

/** The address stands below the button too, for programs that show no button. */
function buttonOf(label: string, url: string): string {
  const style =
    "display:inline-block;padding:10px 20px;border-radius:8px;background:#1f4fd8;color:#fff;text-decoration:none";
  return `${P}<a href="${escaped(url)}" style="${style}">${escaped(label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;word-break:break-all">${escaped(url)}</p>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
