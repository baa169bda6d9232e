// The other door: one operation, one POST (P2). For what sets a cookie, and for what is asked before there is a socket.

import type { Error as WireError, OperationName, Operations } from '../protocol/generated';
import type { Timers } from './timers';

export type HttpAnswer<Name extends OperationName> =
  { ok: Operations[Name]['ok'] } | { error: WireError } | { unreached: true };

export interface Http {
  /// Never rejects. `unreached`: no answer of the server came; a changing operation may have been done.
  post<Name extends OperationName>(
    op: Name,
    args: Operations[Name]['args'],
    key?: string,
  ): Promise<HttpAnswer<Name>>;
}

export const answerWithinMs = 20_000;

export class FetchHttp implements Http {
  constructor(private readonly timers: Timers) {}

  async post<Name extends OperationName>(
    op: Name,
    args: Operations[Name]['args'],
    key?: string,
  ): Promise<HttpAnswer<Name>> {
    const abort = new AbortController();
    const cancel = this.timers.after(answerWithinMs, () => abort.abort());
    try {
      const response = await fetch(`/api/v1/ops/${op}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(key === undefined ? {} : { 'Idempotency-Key': key }) },
        body: JSON.stringify(args),
        signal: abort.signal,
      });
      const answer: unknown = await response.json();
      const isAnswer = typeof answer === 'object' && answer !== null && ('ok' in answer || 'error' in answer);
      return isAnswer ? (answer as HttpAnswer<Name>) : { unreached: true };
    } catch {
      return { unreached: true };
    } finally {
      cancel();
    }
  }
}
