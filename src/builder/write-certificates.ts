import { remember } from '../platform/state.ts';
import { makeTempDir, writeTempFile } from '../platform/temp-dir.ts';
import { fileOf, withCertificateFiles } from './certificates.ts';
import type { MadeBuilderPlan } from './plan.ts';

/** Writes the certificates of a plan's nodes into files that only this user can read. The post step removes them. */
export async function writeCertificates(plan: MadeBuilderPlan): Promise<MadeBuilderPlan> {
  const nodes = [plan.node, ...plan.append];
  if (nodes.every(({ certificates = [] }) => certificates.length === 0)) return plan;
  const folder = await makeTempDir();
  remember({ certificates: folder });
  for (const [index, { certificates = [] }] of nodes.entries())
    for (const { option, text } of certificates)
      await writeTempFile(fileOf(folder, index, option), text, { mode: 0o600 });
  return withCertificateFiles(plan, folder);
}
