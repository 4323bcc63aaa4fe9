import { Refusal } from '../refusal.ts';
import * as members from './members.ts';
import { operation } from './operation.ts';
import { appliedFiltersOf, scanFrequencyOf } from './scan-frequency.ts';
import { list, oneOf, structure } from './shape.ts';

/** Continuous scanning is Inspector's, and manual scanning is what is left where no rule says anything. */
const frequencies = { BASIC: ['SCAN_ON_PUSH', 'MANUAL'], ENHANCED: ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN'] };

export const getRegistryScanningConfiguration = operation(structure({}, {}), {
  resources: () => ['*'],
  perform: (_request, { registry: { accountId, scanning } }) => ({
    registryId: accountId,
    scanningConfiguration: scanning,
  }),
});

export const putRegistryScanningConfiguration = operation(
  structure({}, { scanType: oneOf('BASIC', 'ENHANCED'), rules: members.scanningRules }),
  {
    resources: () => ['*'],
    perform({ scanType = 'BASIC', rules = [] }, { registry }) {
      const wrong = rules.find(({ scanFrequency }) => !frequencies[scanType].includes(scanFrequency));
      if (wrong) {
        throw new Refusal(
          'ValidationException',
          `The scan frequency ${wrong.scanFrequency} is not supported for scan type ${scanType}`,
        );
      }
      registry.scanWith({ scanType, rules });
      return { registryScanningConfiguration: { scanType, rules } };
    },
  },
);

export const batchGetRepositoryScanningConfiguration = operation(
  structure({ repositoryNames: list(members.repositoryName, { min: 1, max: 25 }) }, {}),
  {
    resources: ({ repositoryNames }, { arnOf }) => repositoryNames.map(arnOf),
    perform({ repositoryNames }, { registry }) {
      const known = repositoryNames.flatMap(name => registry.find(name) ?? []);
      return {
        scanningConfigurations: known.map(repository => {
          const scanFrequency = scanFrequencyOf(repository, registry.scanning);
          return {
            repositoryArn: repository.arn,
            repositoryName: repository.name,
            scanOnPush: scanFrequency !== 'MANUAL',
            scanFrequency,
            appliedScanFilters: appliedFiltersOf(repository, registry.scanning),
          };
        }),
        failures: repositoryNames
          .filter(name => !registry.find(name))
          .map(repositoryName => ({
            repositoryName,
            failureCode: 'REPOSITORY_NOT_FOUND',
            failureReason: `The repository with name '${repositoryName}' does not exist in the registry with id '${registry.accountId}'`,
          })),
      };
    },
  },
);
