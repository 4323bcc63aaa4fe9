import * as members from './members.ts';
import { operation } from './operation.ts';
import { list, structure } from './shape.ts';

export const getAuthorizationToken = operation(
  structure({}, { registryIds: list(members.registryId, { min: 1, max: 10 }) }),
  {
    resources: () => ['*'],
    perform({ registryIds }, { logins, principal, registry, storage }) {
      const { password, expiresAt } = logins.issue(principal);
      return {
        authorizationData: (registryIds ?? [registry.accountId]).map(id => ({
          authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
          expiresAt,
          proxyEndpoint:
            id === registry.accountId
              ? storage().endpoint
              : `https://${id}.dkr.ecr.${registry.region}.amazonaws.com`,
        })),
      };
    },
  },
);
