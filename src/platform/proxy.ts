import { maskIfLong } from './actions.ts';

/**
 * Sends the requests of this process and of its children through the proxy that the inputs name, if they do: it sets the environment
 * variables that all of them read. The password in the address is masked, as it is written and decoded, unless it is so short that
 * this would hide other text.
 * https://docs.github.com/en/actions/how-tos/manage-runners/self-hosted-runners/use-proxy-servers
 */
export function useProxy({ proxy, noProxy }: { proxy?: string; noProxy?: string }): void {
  if (proxy === undefined) return;
  const { password } = new URL(proxy);
  for (const form of [password, decodeURIComponent(password)]) maskIfLong(form);
  Object.assign(process.env, proxyVariables(proxy, noProxy));
}

/** The variables by which programs find a proxy. */
export function proxyVariables(
  proxy: string | undefined,
  noProxy: string | undefined,
): Readonly<Record<string, string>> {
  if (proxy === undefined) return {};
  return { https_proxy: proxy, http_proxy: proxy, ...(noProxy !== undefined && { no_proxy: noProxy }) };
}
