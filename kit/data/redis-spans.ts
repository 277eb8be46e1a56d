// The spans of commands to Redis: of those that are sent for a sampled request.
import type { Redis } from "ioredis";
import { activeSpan } from "#kit/telemetry/scope";

/** Makes a span of each command, without its arguments. */
export function traceCommands(redis: Redis): void {
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    const span = activeSpan()?.child(`redis ${command.name}`, { kind: "client" });
    const sent = send(command, stream);
    if (span) {
      command.promise.then(
        () => span.end(),
        () => span.end("FAILED"),
      );
    }
    return sent;
  };
}
