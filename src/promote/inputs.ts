import { parseArn } from '../aws/arn.ts';
import { partitionOf } from '../ecr/hosts.ts';
import { addressOf, inLowerCase, partsOfImage, problemWithRepository } from '../ecr/reference.ts';
import type { RepositoryAddress } from '../ecr/reference.ts';
import { imageNameIn } from '../image/inputs.ts';
import type { RepositoryInputs } from '../repository/plan.ts';
import type { RoleInputs } from '../role/plan.ts';
import type { Mode } from '../validation/mode.ts';
import type { InputReader } from '../validation/reader.ts';
import * as validators from '../validation/validators.ts';
import type { PromotionInputs, SourceImage } from './plan.ts';

interface ReadPromotionOptions {
  mode: Mode;
  /** Where the image goes. */
  repository: RepositoryInputs;
  role: Pick<RoleInputs, 'region' | 'arns' | 'allowedAccountIds'>;
}

const remedy =
  "Give the image's reference, with its repository: its digest or tag behind a URI, an ARN or the name of a repository, such as 123456789012.dkr.ecr.eu-central-1.amazonaws.com/staging/app@sha256:…, or the output `image` of the step that pushed it.";

/** Reads which image is copied, and with which role it is read; `undefined` where none is. */
export function readPromotion(
  reader: InputReader,
  { mode, repository, role }: ReadPromotionOptions,
): PromotionInputs | undefined {
  const sourceRole = reader.optional('source-role-to-assume', validators.roleArn);
  if (mode !== 'promote') {
    if (sourceRole !== undefined)
      reader.reject('source-role-to-assume', sourceRole, {
        problem: 'is the role that reads the image of `mode: promote`',
        remedy: 'Set `mode: promote`, or leave it out.',
      });
    return undefined;
  }
  if (repository.type === 'public') {
    reader.reject('mode', mode, {
      problem: 'is not to be had in ECR Public, which neither shows manifests nor scans',
      remedy: 'Promote into a private repository, or build for ECR Public by `mode: all`.',
    });
  }
  const given = reader.text('image', () => undefined);
  const { path, ...named } = partsOfReference(given);
  const name = imageNameIn(named);
  if (name === undefined || path === undefined) {
    reader.reject('image', given, whyUnnamed({ given, isNamed: name !== undefined }));
    return undefined;
  }
  const address = addressOf(path);
  const problem = problemWithSource(path, address);
  if (problem !== undefined) {
    reader.reject('image', given, { problem, remedy });
    return undefined;
  }
  const source = sourceOf({ name, path, address }, { sourceRole, repository, region: role.region });
  if (isSameRepository({ source, sourceRole }, { repository, role })) {
    reader.reject('image', given, {
      problem: `is an image of '${repository.name}' itself, where \`repository\` says that it goes`,
      remedy: 'To judge and release it where it is, set `mode: gate`. Else correct one of the two.',
    });
  }
  rejectOtherPartition(reader, given, { source, sourceRole, region: role.region });
  rejectOtherAccount(reader, { source, sourceRole, allowed: role.allowedAccountIds });
  return { source, ...(sourceRole !== undefined && { role: sourceRole }) };
}

/** The parts of a reference, which may begin with the mere name of a repository. A digest or a tag alone names none. */
function partsOfReference(text: string): ReturnType<typeof partsOfImage> {
  const parts = partsOfImage(text);
  if (parts.path !== undefined || parts.digest === text) return parts;
  const pattern = /^(?<path>[A-Za-z][^/:@]*)(?::(?<tag>[^:@/]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;
  const found = pattern.exec(text)?.groups;
  return found?.['tag'] === undefined && found?.['digest'] === undefined ? parts : { ...found };
}

function whyUnnamed({ given, isNamed }: { given: string; isNamed: boolean }) {
  if (given === '') return { problem: 'is empty, and `mode: promote` copies an image', remedy };
  if (!isNamed) return { problem: 'names no image', remedy };
  return {
    problem: 'names no repository that it is copied from, and `repository` is where it goes',
    remedy: `${remedy} To judge and release an image that is in \`repository\` already, set \`mode: gate\`.`,
  };
}

function problemWithSource(path: string, { type, name }: RepositoryAddress): string | undefined {
  if (type === 'public') return 'is in ECR Public, which does not show the manifests that a copy is made of';
  const problem = problemWithRepository(path)?.problem;
  return problem === undefined ? undefined : `is in no private registry of ECR: '${name}' ${problem}`;
}

/**
 * Where an image is. What its address leaves out is as for `repository`; the mere name of a repository is in the account of the
 * role that reads it.
 */
function sourceOf(
  { name, path, address }: { name: SourceImage['name']; path: string; address: RepositoryAddress },
  {
    sourceRole,
    repository,
    region,
  }: { sourceRole: string | undefined; repository: RepositoryInputs; region: string },
): SourceImage {
  const registryId = address.registryId ?? (sourceRole === undefined ? repository.registryId : undefined);
  return {
    name,
    repository: { name: address.name, ...(registryId !== undefined && { registryId }) },
    region: address.region ?? region,
    address: inLowerCase(path).replace(/^https:\/\//, ''),
  };
}

/** Whether the image is in the repository that it would be copied to, as far as the inputs tell. */
function isSameRepository(
  { source, sourceRole }: { source: SourceImage; sourceRole: string | undefined },
  { repository, role }: Pick<ReadPromotionOptions, 'repository' | 'role'>,
): boolean {
  if (source.repository.name !== repository.name || source.region !== role.region) return false;
  const actingAccount = accountOf(role.arns.at(-1));
  const from = source.repository.registryId ?? accountOf(sourceRole) ?? actingAccount;
  return from === (repository.registryId ?? actingAccount);
}

/** Rejects a partition of AWS in which the role that reads the image is not known. */
function rejectOtherPartition(
  reader: InputReader,
  given: string,
  { source, sourceRole, region }: { source: SourceImage; sourceRole: string | undefined; region: string },
): void {
  const own = parseArn(sourceRole ?? '').partition ?? partitionOf(region);
  const partition = partitionOf(source.region);
  if (region === '' || partition === own) return;
  reader.reject('image', given, {
    problem: `is in the partition ${partition} of AWS, and the role that reads it is of ${own}`,
    remedy:
      'No role is known in another partition: give one of that partition in `source-role-to-assume`, or correct `image`.',
  });
}

/** Rejects an account that `allowed-account-ids` leaves out, as the step acts there too. */
function rejectOtherAccount(
  reader: InputReader,
  {
    source,
    sourceRole,
    allowed,
  }: { source: SourceImage; sourceRole: string | undefined; allowed: readonly string[] },
): void {
  const accounts = [
    ['image', source.repository.registryId],
    ['source-role-to-assume', accountOf(sourceRole)],
  ] as const;
  const left = accounts.find(
    ([, account]) => account !== undefined && allowed.length > 0 && !allowed.includes(account),
  );
  if (left === undefined) return;
  const [input, account] = left;
  reader.reject('allowed-account-ids', allowed.join(', '), {
    problem: `does not name ${account}, the account in \`${input}\``,
    remedy: `Add it there, or correct \`${input}\`.`,
  });
}

function accountOf(arn: string | undefined): string | undefined {
  return parseArn(arn ?? '').account;
}
