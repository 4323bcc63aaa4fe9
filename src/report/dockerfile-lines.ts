import { DockerfileParser } from 'dockerfile-ast';
import type { Instruction } from 'dockerfile-ast';

/** A place that GitHub can show: a file of the repository and a line of it, from 1. */
export interface Place {
  file: string;
  line: number;
}

/**
 * Where in a Dockerfile a layer comes from: its own instruction, or, as for everything of the base image and where nothing
 * tells, the FROM that the built stage stands on.
 */
export function lineOf(text: string, { target, createdBy }: { target?: string; createdBy?: string }): number {
  const dockerfile = DockerfileParser.parse(text);
  const stages = dockerfile.getFROMs().map(from => ({
    name: from.getBuildStage()?.toLowerCase(),
    base: from.getImage()?.toLowerCase(),
    line: from.getRange().start.line,
  }));
  type Stage = (typeof stages)[number];
  const named = (name: string | undefined, among: readonly Stage[]): Stage | undefined =>
    name === undefined ? undefined : among.findLast(stage => stage.name === name.toLowerCase());
  const chain: Stage[] = [];
  let stage = named(target, stages) ?? stages.at(-1);
  while (stage !== undefined) {
    chain.push(stage);
    stage = named(stage.base, stages.slice(0, stages.indexOf(stage)));
  }
  const made = createdBy === undefined ? undefined : normal(createdBy);
  const instruction = dockerfile.getInstructions().findLast(each => {
    const line = each.getRange().start.line;
    const own = stages.findLast(from => from.line <= line);
    return own !== undefined && chain.includes(own) && made !== undefined && isMaker(each, made);
  });
  return (instruction?.getRange().start.line ?? chain.at(-1)?.line ?? 0) + 1;
}

/** "RUN |1 A=1 /bin/sh -c make # buildkit" without what BuildKit adds. */
function normal(createdBy: string): string {
  return createdBy
    .replace(/# buildkit$/, '')
    .replace(/^RUN (\|\d+ .*?)?\/bin\/sh -c /s, 'RUN ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function isMaker(instruction: Instruction, made: string): boolean {
  const keyword = instruction.getKeyword().toUpperCase();
  const words = instruction.getArguments().map(String);
  const said = `${keyword} ${words.join(' ')}`;
  if (said === made) return true;
  // Variables are filled in by then, but a file goes where it goes.
  return /^(COPY|ADD)$/.test(keyword) && made.startsWith(`${keyword} `) && made.endsWith(` ${words.at(-1)}`);
}
