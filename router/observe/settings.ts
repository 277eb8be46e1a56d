// The setting that shows the page for operators: which services it reads.
import { z } from "zod";

const URL_SHAPE = z.url({ protocol: /^https?$/ });

/** `users=http://127.0.0.1:5001,router=http://127.0.0.1:4001`: the admin addresses, by service. */
export const observedServicesSetting = z.string().transform((text, context) => {
  const services = new Map<string, URL>();
  for (const pair of text.split(",")) {
    const [name = "", url = ""] = pair.split("=", 2).map((part) => part.trim());
    if (name === "" || !URL_SHAPE.safeParse(url).success) {
      const message = `is not <service>=<http URL>,… at number ${services.size + 1}`;
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    }
    services.set(name, new URL(url));
  }
  return services as ReadonlyMap<string, URL>;
});
