// The class of sockets that the platform has, made safe for the library that uses it.

type SocketClass = new (
  url: string,
  protocol: string,
) => { addEventListener(name: "error", listener: () => void): void };

/**
 * In Node an error that nobody listens to ends the program, and the library stops listening to a
 * socket that it gives up.
 */
export function withoutFatalErrors(webSocket: unknown): SocketClass {
  return class extends (webSocket as SocketClass) {
    constructor(url: string, protocol: string) {
      super(url, protocol);
      this.addEventListener("error", () => {});
    }
  };
}
