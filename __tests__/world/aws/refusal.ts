/** An error as an AWS service answers it: its code, its words, the HTTP status it comes with, and what else it tells. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly members: Readonly<Record<string, string | number>>;

  constructor(code: string, message: string, status = 400, members: Record<string, string | number> = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
