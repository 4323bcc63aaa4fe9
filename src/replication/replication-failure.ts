import { Failure } from '../platform/failure.ts';
import { sayPlace, sayState } from './replica.ts';
import type { WaitReason, Watched } from './replica.ts';

/** The failure that names all places without the image; `undefined` where there is none. */
export function replicationFailure(
  watched: readonly Watched[],
  { own, ref, time }: { own: string; ref: string; time: string },
): Failure | undefined {
  const absent = watched.filter(({ state }) => state.kind !== 'replicated');
  if (absent.length === 0) return undefined;
  const lines = absent.map(({ destination, state }) => {
    const why = state.kind === 'pending' ? `not within ${time} (last seen: ${state.state})` : sayState(state);
    return `- ${sayPlace(destination, own)}: ${why}`;
  });
  const has = (reason: WaitReason): boolean =>
    absent.some(({ state }) => state.kind === 'pending' && state.reason === reason);
  const remedies = [
    ...(absent.some(({ state }) => state.kind === 'failed')
      ? [
          'Where it failed: a destination of another account has to allow ecr:ReplicateImage to this one in the policy of its registry, and ecr:CreateRepository where the repository is missing there. Once the cause is gone, a backfill of the replication brings the image there, or the next push.',
        ]
      : []),
    ...(has('unlisted')
      ? [
          'Where it is not listed: ECR replicates what is pushed once the rule is there. An older image comes there by a backfill of the replication, or by `copy-to`.',
        ]
      : []),
    ...(has('tag elsewhere')
      ? [
          'Where a tag is on another image: the repository there does not let it move, as its settings are its own. Allow it there, or delete the tag there.',
        ]
      : []),
    ...(has('no answer')
      ? [
          'Where ECR did not answer: the network of the runner has to let it reach ECR in that region. Where it may not, take ecr:BatchGetImage there from the role, and what ECR says of the replication is believed.',
        ]
      : []),
    'The image is released in its own repository. Raise `replication-timeout` where the time was short; a re-run builds nothing and looks again.',
  ];
  return new Failure(
    `ECR has not replicated ${ref} to ${absent.length} of ${watched.length} registries:\n${lines.join('\n')}`,
    { remedy: remedies.join('\n') },
  );
}
