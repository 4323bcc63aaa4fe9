import type { Aws } from '../aws/aws.ts';
import type { Ecr } from '../aws/ecr/ecr.ts';
import type { RegistryId } from '../aws/ecr/registries.ts';
import type { Engine } from '../docker/engine.ts';
import { createFaults } from '../faults.ts';
import type { Faults } from '../faults.ts';
import { startDistribution } from './distribution.ts';
import { startGate } from './gate.ts';
import type { Gate } from './gate.ts';

/** The registry of an account in a region, with a host of its own. */
export interface OpenedRegistry {
  ecr: Ecr;
  gate: Gate;
  /** What goes wrong at this gate. */
  gateFaults: Faults;
  /** The registry itself, behind the gate and without its rules. */
  registryUrl: string;
}

/** All registries of a world that have a host, the first one among them. */
export interface OpenedRegistries extends AsyncDisposable {
  /** Puts a host and a real registry behind the registry of an account in a region; who is asked for again is the same. */
  open(id: Partial<RegistryId>): Promise<OpenedRegistry>;
  /** Makes every call to AWS, and every request to a registry that is open or is opened later, take longer. */
  addLatency(milliseconds: number): void;
}

export function openRegistries(
  first: OpenedRegistry,
  { aws, engine }: { aws: Aws; engine: Engine },
): OpenedRegistries {
  const stack = new AsyncDisposableStack();
  const opened = new Map([[first.ecr, Promise.resolve(first)]]);
  const gateFaults = [first.gateFaults];
  let latencyMs = 0;
  const start = async (ecr: Ecr): Promise<OpenedRegistry> => {
    const faults = createFaults();
    faults.latencyMs = latencyMs;
    gateFaults.push(faults);
    const upstream = stack.use(await startDistribution());
    const gate = stack.use(await startGate({ ecr, upstream: upstream.url, faults }));
    stack.defer(() => engine.forget([gate.host]));
    return { ecr, gate, gateFaults: faults, registryUrl: upstream.url };
  };
  return {
    open(id) {
      const ecr = aws.registry(id);
      const known = opened.get(ecr) ?? start(ecr);
      opened.set(ecr, known);
      return known;
    },
    addLatency(milliseconds) {
      latencyMs = milliseconds;
      for (const faults of [aws.faults, aws.layers.faults, ...gateFaults]) faults.latencyMs = milliseconds;
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}
