import { Add, DockerfileParser, From, ModifiableInstruction } from 'dockerfile-ast';
import type { Instruction } from 'dockerfile-ast';
import { expand, globalsOf, Unclear } from './dockerfile-arguments.ts';

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

/** The images that a build begins with, or why they can't be told from the Dockerfile. */
export type BaseImages = { kind: 'known'; images: string[] } | { kind: 'unknown'; reason: string };

interface Stage {
  name: string | undefined;
  base: string;
  instructions: Instruction[];
}

/**
 * Reads which images the target's stages stand on and copy from, as BuildKit would resolve them.
 * https://docs.docker.com/reference/dockerfile/
 */
export function baseImagesOf(text: string, options: BaseImageOptions): BaseImages {
  try {
    const images = options.platforms.flatMap(platform => imagesFor(text, { ...options, platform }));
    return { kind: 'known', images: [...new Set(images)].toSorted() };
  } catch (error) {
    if (error instanceof Unclear) return { kind: 'unknown', reason: error.message };
    throw error;
  }
}

function imagesFor(text: string, options: BaseImageOptions & { platform: string }): string[] {
  const dockerfile = DockerfileParser.parse(text);
  const stages = stagesOf(dockerfile.getInstructions());
  const values = globalsOf(dockerfile.getInitialARGs(), options);
  const contexts = new Set(options.contexts.map(familiar));
  const syntax = dockerfile.getDirectives().find(each => each.getName().toLowerCase() === 'syntax');
  const frontend = options.buildArgs['BUILDKIT_SYNTAX'] ?? syntax?.getValue();
  const images = frontend === undefined ? [] : [frontend.trim()];
  const waiting = [indexOf(options.target, stages)];
  for (const index of waiting) {
    const before = stages.slice(0, index);
    for (const source of sourcesOf(stages[index], values)) {
      if (source === 'scratch' || contexts.has(familiar(source))) continue;
      const own = before.findLastIndex(
        ({ name }, at) => name === source.toLowerCase() || String(at) === source,
      );
      if (own < 0) images.push(source);
      else if (!waiting.includes(own)) waiting.push(own);
    }
  }
  return images;
}

function stagesOf(instructions: Instruction[]): Stage[] {
  const stages: Stage[] = [];
  for (const each of instructions) {
    if (each instanceof From) {
      const name = each.getBuildStage()?.toLowerCase();
      stages.push({ name, base: each.getImage() ?? '', instructions: [] });
    } else stages.at(-1)?.instructions.push(each);
  }
  return stages;
}

function indexOf(target: string | undefined, stages: Stage[]): number {
  const index =
    target === undefined
      ? stages.length - 1
      : stages.findLastIndex(({ name }, at) => name === target.toLowerCase() || String(at) === target);
  if (index < 0) throw new Unclear(`the Dockerfile has no stage '${target ?? ''}'`);
  return index;
}

/** What a stage stands on, copies from and mounts. */
function sourcesOf(stage: Stage | undefined, values: Record<string, string>): string[] {
  if (stage === undefined) return [];
  const fetched = stage.instructions.find(fetchesUnchecked);
  if (fetched !== undefined) {
    const line = fetched.getRange().start.line + 1;
    throw new Unclear(`\`ADD\` in line ${line} fetches what may have changed: give it a \`--checksum\``);
  }
  const copied = stage.instructions.flatMap(fromsOf);
  const variable = copied.find(source => source.includes('$'));
  if (variable !== undefined) throw new Unclear(`which image '${variable}' is can't be told in advance`);
  return [expand(stage.base.replaceAll(/["']/g, ''), values), ...copied];
}

/** `COPY --from=…` and `RUN --mount=…,from=…`. */
function fromsOf(instruction: Instruction): string[] {
  if (!(instruction instanceof ModifiableInstruction)) return [];
  return instruction.getFlags().flatMap(flag => {
    if (flag.getName() === 'from') return [flag.getValue() ?? ''];
    return flag.getName() === 'mount' ? (flag.getOption('from')?.getValue() ?? []) : [];
  });
}

/** An `ADD` of a URL or a repository whose content nothing pins. */
function fetchesUnchecked(instruction: Instruction): boolean {
  if (!(instruction instanceof Add)) return false;
  const pinned = instruction.getFlags().some(flag => flag.getName() === 'checksum');
  const sources = wordsOf(instruction).slice(0, -1);
  return !pinned && sources.some(each => /^"?([a-z]+:\/\/|git@|\$)/i.test(each));
}

/** What is added and where to: words, or JSON, which is taken for words where it is none. */
function wordsOf(instruction: Add): string[] {
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

/** As docker names an image in short, which is how build contexts are looked up. */
function familiar(name: string): string {
  return name
    .replace(/^docker\.io\//, '')
    .replace(/^library\//, '')
    .replace(/:latest$/, '')
    .toLowerCase();
}
