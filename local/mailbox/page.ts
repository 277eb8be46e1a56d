// The page of the local mailbox: the mails, newest first, as their readers would see them. It has
// no scripts, and mails are shown in frames that run none.
import type { StoredMail } from "./mail.ts";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
article { border-top: 1px solid #8888; padding: 1rem 0; }
h2 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; }
p { margin: 0 0 .5rem; opacity: .75; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: 0 0 .5rem; }
iframe { width: 100%; height: 28rem; border: 1px solid #8888; background: #fff; }
`;

/** Styles of mails are inline. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export function mailboxPage(mails: readonly StoredMail[]): string {
  const articles = mails.toReversed().map(articleOf);
  const none = "<p>No mail yet. This page asks again every five seconds.</p>";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5">
<title>Mailbox</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Mailbox</h1>
${articles.join("\n") || none}
</main>
</body>
</html>
`;
}

function articleOf({ to, subject, text, html, at }: StoredMail): string {
  return `<article>
<h2>${escaped(subject)}</h2>
<p>To ${escaped(to)}, <time datetime="${at}">${at}</time></p>
<pre>${linked(escaped(text))}</pre>
<details><summary>As HTML</summary>
<iframe sandbox title="${escaped(subject)}" srcdoc="${escaped(html)}"></iframe></details>
</article>`;
}

/** Makes links of addresses in escaped text. */
function linked(text: string): string {
  return text.replaceAll(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
