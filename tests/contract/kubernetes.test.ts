// The example for Kubernetes: its containers get the settings that their programs read, run without
// rights, and can write where they must. No cluster is started here.
import { readFileSync } from "node:fs";
import { parseYAML } from "confbox";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { projectFile } from "./project.ts";
import { settingsOfProgram } from "./settings.ts";

const reference = z.object({ name: z.string(), key: z.string() });
const source = z.union([
  z.object({ configMapKeyRef: reference }),
  z.object({ secretKeyRef: reference }),
]);
const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.literal("http") }) });
const container = z.object({
  name: z.string(),
  args: z.tuple([z.string()]),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
  env: z.array(
    z.object({
      name: z.string(),
      value: z.string().optional(),
      valueFrom: source.optional(),
    }),
  ),
  envFrom: z.array(z.object({ secretRef: z.object({ name: z.string() }) })).default([]),
  livenessProbe: probe,
  readinessProbe: probe,
  resources: z.object({ requests: z.object({ cpu: z.literal("1"), memory: z.string() }) }),
  securityContext: z.object({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.object({ drop: z.tuple([z.literal("ALL")]) }),
  }),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
});
const pod = z.object({
  terminationGracePeriodSeconds: z.number().min(10),
  securityContext: z.object({ runAsNonRoot: z.literal(true), fsGroup: z.number() }),
  containers: z.tuple([container]),
  volumes: z.array(z.object({ name: z.string() })).default([]),
});
const workload = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    replicas: z.number(),
    template: z.object({ spec: pod }),
    volumeClaimTemplates: z
      .array(z.object({ metadata: z.object({ name: z.string() }) }))
      .default([]),
  }),
});

const documents = readFileSync(projectFile("ops/kubernetes/files.yaml"), "utf8")
  .split(/^---$/m)
  .slice(1)
  .map((text) => parseYAML(text) as { kind: string });
const of = (...kinds: string[]) => documents.filter(({ kind }) => kinds.includes(kind));

const workloads = of("StatefulSet", "Deployment").map((each) => workload.parse(each));
const named = workloads.map((each) => [each.metadata.name, each] as const);
const [config] = z
  .tuple([z.object({ data: z.record(z.string(), z.string()) })])
  .parse(of("ConfigMap"));

type Workload = (typeof workloads)[number];

const only = ({ spec }: Workload) => spec.template.spec.containers[0];

/** Settings that a secret of a subgraph has. */
const IN_SECRETS: Readonly<Record<string, readonly string[]>> = {
  messaging: ["DATABASE_URL_MESSAGING", "REDIS_URL"],
};

describe.each(named)("%s", (_, each) => {
  const { args, env, envFrom, ports, volumeMounts } = only(each);
  const entry = args[0].replace(/^dist\//, "").replace(/\.js$/, ".ts");

  it("gets every required setting of its program, and none that it does not read", () => {
    const read = settingsOfProgram(entry);
    const secret = envFrom.flatMap(({ secretRef }) => IN_SECRETS[secretRef.name] ?? []);
    const given = [...env.map(({ name }) => name), ...secret];
    const required = [...read].flatMap(([name, { isRequired }]) => (isRequired ? [name] : []));
    expect(given).toEqual(expect.arrayContaining(required));
    expect(given.filter((name) => !read.has(name))).toEqual([]);
  });

  it("takes from the shared settings only what they have, and secrets from a secret alone", () => {
    for (const { name, value, valueFrom } of env) {
      if (/SECRET|KEY/.test(name)) expect(valueFrom).toHaveProperty("secretKeyRef");
      else if (valueFrom && "configMapKeyRef" in valueFrom) {
        expect(config.data).toHaveProperty(valueFrom.configMapKeyRef.key);
      } else expect(value, name).toBeTypeOf("string");
    }
  });

  it("has the ports that its program opens, and a volume behind each mount", () => {
    expect(env.find(({ name }) => name === "PORT")?.value).toBe("4000");
    expect(ports.map(({ containerPort }) => containerPort)).toEqual([4_000, 4_001]);
    const { template, volumeClaimTemplates } = each.spec;
    const claims = volumeClaimTemplates.map(({ metadata }) => metadata.name);
    const volumes = [...template.spec.volumes.map(({ name }) => name), ...claims];
    expect(volumeMounts.map(({ name }) => name)).toEqual(volumes);
  });
});

it("one store has the folder, which is in its volume; workers may write where they keep files", () => {
  const store = workloads.find(({ metadata }) => metadata.name === "storage");
  const worker = workloads.find(({ metadata }) => metadata.name === "messaging-worker");
  if (!store || !worker) throw new Error("a workload is missing");
  expect(store.spec.replicas).toBe(1);
  const { env, volumeMounts } = only(store);
  const folder = env.find(({ name }) => name === "STORAGE_FOLDER")?.value ?? "";
  expect(folder.startsWith(`${volumeMounts[0]?.mountPath}/`)).toBe(true);
  expect(only(worker).volumeMounts.map(({ mountPath }) => mountPath)).toContain("/tmp");
});

it("browsers reach the store at the address that links and pages name", () => {
  const [ingress] = z
    .tuple([z.object({ spec: z.object({ rules: z.tuple([z.object({ host: z.string() })]) }) })])
    .parse(of("Ingress"));
  const publicUrl = new URL(config.data.STORAGE_PUBLIC_URL ?? "");
  expect(publicUrl.origin).toBe(`https://${ingress.spec.rules[0].host}`);
  expect(publicUrl.origin).not.toBe(config.data.PUBLIC_URL);
});
