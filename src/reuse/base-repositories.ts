import type { Build } from '../build/build.ts';
import { contextsOf } from '../build/contexts.ts';
import { baseImageIn } from '../ecr/base-registries.ts';
import type { BaseRepository } from '../ecr/base-registries.ts';
import { knownBaseImagesOf } from './base-images.ts';
import { buildArgsOf } from './content-key.ts';

/** The repositories of ECR that the images of a Dockerfile and of the build contexts lie in, each once, in order. */
export function baseRepositoriesOf(
  dockerfile: string,
  { build, native }: { build: Build; native: string },
): BaseRepository[] {
  const contexts = contextsOf(build);
  const images = knownBaseImagesOf(dockerfile, {
    target: build.target,
    buildArgs: buildArgsOf(build),
    contexts: Object.keys(contexts),
    platforms: build.platforms.length > 0 ? build.platforms : [native],
    native,
  });
  const named = Object.values(contexts).flatMap(each => (each.kind === 'image' ? each.reference : []));
  const byKey = new Map(
    [...images, ...named].flatMap(image => {
      const repository = baseImageIn(image)?.repository;
      return repository === undefined ? [] : [[Object.values(repository).join('/'), repository] as const];
    }),
  );
  return [...byKey].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
}
