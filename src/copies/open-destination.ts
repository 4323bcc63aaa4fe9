import { requestLogin } from '../aws/authorization-token.ts';
import type { Login } from '../aws/authorization-token.ts';
import type { AwsSession } from '../aws/aws.ts';
import type { CredentialsProvider } from '../aws/client.ts';
import type { PolicyDocument } from '../aws/iam-policy.ts';
import { atHost } from '../ecr/reference.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import { changeSettings, changesOf } from '../repository/change-settings.ts';
import { createRepository, findRepository } from '../repository/find-or-create.ts';
import { openLifecycle } from '../repository/put-lifecycle-policy.ts';
import type { Lifecycle } from '../repository/put-lifecycle-policy.ts';
import { sayRepository } from '../repository/repository.ts';
import type { Repository } from '../repository/repository.ts';
import { compareSettings, isToCompare } from '../repository/settings-diff.ts';
import type { SettingsDiff } from '../repository/settings-diff.ts';
import { explainDenial } from '../role/access-denied.ts';
import { openElsewhere, providerOfOther, regionForRole } from '../role/other-role.ts';
import type { PermissionsElsewhere } from '../role/permissions-elsewhere.ts';
import { actingRole } from '../role/plan.ts';
import type { RolePlan } from '../role/plan.ts';
import type { Tags } from '../tags/plan.ts';
import { repositoryPolicyFor } from './permissions.ts';
import type { DestinationPlan } from './plan.ts';

/** A repository that the image can be copied to: whoever copies there may begin to. */
export interface Destination {
  plan: DestinationPlan;
  aws: AwsSession;
  login: Login;
  repository: Repository;
  /** How its settings differ from what is asked; absent where they were not compared. */
  settings: SettingsDiff | undefined;
  /** Puts its lifecycle policy once the image is there. */
  lifecycle: Lifecycle;
}

/** The parts of the plan that opening a destination reads. */
export interface OpeningParts {
  copies: readonly DestinationPlan[];
  role: RolePlan;
  /** The permissions of the step's own role. */
  permissions: PolicyDocument;
  permissionsElsewhere: Pick<PermissionsElsewhere, 'roles'>;
  tags: Pick<Tags, 'candidate' | 'releases'>;
}

/** Makes the function that opens a destination, with one session for all destinations of a role. */
export function destinationOpener(
  job: Job,
  plan: OpeningParts,
  own: AwsSession,
): (destination: DestinationPlan, log: Log) => Promise<Destination> {
  const sessions = new Map<string, CredentialsProvider>();
  const credentialsFor = ({ role: other, region: place }: DestinationPlan): CredentialsProvider => {
    if (other === undefined) return own.credentials;
    const key = JSON.stringify(other);
    const role = { ...plan.role, region: regionForRole(other, { own: own.region, place }) };
    const session = sessions.get(key) ?? providerOfOther(job, role, { other, own: own.credentials });
    sessions.set(key, session);
    return session;
  };
  return async (destination, log) => {
    const aws = await openElsewhere(destination.region, {
      credentials: credentialsFor(destination),
      denied: message => explainDenied(message, destination, plan),
      signal: job.signal,
    });
    const [found, login] = await Promise.all([
      ensure(aws, destination, log),
      requestLogin(aws.ecr, destination.repository.registryId),
    ]);
    const reconciled = await reconcile(aws, destination, { found, plan, log, signal: job.signal });
    const { name: repositoryName, registryId } = found;
    // An upload that nothing is sent to ends by itself.
    await aws.ecr.initiateLayerUpload({ repositoryName, registryId });
    const run = { job, plan: { repository: destination.repository, tags: plan.tags }, tell: () => {} };
    const lifecycle = openLifecycle(run, aws, { ...reconciled, of: destination.title });
    return { plan: destination, aws, login, ...reconciled, lifecycle };
  };
}

async function ensure(aws: AwsSession, { repository: plan, isForeign }: DestinationPlan, log: Log) {
  for (const line of plan.lowered ?? []) log.info(line);
  const found = await findRepository(aws, plan);
  if (found === undefined && !plan.create) throw missing({ repository: plan, isForeign }, aws.region);
  const repository = found ?? (await createRepository(aws, plan, log));
  const atGivenHost = { ...repository, uri: atHost(repository.uri, plan.host) };
  log.info(sayRepository(atGivenHost, 'private').result);
  return atGivenHost;
}

function missing(
  { repository: { name, registryId }, isForeign }: Pick<DestinationPlan, 'repository' | 'isForeign'>,
  region: string,
): Failure {
  const account = registryId === undefined ? '' : ` of ${registryId}`;
  return new Failure(`The repository '${name}' does not exist in ${region}${account}.`, {
    remedy: isForeign
      ? `Create it there, or give this line a role of that account in \`role-to-assume=\`: the policy of a repository cannot let the role of another account create it.`
      : 'Create it, correct this line, or let this step create it: `create-repository=true`.',
  });
}

/** Compares a repository that was there, and changes it where `on-drift` says so. */
async function reconcile(
  aws: AwsSession,
  { repository: plan }: DestinationPlan,
  {
    found,
    plan: { tags },
    log,
    signal,
  }: { found: Repository; plan: OpeningParts; log: Log; signal: AbortSignal },
): Promise<Pick<Destination, 'repository' | 'settings'>> {
  if (!isToCompare(plan, found)) return { repository: found, settings: undefined };
  const settings = await compareSettings(aws, plan, { repository: found, log });
  if (changesOf(plan, settings).length === 0) return { repository: found, settings };
  const options = { repository: found, plan: { repository: plan, tags }, comparison: settings, log, signal };
  return { repository: await changeSettings(aws, options), settings };
}

/** The remedy for a call that AWS denies at a destination: who needs what, in whose policy. */
function explainDenied(message: string, destination: DestinationPlan, plan: OpeningParts): string {
  const { role, isForeign, region, repository } = destination;
  const ofRole = plan.permissionsElsewhere.roles.find(each => each.role === role?.arn);
  if (ofRole !== undefined) return `As ${ofRole.role}: ${explainDenial(message, ofRole.permissions)}`;
  if (!isForeign) return explainDenial(message, plan.permissions);
  const { name, registryId } = repository;
  const ofRepository = [
    `The policy of the repository ${name} in ${region} of ${registryId} has to admit the role, with this statement. Such a policy cannot let it create the repository: where there is none, create it there, or give this line a role of that account in \`role-to-assume=\`.`,
    JSON.stringify(repositoryPolicyFor(destination, actingRole(plan.role)), null, 2),
  ];
  const isOthersToGrant = /no resource-based policy allows/i.test(message);
  return [...(isOthersToGrant ? [] : [explainDenial(message, plan.permissions)]), ...ofRepository].join('\n');
}
