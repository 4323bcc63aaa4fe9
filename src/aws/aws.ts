import type { CredentialsProvider } from './client.ts';
import type { Ecr } from './ecr.ts';
import type { Inspector } from './inspector.ts';

/** The clients of the services of AWS, with the credentials of the acting role. */
export interface Aws {
  region: string;
  ecr: Ecr;
  /** Opens a client of Amazon Inspector, which is needed only to wait for an enhanced scan. */
  inspector: () => Promise<Inspector>;
}

/** The clients of a role, and the session with which clients for other regions are opened and other roles assumed. */
export interface AwsSession extends Aws {
  credentials: CredentialsProvider;
}
