import { cacheTag } from './cache.ts';
import type { Objection } from './field.ts';
import { faultOfRepositoryName, isTag, nearestRepositoryName } from './reference.ts';

/** Says what is wrong with a text, or nothing. */
export type Check = (text: string) => Objection | undefined;

export const repositoryName: Check = name => {
  if (name === '') return { problem: 'is empty', remedy: "Name the ECR repository, such as 'team/app'." };
  const problem = faultOfRepositoryName(name);
  const near = nearestRepositoryName(name);
  const remedy = `Give the name alone, such as 'team/app'.${near && near !== name ? ` Did you mean '${near}'?` : ''}`;
  return problem === undefined ? undefined : { problem, remedy };
};

export const region: Check = text =>
  /^[a-z]+(-[a-z]+)+-\d+$/.test(text)
    ? undefined
    : { problem: 'is not a region', remedy: 'Give its code, such as eu-central-1, here or in AWS_REGION.' };

export const roleArn: Check = arn =>
  /^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn)
    ? undefined
    : {
        problem: "is not a role's ARN",
        remedy: 'Give it whole, such as arn:aws:iam::123456789012:role/github-ecr-push.',
      };

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const sessionName: Check = name =>
  /^[\w+=,.@-]{2,64}$/.test(name)
    ? undefined
    : { problem: 'is not a session name', remedy: 'Allowed: 2 to 64 letters, digits and any of _+=,.@-' };

export const tag: Check = text =>
  text.startsWith(cacheTag)
    ? { problem: 'is where layers are cached', remedy: `Use a tag that does not begin with '${cacheTag}'.` }
    : isTag(text)
      ? undefined
      : {
          problem: 'is not a tag',
          remedy:
            "Allowed, one a line: up to 128 letters, digits, '_', '.' and '-', the first no '.' or '-'.",
        };

export const platform: Check = text =>
  /^[a-z0-9]+(\/[a-z0-9_]+){0,2}$/.test(text)
    ? undefined
    : { problem: 'is not a platform', remedy: 'Give os/architecture, such as linux/amd64,linux/arm64.' };

export const assignment: Check = text =>
  /^[^=\s"']+(=|$)/.test(text)
    ? undefined
    : {
        problem: 'has no name',
        remedy:
          'Give NAME=value, one a line; put quotes around the whole of an item that spans lines, "NAME=one\\ntwo".',
      };

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const externalId: Check = text =>
  /^[\w+=,.@:/-]{2,1224}$/.test(text)
    ? undefined
    : { problem: 'is not an external id', remedy: 'Allowed: 2 to 1224 letters, digits and any of _+=,.@:/-' };

export const policyArn: Check = arn =>
  /^arn:[a-z0-9-]+:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/.test(arn)
    ? undefined
    : {
        problem: "is not a policy's ARN",
        remedy: 'Give it whole, such as arn:aws:iam::aws:policy/ReadOnlyAccess.',
      };

export const accountId: Check = id =>
  /^\d{12}$/.test(id)
    ? undefined
    : { problem: 'is not an account id', remedy: 'Give its 12 digits, in quotes in YAML.' };

export const proxy: Check = text =>
  /^https?:\/\/[^/\s]+\/?$/.test(text)
    ? undefined
    : { problem: "is not a proxy's address", remedy: 'Give it as http://host:port.' };

/** Nothing can be wrong with it. */
export const anything: Check = () => undefined;
