import type { Problem } from './parsers.ts';

/** Answers what is wrong with a text; `undefined` if nothing is. */
export type Validator = (text: string) => Problem | undefined;

/** The code of a region of AWS. */
export const region: Validator = text =>
  /^[a-z]+(-[a-z]+)+-\d+$/.test(text)
    ? undefined
    : { problem: 'is not a region', remedy: 'Give its code, such as eu-central-1, here or in AWS_REGION.' };

/** The ARN of an IAM role. */
export const roleArn: Validator = arn =>
  /^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn)
    ? undefined
    : {
        problem: "is not a role's ARN",
        remedy: /^[\w+=,.@/-]+$/.test(arn)
          ? `Give it whole, such as arn:aws:iam::123456789012:role/${arn}. Where credentials of the job assume it, set \`role-chaining: true\` as well.`
          : 'Give it whole, such as arn:aws:iam::123456789012:role/github-ecr-push.',
      };

/** The name of a session. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const sessionName: Validator = name =>
  /^[\w+=,.@-]{2,64}$/.test(name)
    ? undefined
    : { problem: 'is not a session name', remedy: 'Allowed: 2 to 64 letters, digits and any of _+=,.@-' };

/** `os[/architecture[/variant]]` */
export const platform: Validator = text =>
  /^[a-z0-9]+(\/[a-z0-9_]+){0,2}$/.test(text)
    ? undefined
    : { problem: 'is not a platform', remedy: 'Give os/architecture, such as linux/amd64,linux/arm64.' };

/** `NAME=value` or `NAME`. */
export const assignment: Validator = text =>
  /^[^=\s"']+(=|$)/.test(text)
    ? undefined
    : {
        problem: 'has no name',
        remedy:
          'Give NAME=value, one a line; put quotes around the whole of an item that spans lines, "NAME=one\\ntwo".',
      };

/**
 * `name=value`, quoted as a whole where the value has commas.
 * https://docs.docker.com/reference/cli/docker/buildx/create/#driver-opt
 */
export const driverOption: Validator = text =>
  /^("[^=\s"']+=.*"|[^=\s"']+=.*)$/.test(text)
    ? undefined
    : {
        problem: 'is not an option of a driver',
        remedy:
          'Give name=value, one a line, with quotes around the whole of one that has commas in its value.',
      };

/** The external ID of a role. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const externalId: Validator = text =>
  /^[\w+=,.@:/-]{2,1224}$/.test(text)
    ? undefined
    : { problem: 'is not an external id', remedy: 'Allowed: 2 to 1224 letters, digits and any of _+=,.@:/-' };

/** The ARN of an IAM policy, managed by AWS or by a customer. */
export const policyArn: Validator = arn =>
  /^arn:[a-z0-9-]+:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/.test(arn)
    ? undefined
    : {
        problem: "is not a policy's ARN",
        remedy: 'Give it whole, such as arn:aws:iam::aws:policy/ReadOnlyAccess.',
      };

/** The ID of an AWS account, 12 digits. */
export const accountId: Validator = id =>
  /^\d{12}$/.test(id)
    ? undefined
    : { problem: 'is not an account id', remedy: 'Give its 12 digits, in quotes in YAML.' };

/** A filter of tags. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html */
export const exclusionFilter: Validator = text =>
  /^[0-9a-zA-Z._*-]{1,128}$/.test(text) && text.split('*').length <= 3
    ? undefined
    : {
        problem: 'is not an exclusion filter',
        remedy:
          "Allowed: up to 128 letters, digits, '.', '_' and '-', with two '*' at most, such as latest or buildcache*.",
      };

/** A key's ID, alias or ARN. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html */
export const kmsKey: Validator = text =>
  /^([0-9a-f-]{36}|mrk-[0-9a-f]{32}|alias\/[\w/-]+|arn:[a-z0-9-]+:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[\w/-]+)$/.test(
    text,
  )
    ? undefined
    : {
        problem: 'is not a KMS key',
        remedy:
          'Give its id, its alias (alias/name) or its ARN, arn:aws:kms:eu-central-1:123456789012:key/….',
      };

/** The principal of a service of AWS, or its first part alone. */
export const servicePrincipal: Validator = text =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(text)
    ? undefined
    : {
        problem: 'is not a service',
        remedy: 'Give its principal, such as lambda.amazonaws.com, or lambda for short.',
      };

/** The address of a proxy: scheme, host and port, without a path. */
export const proxy: Validator = text =>
  /^https?:\/\/[^/\s]+\/?$/.test(text)
    ? undefined
    : { problem: "is not a proxy's address", remedy: 'Give it as http://host:port.' };

/** `[type:]name=value`. https://docs.docker.com/reference/cli/docker/buildx/build/#annotation */
export const annotation: Validator = text =>
  /^((manifest|index|manifest-descriptor|index-descriptor)(\[[^\]]+\])?(,(?!:)|:))*[^=\s]+=/.test(text)
    ? undefined
    : {
        problem: 'is not an annotation',
        remedy: 'Give name=value, one a line; index:name=value is for the index of several platforms.',
      };

/** `host:address` or `host=address`. */
export const hostAddress: Validator = text =>
  /^[^\s:=]+[:=]\S+$/.test(text)
    ? undefined
    : { problem: 'maps no host', remedy: 'Give host:address, on lines or between commas.' };

/**
 * A number of bytes, with or without a unit. https://docs.docker.com/reference/cli/docker/buildx/build/#shm-size and
 * https://github.com/docker/go-units/blob/master/size.go
 */
export const size: Validator = text =>
  /^\d+(\.\d+)? ?([kmgtp]?i?b?)$/i.test(text)
    ? undefined
    : { problem: 'is not a size', remedy: 'Give a number of bytes, or one with b, k, m or g, such as 128m.' };

/** `name=soft[:hard]` */
export const ulimit: Validator = text =>
  /^[a-z]+=-?\d+(:-?\d+)?$/.test(text)
    ? undefined
    : { problem: 'is not a limit', remedy: 'Give name=soft:hard, one a line, such as nofile=1024:2048.' };

/** Accepts every text. */
export const anything: Validator = () => undefined;
