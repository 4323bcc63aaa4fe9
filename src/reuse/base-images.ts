import { Add, DockerfileParser, From, ModifiableInstruction } from 'dockerfile-ast';
import type { Instruction } from 'dockerfile-ast';
import { expandVariables, globalArguments, UnknownImage } from './dockerfile-arguments.ts';

interface BaseImageOptions {
  target: string | undefined;
  /** Values by name. */
  buildArgs: Record<string, string>;
  /** Names of build contexts, which stand for stages and images. */
  contexts: string[];
  /** `os/architecture[/variant]`, at least one. */
  platforms: string[];
  /** The platform that builds. */
  native: string;
}

/** The references of the images that a build starts from, or why the Dockerfile does not determine them. */
export type BaseImages = { kind: 'known'; images: string[] } | { kind: 'unknown'; reason: string };

interface BuildStage {
  name: string | undefined;
  base: string;
  instructions: Instruction[];
}

/**
 * Reads which images the target's stages are based on and copy from, as BuildKit would resolve them.
 * https://docs.docker.com/reference/dockerfile/
 */
export function baseImagesOf(text: string, options: BaseImageOptions): BaseImages {
  try {
    const images = options.platforms.flatMap(platform => imagesFor(text, { ...options, platform }));
    return { kind: 'known', images: [...new Set(images)].toSorted() };
  } catch (error) {
    if (error instanceof UnknownImage) return { kind: 'unknown', reason: error.message };
    throw error;
  }
}

/** Those of the images that the Dockerfile and the build arguments determine, whatever else the build fetches. */
export function knownBaseImagesOf(text: string, options: BaseImageOptions): string[] {
  const images = options.platforms.flatMap(platform => {
    try {
      return imagesFor(text, { ...options, platform }, knownSourcesOf);
    } catch (error) {
      if (error instanceof UnknownImage) return [];
      throw error;
    }
  });
  return [...new Set(images)].toSorted();
}

function imagesFor(
  text: string,
  options: BaseImageOptions & { platform: string },
  sourcesIn: typeof knownSourcesOf = sourcesOf,
): string[] {
  const dockerfile = DockerfileParser.parse(text);
  const stages = stagesOf(dockerfile.getInstructions());
  const values = globalArguments(dockerfile.getInitialARGs(), options);
  const contexts = new Set(options.contexts.map(familiarName));
  const syntax = dockerfile.getDirectives().find(each => each.getName().toLowerCase() === 'syntax');
  const frontend = options.buildArgs['BUILDKIT_SYNTAX'] ?? syntax?.getValue();
  const images = frontend === undefined ? [] : [frontend.trim()];
  const neededStages = [targetIndex(options.target, stages)];
  for (const index of neededStages) {
    const earlierStages = stages.slice(0, index);
    for (const source of sourcesIn(stages[index], values)) {
      if (source === 'scratch' || contexts.has(familiarName(source))) continue;
      const sourceStage = earlierStages.findLastIndex(
        ({ name }, at) => name === source.toLowerCase() || String(at) === source,
      );
      if (sourceStage < 0) images.push(source);
      else if (!neededStages.includes(sourceStage)) neededStages.push(sourceStage);
    }
  }
  return images;
}

function stagesOf(instructions: Instruction[]): BuildStage[] {
  const stages: BuildStage[] = [];
  for (const each of instructions) {
    if (each instanceof From) {
      const name = each.getBuildStage()?.toLowerCase();
      stages.push({ name, base: each.getImage() ?? '', instructions: [] });
    } else stages.at(-1)?.instructions.push(each);
  }
  return stages;
}

function targetIndex(target: string | undefined, stages: BuildStage[]): number {
  const index =
    target === undefined
      ? stages.length - 1
      : stages.findLastIndex(({ name }, at) => name === target.toLowerCase() || String(at) === target);
  if (index < 0) throw new UnknownImage(`the Dockerfile has no stage '${target ?? ''}'`);
  return index;
}

/** The stages and images that a stage is based on, copies from and mounts. */
function sourcesOf(stage: BuildStage | undefined, values: ReadonlyMap<string, string>): string[] {
  if (stage === undefined) return [];
  const unpinnedAdd = stage.instructions.find(fetchesUnchecked);
  if (unpinnedAdd !== undefined) {
    const line = unpinnedAdd.getRange().start.line + 1;
    throw new UnknownImage(`\`ADD\` in line ${line} fetches what may have changed: give it a \`--checksum\``);
  }
  const copySources = stage.instructions.flatMap(copySourcesOf);
  const variableSource = copySources.find(source => source.includes('$'));
  if (variableSource !== undefined)
    throw new UnknownImage(`which image '${variableSource}' is can't be told in advance`);
  return [expandVariables(stage.base.replaceAll(/["']/g, ''), values), ...copySources];
}

/** The sources of a stage that are determined. */
function knownSourcesOf(stage: BuildStage | undefined, values: ReadonlyMap<string, string>): string[] {
  if (stage === undefined) return [];
  const base = stage.base.replaceAll(/["']/g, '');
  return [base, ...stage.instructions.flatMap(copySourcesOf)].flatMap(each => {
    try {
      return expandVariables(each, values);
    } catch (error) {
      if (error instanceof UnknownImage) return [];
      throw error;
    }
  });
}

/** `COPY --from=…` and `RUN --mount=…,from=…`. */
function copySourcesOf(instruction: Instruction): string[] {
  if (!(instruction instanceof ModifiableInstruction)) return [];
  return instruction.getFlags().flatMap(flag => {
    if (flag.getName() === 'from') return [flag.getValue() ?? ''];
    return flag.getName() === 'mount' ? (flag.getOption('from')?.getValue() ?? []) : [];
  });
}

/** Whether an instruction is an `ADD` of a URL or a repository without a checksum. */
function fetchesUnchecked(instruction: Instruction): boolean {
  if (!(instruction instanceof Add)) return false;
  const pinned = instruction.getFlags().some(flag => flag.getName() === 'checksum');
  const sources = argumentsOf(instruction).slice(0, -1);
  return !pinned && sources.some(each => /^"?([a-z]+:\/\/|git@|\$)/i.test(each));
}

/** The sources and the destination of an `ADD`, written as words or as a JSON array. */
function argumentsOf(instruction: Add): string[] {
  const words = instruction.getArguments().map(each => each.getValue());
  const text = instruction.getArgumentsContent() ?? '';
  return text.startsWith('[') ? (stringsIn(text) ?? words) : words;
}

function stringsIn(json: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** Docker's short name of an image. Build contexts are looked up by it. */
function familiarName(name: string): string {
  return name
    .replace(/^docker\.io\//, '')
    .replace(/^library\//, '')
    .replace(/:latest$/, '')
    .toLowerCase();
}
