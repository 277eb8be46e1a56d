// Finds secrets in a text: keys, tokens, passwords. It reads no files and returns no whole secret.
// accepted.ts lists accepted ones.
import { createHash } from "node:crypto";

/** A text and its path. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

export interface Secret {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  /** 16 hex digits of its SHA-256: identifies the secret without revealing it. */
  readonly fingerprint: string;
}

interface Rule {
  readonly name: string;
  /** Global. The secret is the group `secret`, or the whole match. */
  readonly pattern: RegExp;
  /** For patterns that also match other texts. */
  readonly isSecret?: (text: string) => boolean;
}

const ENTROPY_BITS_MIN = 2.5;
/** Placeholders of documents and templates, and URLs. */
const PLACEHOLDER = /^(?:password|secret|token|x+|\*+)$|^[$<{%]|\$\{|\.{3}|…|^(?:https?|file):/i;

const RULES: readonly Rule[] = [
  { name: "private key", pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g },
  { name: "private JWK", pattern: /\bd\\?["']?\s*:\s*\\?["'](?<secret>[\w-]{43,})\\?["']/g },
  { name: "JWT", pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g },
  { name: "AWS access key", pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { name: "GitHub token", pattern: /\b(?:gh[pousr]_\w{36,}|github_pat_\w{40,})/g },
  { name: "GitLab token", pattern: /\bglpat-[\w-]{20,}/g },
  { name: "npm token", pattern: /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*(?!\$)[^\s"']{8,}/g },
  { name: "Slack token", pattern: /\bxox[abeoprs]-[\w-]{10,}|hooks\.slack\.com\/services\/\w+/g },
  { name: "Stripe key", pattern: /\b[rs]k_(?:live|test)_\w{16,}/g },
  { name: "Google key", pattern: /\bAIza[\w-]{35}|\bGOCSPX-[\w-]{20,}/g },
  { name: "AI provider key", pattern: /\bsk-(?:ant-|proj-)?[\w-]{32,}/g },
  { name: "Apollo key", pattern: /\b(?:service|user):[\w.-]+:[\w-]{20,}/g },
  { name: "SendGrid key", pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/g },
  { name: "Azure key", pattern: /\b(?:AccountKey|SharedAccessKey)=[\w+/=]{20,}/g },
  { name: "age key", pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{20,}/g },
  {
    name: "password hash",
    pattern: /\$argon2(?:id|i|d)\$v=\d+\$[^\s"'`]{20,}|\$2[aby]\$\d\d\$[./\w]{53}/g,
  },
  {
    name: "password in a URL",
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/"'`]*:(?<secret>[^\s:@/"'`]+)@/gi,
    isSecret: (text) => !PLACEHOLDER.test(text),
  },
  {
    name: "assigned secret",
    pattern: assigned("secret|token|api_?key|signing_?key|private_?key", "[^\\s\"'`]{16,}"),
    isSecret: isRandom,
  },
  {
    name: "assigned password",
    pattern: assigned("passw(?:or)?d|passphrase", "[^\"'`\\n]{8,}"),
    isSecret: isRandom,
  },
  {
    name: "secret setting",
    pattern: /^[A-Z_]*(?:SECRET|TOKEN|PASSWORD|KEY)[A-Z_]*=["']?(?<secret>[^\s"']{8,})/gm,
    isSecret: isRandom,
  },
];

/** Files whose name says that their contents are secret. */
const SECRET_FILES: readonly RegExp[] = [
  /(?:^|\/)\.env(?!\.example$)(?:\.[\w.-]+)?$/,
  /(?:^|\/)(?:\.netrc|\.pgpass|\.htpasswd|keys\.json|id_(?:rsa|dsa|ecdsa|ed25519))$/,
  /\.(?:pem|p12|pfx|jks|kdbx|key)$/,
];

const FILE_RULE = "secret file";

export const RULE_NAMES: readonly string[] = [...RULES.map(({ name }) => name), FILE_RULE];

/** Every secret of a text. */
export function secretsIn({ path, text }: Source): Secret[] {
  const inText = RULES.flatMap(({ name: rule, pattern, isSecret }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const secret = match.groups?.secret ?? match[0];
      if (isSecret && !isSecret(secret)) return [];
      const line = text.slice(0, match.index).split("\n").length;
      return [{ rule, path, line, fingerprint: fingerprintOf(secret) }];
    }),
  );
  if (!SECRET_FILES.some((each) => each.test(path))) return inText;
  return [{ rule: FILE_RULE, path, line: 1, fingerprint: fingerprintOf(path) }, ...inText];
}

/** A name that contains one of these words, then `=` or `:`, then a literal. */
function assigned(words: string, literal: string): RegExp {
  const name = `(?:${words})[\\w-]*\\\\?["']?`;
  return new RegExp(`${name}\\s*[:=]\\s*\\\\?(["'\`])(?<secret>${literal})\\\\?\\1`, "gi");
}

function fingerprintOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex").slice(0, 16);
}

/** True of a text that is not a name, a word or a placeholder. */
function isRandom(text: string): boolean {
  return !PLACEHOLDER.test(text) && entropyBits(text) >= ENTROPY_BITS_MIN;
}

/** Shannon's entropy per character. */
function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const each of text) counts.set(each, (counts.get(each) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
