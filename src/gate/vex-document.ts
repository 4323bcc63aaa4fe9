import { PackageURL } from 'packageurl-js';
import type { FileFault, Parsed } from './ignore-file.ts';
import { statuses } from './vex.ts';
import type { Component, Purl, VexStatement } from './vex.ts';

type Json = Readonly<Record<string, unknown>>;

/** Reads an OpenVEX document. https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
export function parseVexDocument(file: string, text: string): Parsed<VexStatement> {
  const document = parseJson(text);
  if (document instanceof Error) {
    return fault({
      place: file,
      problem: `is no JSON: ${document.message}`,
      remedy: 'Give an OpenVEX document.',
    });
  }
  const { '@context': context, statements, timestamp } = isRecord(document) ? document : {};
  if (
    typeof context !== 'string' ||
    !/^https:\/\/openvex\.dev\/ns\b/.test(context) ||
    !Array.isArray(statements)
  ) {
    return fault({
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
): Parsed<VexStatement> {
  const objection = (problem: string, remedy: string): Parsed<VexStatement> =>
    fault({ place: `${file}, statement ${index + 1}`, problem, remedy });
  const status = statuses.find(each => each === statement['status']);
  const vulnerability = namesOf(statement['vulnerability']);
  const products = recordsIn(statement['products']).map(product =>
    Object.assign(componentOf(product), {
      subcomponents: recordsIn(product['subcomponents']).map(componentOf),
    }),
  );
  const at = Date.parse(textOf(statement['timestamp']) ?? textOf(timestamp) ?? '');
  const justification = textOf(statement['justification']);
  const impact = textOf(statement['impact_statement']);
  if (status === undefined) return objection('has no status', `Allowed: ${statuses.join(', ')}.`);
  if (vulnerability.length === 0)
    return objection('names no vulnerability', 'Give it a `vulnerability` with a `name`.');
  if (products.length === 0)
    return objection('names no product', 'Give it `products` with an "@id", such as pkg:oci/app.');
  if (Number.isNaN(at)) return objection('has no time', 'Give it, or the document, a `timestamp`.');
  if (status === 'not_affected' && justification === undefined && impact === undefined) {
    return objection(
      'says not_affected without a reason',
      'Give it a `justification` or an `impact_statement`.',
    );
  }
  const because = [justification?.replaceAll('_', ' '), impact, textOf(statement['status_notes'])].filter(
    Boolean,
  );
  const said = status.replaceAll('_', ' ');
  const reason = because.length > 0 ? `${said}: ${because.join('; ')}` : said;
  return { values: [{ vulnerability, products, status, reason, at, source: file }], faults: [] };
}

/** A string in the documents of 2022, a record with aliases since. */
function namesOf(vulnerability: unknown): string[] {
  if (typeof vulnerability === 'string') return [vulnerability.toLowerCase()];
  const { name, '@id': id, aliases } = isRecord(vulnerability) ? vulnerability : {};
  const names: unknown[] = [name, ...(Array.isArray(aliases) ? aliases : [])];
  const said = names.flatMap(each => textOf(each) ?? []);
  // An id may be the page of the vulnerability, whose last part is its name.
  return (said.length > 0 ? said : [textOf(id)?.split('/').at(-1) ?? ''])
    .filter(Boolean)
    .map(each => each.toLowerCase());
}

function componentOf(component: Json): Component {
  const { '@id': id, identifiers, hashes } = component;
  const said = [id, ...(isRecord(identifiers) ? [identifiers['purl']] : [])].flatMap(
    each => textOf(each) ?? [],
  );
  const digest = isRecord(hashes) ? textOf(hashes['sha-256']) : undefined;
  return {
    purls: said.flatMap(each => purlOf(each) ?? []),
    names: said.filter(each => !each.startsWith('pkg:')),
    digests: digest === undefined ? [] : [`sha256:${digest.toLowerCase()}`],
  };
}

/** A URL that is none names nothing: what it is about keeps counting. */
function purlOf(text: string): Purl | undefined {
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

function fault(each: FileFault): Parsed<VexStatement> {
  return { values: [], faults: [each] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The records of a list; a product may be a bare string, as it was in the documents of 2022. */
function recordsIn(list: unknown): Json[] {
  const items: unknown[] = Array.isArray(list) ? list : [];
  return items.flatMap(each => (typeof each === 'string' ? [{ '@id': each }] : isRecord(each) ? [each] : []));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
