import { PackageURL } from 'packageurl-js';
import { parseGivenJson } from '../validation/json.ts';
import type { FileFault, ParsedFile } from './ignore-file.ts';
import { statuses } from './vex.ts';
import type { Component, Purl, VexStatement } from './vex.ts';

type Json = Readonly<Record<string, unknown>>;

/** Reads an OpenVEX document. https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
export function parseVexDocument(file: string, text: string): ParsedFile<VexStatement> {
  const document = parseGivenJson(text);
  if ('problem' in document)
    return failed({ place: file, problem: document.problem, remedy: 'Give an OpenVEX document.' });
  const { '@context': context, statements, timestamp } = isRecord(document.value) ? document.value : {};
  if (
    typeof context !== 'string' ||
    !/^https:\/\/openvex\.dev\/ns\b/.test(context) ||
    !Array.isArray(statements)
  ) {
    return failed({
      place: file,
      problem: 'is no OpenVEX document',
      remedy: 'It needs an "@context" that begins with https://openvex.dev/ns, and statements.',
    });
  }
  const parsed = statements.map((each: unknown, index) =>
    readStatement(isRecord(each) ? each : {}, { file, index, timestamp }),
  );
  return { values: parsed.flatMap(({ values }) => values), faults: parsed.flatMap(({ faults }) => faults) };
}

function readStatement(
  statement: Json,
  { file, index, timestamp }: { file: string; index: number; timestamp: unknown },
): ParsedFile<VexStatement> {
  const reject = (problem: string, remedy: string): ParsedFile<VexStatement> =>
    failed({ place: `${file}, statement ${index + 1}`, problem, remedy });
  const status = statuses.find(each => each === statement['status']);
  const vulnerability = vulnerabilityNames(statement['vulnerability']);
  const products = recordsIn(statement['products']).map(product =>
    Object.assign(componentOf(product), {
      subcomponents: recordsIn(product['subcomponents']).map(componentOf),
    }),
  );
  const at = Date.parse(nonEmptyText(statement['timestamp']) ?? nonEmptyText(timestamp) ?? '');
  const justification = nonEmptyText(statement['justification']);
  const impact = nonEmptyText(statement['impact_statement']);
  if (status === undefined) return reject('has no status', `Allowed: ${statuses.join(', ')}.`);
  if (vulnerability.length === 0)
    return reject('names no vulnerability', 'Give it a `vulnerability` with a `name`.');
  if (products.length === 0)
    return reject('names no product', 'Give it `products` with an "@id", such as pkg:oci/app.');
  if (Number.isNaN(at)) return reject('has no time', 'Give it, or the document, a `timestamp`.');
  if (status === 'not_affected' && justification === undefined && impact === undefined) {
    return reject(
      'says not_affected without a reason',
      'Give it a `justification` or an `impact_statement`.',
    );
  }
  const reasons = [
    justification?.replaceAll('_', ' '),
    impact,
    nonEmptyText(statement['status_notes']),
  ].filter(Boolean);
  const statusText = status.replaceAll('_', ' ');
  const reason = reasons.length > 0 ? `${statusText}: ${reasons.join('; ')}` : statusText;
  return { values: [{ vulnerability, products, status, reason, at, source: file }], faults: [] };
}

/** A vulnerability's names in lower case. It is a string in OpenVEX documents of 2022, and a record with aliases since. */
function vulnerabilityNames(vulnerability: unknown): string[] {
  if (typeof vulnerability === 'string') return [vulnerability.toLowerCase()];
  const { name, '@id': id, aliases } = isRecord(vulnerability) ? vulnerability : {};
  const names: unknown[] = [name, ...(Array.isArray(aliases) ? aliases : [])];
  const texts = names.flatMap(each => nonEmptyText(each) ?? []);
  // An id may be the URL of a page about the vulnerability. The last part of its path is the name.
  return (texts.length > 0 ? texts : [nonEmptyText(id)?.split('/').at(-1) ?? ''])
    .filter(Boolean)
    .map(each => each.toLowerCase());
}

function componentOf(component: Json): Component {
  const { '@id': id, identifiers, hashes } = component;
  const identifiersGiven = [id, ...(isRecord(identifiers) ? [identifiers['purl']] : [])].flatMap(
    each => nonEmptyText(each) ?? [],
  );
  const digest = isRecord(hashes) ? nonEmptyText(hashes['sha-256']) : undefined;
  return {
    purls: identifiersGiven.flatMap(each => parsePurl(each) ?? []),
    names: identifiersGiven.filter(each => !each.startsWith('pkg:')),
    digests: digest === undefined ? [] : [`sha256:${digest.toLowerCase()}`],
  };
}

/** Parses a package URL; `undefined` where it is invalid, so that the statement matches nothing by it. */
function parsePurl(text: string): Purl | undefined {
  if (!text.startsWith('pkg:')) return undefined;
  try {
    const { type, namespace, name, version, qualifiers } = PackageURL.fromString(text);
    return {
      type,
      ...(namespace && { namespace }),
      name,
      ...(version && { version }),
      qualifiers: { ...qualifiers },
    };
  } catch {
    return undefined;
  }
}

function failed(each: FileFault): ParsedFile<VexStatement> {
  return { values: [], faults: [each] };
}

/** The records of a list. A product may be a plain string, as in OpenVEX documents of 2022. */
function recordsIn(list: unknown): Json[] {
  const items: unknown[] = Array.isArray(list) ? list : [];
  return items.flatMap(each => (typeof each === 'string' ? [{ '@id': each }] : isRecord(each) ? [each] : []));
}

function nonEmptyText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
