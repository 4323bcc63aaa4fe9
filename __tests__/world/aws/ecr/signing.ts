import { randomUUID } from 'node:crypto';
import { denialMessage, denialOf } from '../authorization.ts';
import type { Principal } from '../identities.ts';
import { Refusal } from '../refusal.ts';
import { matchesWildcard } from '../wildcard.ts';
import { digestOf } from './content.ts';
import { getImage } from './image-lookup.ts';
import type { Image } from './image.ts';
import * as members from './members.ts';
import { operation, placeOf } from './operation.ts';
import type { EcrContext } from './operation.ts';
import type { Push } from './push.ts';
import { list, oneOf, structure, text } from './shape.ts';
import type { Shaped } from './shape.ts';

/**
 * Managed signing: what a registry signs by itself, in the name of who pushed.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/managed-signing.html
 */
export interface Signing {
  /** Absent while nobody has put any. */
  rules?: SigningRules;
  /** Whether a manifest that comes by PutImage is signed, as one that a client pushes is; no source tells. True at first. */
  signsPuts: boolean;
  /** Whether an image that is there already is signed again when a tag is put on it; no source tells. False at first. */
  signsRetags: boolean;
  /** Statuses by `repository@digest`, each of a signing profile. */
  readonly statuses: Map<string, SigningStatus[]>;
}

/** Who pushed something, and in which way. */
export interface Pusher {
  principal: Principal;
  way: 'registry' | 'PutImage';
}

interface SigningStatus {
  signingProfileArn: string;
  status: 'COMPLETE' | 'FAILED';
  failureCode?: string;
  failureReason?: string;
}

const rules = list(
  structure(
    {
      signingProfileArn: text({
        max: 200,
        pattern: String.raw`arn:aws(-[a-z]+)*:signer:[a-z0-9-]+:[0-9]{12}:\/signing-profiles\/[a-zA-Z0-9_]{2,}`,
      }),
    },
    {
      repositoryFilters: list(
        structure({ filter: text({ min: 1, max: 256 }), filterType: oneOf('WILDCARD_MATCH') }, {}),
        { min: 1, max: 100 },
      ),
    },
  ),
  { min: 0, max: 10 },
);
type SigningRules = Shaped<typeof rules>;

export function createSigning(): Signing {
  return { signsPuts: true, signsRetags: false, statuses: new Map() };
}

/** The signature's kind: https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md */
const signatureType = 'application/vnd.cncf.notary.signature';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/**
 * Signs what has been pushed, where a rule says so: a signature is a manifest of its own that is about the image.
 *
 * @param isNew false where the image was there and only got a tag
 * @param push puts a manifest as {@link pushManifest} does
 */
export async function sign(
  context: EcrContext,
  {
    repositoryName,
    image,
    isNew,
    pusher,
  }: { repositoryName: string; image: Image; isNew: boolean; pusher: Pusher },
  push: (manifest: Push) => Promise<unknown>,
): Promise<void> {
  const { signing, identities, storage } = context;
  const isMeant = isNew ? pusher.way === 'registry' || signing.signsPuts : signing.signsRetags;
  if (!isMeant || image.subject !== undefined) return;
  const matching = (signing.rules ?? []).filter(
    ({ repositoryFilters }) =>
      repositoryFilters?.some(({ filter }) => matchesWildcard(filter, repositoryName)) ?? true,
  );
  for (const { signingProfileArn } of new Map(
    matching.map(rule => [rule.signingProfileArn, rule]),
  ).values()) {
    const { principal } = pusher;
    const access = { principal, action: 'signer:SignPayload', resource: signingProfileArn };
    const reason = denialOf(identities, { ...access, place: placeOf(context) });
    const status: SigningStatus =
      reason === undefined
        ? { signingProfileArn, status: 'COMPLETE' }
        : {
            signingProfileArn,
            status: 'FAILED',
            failureCode: 'AccessDeniedException',
            failureReason: denialMessage(access, reason),
          };
    const key = `${repositoryName}@${image.digest}`;
    const others = signing.statuses.get(key)?.filter(each => each.signingProfileArn !== signingProfileArn);
    signing.statuses.set(key, [...(others ?? []), status]);
    if (reason !== undefined) continue;
    const put = async (bytes: string, mediaType: string) => {
      const digest = digestOf(bytes);
      await storage().content.writeBlob(repositoryName, digest, Buffer.from(bytes));
      return { mediaType, digest, size: bytes.length };
    };
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      artifactType: signatureType,
      config: await put('{}', 'application/vnd.oci.empty.v1+json'),
      // No two signatures are alike, as each has its time.
      layers: [await put(`not really an envelope: ${randomUUID()}`, 'application/jose+json')],
      subject: { mediaType: image.mediaType, digest: image.digest, size: Buffer.byteLength(image.manifest) },
    });
    await push({ repositoryName, manifest, mediaType: manifestType });
  }
}

export const putSigningConfiguration = operation(
  structure({ signingConfiguration: structure({ rules }, {}) }, {}),
  {
    resources: () => ['*'],
    perform({ signingConfiguration }, { signing }) {
      signing.rules = signingConfiguration.rules;
      return { signingConfiguration };
    },
  },
);

export const getSigningConfiguration = operation(structure({}, {}), {
  resources: () => ['*'],
  perform(_request, { registry: { accountId }, signing }) {
    if (signing.rules) return { registryId: accountId, signingConfiguration: { rules: signing.rules } };
    throw new Refusal(
      'SigningConfigurationNotFoundException',
      `The signing configuration does not exist in the registry with id '${accountId}'`,
    );
  },
});

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageSigningStatus.html */
export const describeImageSigningStatus = operation(
  structure({ repositoryName: members.repositoryName, imageId: members.imageId }, members.registry),
  {
    perform({ repositoryName, imageId }, { registry, signing }) {
      const image = getImage(registry, registry.get(repositoryName), imageId);
      return {
        repositoryName,
        registryId: registry.accountId,
        imageId: { ...imageId, imageDigest: image.digest },
        signingStatuses: signing.statuses.get(`${repositoryName}@${image.digest}`) ?? [],
      };
    },
  },
);
