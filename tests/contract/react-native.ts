// The parts of React Native and of its packages that docs/guides/mobile.md uses, as declarations
// after their documentation: React Native itself is not installed.

export const REACT_NATIVE = `
declare module "react-native" {
  interface Subscription { remove(): void }
  type AppStateStatus = "active" | "background" | "inactive" | "unknown" | "extension";
  export const AppState: {
    readonly currentState: AppStateStatus;
    addEventListener(type: "change", listener: (state: AppStateStatus) => void): Subscription;
  };
  export const Linking: {
    getInitialURL(): Promise<string | null>;
    addEventListener(type: "url", listener: (event: { url: string }) => void): Subscription;
  };
}

declare module "@react-native-community/netinfo" {
  interface State { readonly isConnected: boolean | null }
  const NetInfo: { addEventListener(listener: (state: State) => void): () => void };
  export default NetInfo;
}

declare module "@react-native-async-storage/async-storage" {
  const AsyncStorage: {
    getItem(key: string): Promise<string | null>;
    setItem(key: string, value: string): Promise<void>;
    removeItem(key: string): Promise<void>;
  };
  export default AsyncStorage;
}

declare module "expo-secure-store" {
  export const AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY: number;
  interface Options { readonly keychainAccessible?: number }
  export function getItemAsync(key: string): Promise<string | null>;
  export function setItemAsync(key: string, value: string, options?: Options): Promise<void>;
  export function deleteItemAsync(key: string): Promise<void>;
}
`;
