import type { InputReader } from '../validation/reader.ts';
import type { BuilderNode, Certificate, MadeBuilderPlan } from './plan.ts';

/** Options of the driver `remote` that name a file, and the ends of the variables that give its text. */
const variableEnds = [
  ['cacert', 'CACERT'],
  ['cert', 'CERT'],
  ['key', 'KEY'],
] as const;

interface ReadCertificatesOptions {
  /** The input that has the node's options, for messages. */
  input: 'driver-opts' | 'append';
  /** The node's place in the builder, from 0 on. */
  index: number;
  /** A variable of the job's environment. */
  jobValue(name: string): string | undefined;
  /** Masks a value in the log from then on. */
  hide(secret: string): void;
}

/**
 * Reads the certificates and the key of a node behind TLS from the variables that docker/setup-buildx-action takes them from. Like
 * there, they are for the driver `remote` and an address `tcp://…` alone.
 * https://docs.docker.com/build/ci/github-actions/configure-builder/#authentication-for-remote-builders
 */
export function readCertificates(
  reader: InputReader,
  { endpoint, driverOpts }: BuilderNode,
  { input, index, jobValue, hide }: ReadCertificatesOptions,
): Certificate[] {
  if (!endpoint?.startsWith('tcp://')) return [];
  return variableEnds.flatMap(([option, end]) => {
    const variable = `BUILDER_NODE_${index}_AUTH_TLS_${end}`;
    // A pull request from a fork gets the secret as an empty text.
    const text = jobValue(variable) ?? '';
    if (text.trim() === '') return [];
    if (option === 'key') hide(text.trim());
    if (!text.includes('-----BEGIN ')) {
      reader.reject(variable, '…', {
        problem: `is not the text of a ${option === 'key' ? 'key' : 'certificate'} in PEM form`,
        remedy: `Give its content, from -----BEGIN on; the path of a file goes into \`driver-opts\`, as ${option}=path.`,
      });
    }
    const given = driverOpts.find(each => each.replace(/^"/, '').startsWith(`${option}=`));
    if (given !== undefined) {
      reader.reject(input, given, {
        problem: `names what the variable ${variable} gives too`,
        remedy: 'Give one of the two.',
      });
    }
    return [{ option, text }];
  });
}

/** The plan with the certificates of its nodes as options that name their files in a folder. */
export function withCertificateFiles(plan: MadeBuilderPlan, folder: string): MadeBuilderPlan {
  const named = (node: BuilderNode, index: number): BuilderNode => ({
    ...node,
    driverOpts: [
      ...node.driverOpts,
      ...(node.certificates ?? []).map(({ option }) => `${option}=${fileOf(folder, index, option)}`),
    ],
  });
  const [node = plan.node, ...append] = [plan.node, ...plan.append].map(named);
  return { ...plan, node, append };
}

/** The path of a certificate's file in the folder of a builder's certificates. */
export function fileOf(folder: string, index: number, option: Certificate['option']): string {
  return `${folder}/node-${index}-${option}.pem`;
}
