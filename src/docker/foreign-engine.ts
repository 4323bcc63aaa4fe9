import { Failure } from '../platform/failure.ts';

/** An engine that docker's command line speaks to and that is not Docker's own for Linux. */
export type ForeignEngine = { kind: 'windows' } | { kind: 'podman'; version: string };

/** The part of `docker info --format '{{json .}}'` that tells whose engine it is. */
export interface EngineInfo {
  ServerVersion?: string;
  /** `linux` or `windows`: the system of the containers. */
  OSType?: string;
  /** That of Docker's own engine is never empty, that of Podman's API always. */
  IndexServerAddress?: string;
}

/** A part of the engine, as `docker version --format '{{json .Server.Components}}'` lists them. */
interface EngineComponent {
  Name?: string;
}

/**
 * What the engine is where it is not Docker's own for Linux. Podman answers docker's API; only the list of its components, for
 * which `readComponents` asks, has its name. https://github.com/containers/podman/blob/main/pkg/api/handlers/compat/version.go
 */
export async function foreignEngineOf(
  { ServerVersion: version, OSType: system, IndexServerAddress: index }: EngineInfo,
  readComponents: () => Promise<string>,
): Promise<ForeignEngine | undefined> {
  if (!version) return undefined;
  if (system === 'windows') return { kind: 'windows' };
  if (index !== '') return undefined;
  const components: EngineComponent[] = parseComponents(await readComponents());
  return components.some(({ Name }) => Name === 'Podman Engine') ? { kind: 'podman', version } : undefined;
}

function parseComponents(text: string): EngineComponent[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(each => typeof each === 'object' && each !== null) : [];
  } catch {
    return [];
  }
}

/** What Podman's own command line tells of itself, in place of docker's. https://docs.podman.io/en/latest/markdown/podman-info.1.html */
export interface PodmanInfo {
  host?: { buildahVersion?: string };
  version?: { Version?: string };
}

/** The failure for a `docker` that is Podman's command line; `undefined` for docker's own. */
export function podmanCommandFailure({ host, version }: PodmanInfo): Failure | undefined {
  if (host?.buildahVersion === undefined) return undefined;
  return new Failure(
    `The docker command of this runner is Podman's${version?.Version ? `, ${version.Version}` : ''}: it has no buildx, with which images are built here.`,
    {
      remedy:
        "Install docker's own command line with the package docker-buildx-plugin, before Podman's on PATH. It can build without Docker's engine, by a BuildKit elsewhere: `driver: remote` or `driver: kubernetes`.",
    },
  );
}

/** How an engine is used: whose builder builds on it, `none` where BuildKit runs elsewhere, and whether it takes the image. */
export interface EngineUse {
  driver: 'docker' | 'docker-container' | 'none';
  load: boolean;
}

/** The failure of a build that a foreign engine can't do; `undefined` where it may. */
export function foreignEngineFailure(
  engine: ForeignEngine,
  { driver, load }: EngineUse,
): Failure | undefined {
  if (engine.kind === 'podman') {
    // A container of BuildKit runs in Podman too, where that lets it.
    if (driver !== 'docker') return undefined;
    return new Failure(
      `The engine that docker speaks to is Podman ${engine.version}, which has no BuildKit to build with.`,
      {
        remedy:
          "Point DOCKER_HOST at Docker's engine, or build by a BuildKit of its own: `driver: docker-container` (a privileged container, which Podman has to allow), `driver: remote` or `driver: kubernetes`.",
      },
    );
  }
  if (driver === 'none' && !load) return undefined;
  return new Failure(
    `The Docker engine of this machine runs Windows containers, and images of Linux, which are built here, can be neither built nor loaded with it.`,
    {
      remedy:
        'Run the job on Linux (`runs-on: ubuntu-latest`), switch Docker Desktop to Linux containers, or build without `load` by a BuildKit elsewhere: `driver: remote` or `driver: kubernetes`.',
    },
  );
}
