import { randomUUID } from 'node:crypto';
import type { WordedFault } from '../faults.ts';
import type { Reply } from './service.ts';
import { STORAGE_VERSION } from './signed-urls.ts';

/**
 * Status and words of the errors that blobs answer with.
 * https://learn.microsoft.com/en-us/rest/api/storageservices/blob-service-error-codes
 */
const ERRORS = {
  AuthenticationFailed: [
    403,
    'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly ' +
      'including the signature.',
  ],
  AuthorizationPermissionMismatch: [
    403,
    'This request is not authorized to perform this operation using this permission.',
  ],
  BlobNotFound: [404, 'The specified blob does not exist.'],
  BlobAlreadyExists: [409, 'The specified blob already exists.'],
  ConditionNotMet: [412, 'The condition specified using HTTP conditional header(s) is not met.'],
  InternalError: [500, 'The server encountered an internal error. Please retry the request.'],
  InvalidBlobOrBlock: [400, 'The specified blob or block content is invalid.'],
  InvalidBlockList: [400, 'The specified block list is invalid.'],
  InvalidQueryParameterValue: [
    400,
    'Value for one of the query parameters specified in the request URI is invalid.',
  ],
  InvalidRange: [416, 'The range specified is invalid for the current size of the resource.'],
  InvalidXmlDocument: [400, 'XML specified is not syntactically valid.'],
  Md5Mismatch: [
    400,
    'The MD5 value specified in the request did not match with the MD5 value calculated by the server.',
  ],
  MissingRequiredHeader: [400, "An HTTP header that's mandatory for this request is not specified."],
  ServerBusy: [503, 'The server is busy.'],
  UnsupportedHttpVerb: [405, "The resource doesn't support specified Http Verb."],
} as const satisfies Record<string, readonly [number, string]>;

export type StorageErrorCode = keyof typeof ERRORS;

/** An error as the storage service words it; `detail` is what it adds about a failed authentication. */
export function storageError(code: StorageErrorCode, detail?: string): Reply {
  const [status, message] = ERRORS[code];
  return errorReply(status, code, { message, detail });
}

/** How the storage service words a fault. */
export function storageFault(fault: WordedFault): Reply {
  switch (fault.kind) {
    case 'throttle':
      return storageError('ServerBusy');
    case 'server-error':
      return storageError('InternalError');
    case 'refuse':
      return errorReply(fault.error.status, fault.error.code, {
        message: fault.error.message,
        detail: undefined,
      });
  }
}

/** Headers of every answer of the storage service. */
export function storageHeaders(): Record<string, string> {
  return { 'x-ms-request-id': randomUUID(), 'x-ms-version': STORAGE_VERSION };
}

function errorReply(
  status: number,
  code: string,
  { message, detail }: { message: string; detail: string | undefined },
): Reply {
  const headers = storageHeaders();
  const body =
    '<?xml version="1.0" encoding="utf-8"?>' +
    `<Error><Code>${code}</Code><Message>${message}\nRequestId:${headers['x-ms-request-id']}\n` +
    `Time:${new Date().toISOString()}</Message>` +
    (detail === undefined ? '' : `<AuthenticationErrorDetail>${detail}</AuthenticationErrorDetail>`) +
    '</Error>';
  return {
    status,
    headers: { ...headers, 'Content-Type': 'application/xml', 'x-ms-error-code': code },
    body,
  };
}
