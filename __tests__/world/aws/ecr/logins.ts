import { randomBytes } from 'node:crypto';
import type { Principal } from '../identities.ts';
import { Refusal } from '../refusal.ts';

/** A registry password and whose it is. */
export interface Login {
  password: string;
  principal: Principal;
  expiresAt: Date;
}

/** The passwords that GetAuthorizationToken gave out. */
export interface Logins {
  /** Every password, and what docker's configuration makes of it. */
  secrets: () => string[];
  issue: (principal: Principal) => Login;
  /** @throws {Refusal} DeniedException, when the password was never given out or its time is over */
  whoHas: (password: string) => Principal;
}

const twelveHoursSeconds = 12 * 60 * 60;

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html */
export function createLogins(now: () => Date, lifetimeSeconds = twelveHoursSeconds): Logins {
  const logins = new Map<string, Login>();
  return {
    secrets: () =>
      Array.from(logins.keys()).flatMap(password => [
        password,
        Buffer.from(`AWS:${password}`).toString('base64'),
      ]),
    issue(principal) {
      // As long as the real ones are, so that nothing gets by with a shorter buffer.
      const password = randomBytes(1500).toString('base64');
      const login = { password, principal, expiresAt: new Date(now().getTime() + lifetimeSeconds * 1000) };
      logins.set(password, login);
      return login;
    },
    whoHas(password) {
      const login = logins.get(password);
      if (!login) throw new Refusal('DENIED', 'Not Authorized', 401);
      if (login.expiresAt <= now()) {
        throw new Refusal(
          'DENIED',
          'Your authorization token has expired. Reauthenticate and try again.',
          403,
        );
      }
      return login.principal;
    },
  };
}
