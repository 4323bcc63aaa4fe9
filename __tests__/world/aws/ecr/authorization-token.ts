import type { Login } from './logins.ts';
import * as members from './members.ts';
import { operation } from './operation.ts';
import { list, structure } from './shape.ts';

/** One password, and no word about where it is good: that is what the repositories' URIs begin with. */
export const getPublicAuthorizationToken = operation(structure({}, {}), {
  alsoNeeds: () => ['sts:GetServiceBearerToken'],
  resources: () => ['*'],
  perform(_request, { logins, principal }) {
    return { authorizationData: tokenOf(logins.issue(principal)) };
  },
});

export const getAuthorizationToken = operation(
  structure({}, { registryIds: list(members.registryId, { min: 1, max: 10 }) }),
  {
    resources: () => ['*'],
    perform({ registryIds }, { logins, principal, registry, endpointOf }) {
      const { authorizationToken, expiresAt } = tokenOf(logins.issue(principal));
      return {
        authorizationData: (registryIds ?? [registry.accountId]).map(id => ({
          authorizationToken,
          expiresAt,
          proxyEndpoint: endpointOf(id),
        })),
      };
    },
  },
);

function tokenOf({ password, expiresAt }: Login): { authorizationToken: string; expiresAt: Date } {
  return { authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'), expiresAt };
}
