import type { Refusal } from '../refusal.ts';

/** An answer's members, as XML writes them: text, or members within. */
export interface Members {
  readonly [name: string]: string | Members;
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
export function answerXml(
  operation: string,
  { result, requestId }: { result: Members; requestId: string },
): string {
  return element(`${operation}Response`, {
    [`${operation}Result`]: result,
    ResponseMetadata: { RequestId: requestId },
  });
}

export function errorXml(refusal: Refusal, requestId: string): string {
  return element('ErrorResponse', {
    Error: {
      Type: refusal.status < 500 ? 'Sender' : 'Receiver',
      Code: refusal.code,
      Message: refusal.message,
    },
    RequestId: requestId,
  });
}

function element(name: string, members: Members): string {
  return `<${name} xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\n${render(members, '  ')}</${name}>\n`;
}

function render(members: Members, indent: string): string {
  return Object.entries(members)
    .map(([name, value]) =>
      typeof value === 'string'
        ? `${indent}<${name}>${escape(value)}</${name}>\n`
        : `${indent}<${name}>\n${render(value, `${indent}  `)}${indent}</${name}>\n`,
    )
    .join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
