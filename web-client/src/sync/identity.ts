// Who reads here: what the server says in hello, what the last visit remembers until then, and a join under way.

import type { Me, Operations } from '../protocol/generated';
import type { LocalCode, Outcome, Problem } from '../store/api';
import { batch, type ClientState } from '../store/client-state';
import type { Disk, Note } from './disk';
import type { Http, HttpAnswer } from './http';
import { isRetryable } from './intent';
import type { Timers } from './timers';

export interface IdentityOwner {
  makeKey(): string;
  /// `me` is another one, or something about them is.
  meChanged(): void;
  /// The guest who was joining has this id.
  joined(webinar: number, person: number): void;
  /// The cookie is another one: the connection must be opened anew.
  cookieChanged(): void;
}

type Join = { readonly key: string; readonly webinar: number; readonly name: string };

function isOf(join: Join, me: Me): boolean {
  return me.kind === 'guest' && me.name === join.name && me.guestOf.includes(join.webinar);
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

export function problemOf<Name extends keyof Operations>(answer: Exclude<HttpAnswer<Name>, { ok: unknown }>): Problem {
  return 'error' in answer ? answer.error : { code: 'offline' satisfies LocalCode };
}

export class Identity {
  private join: Join | undefined;
  private isAsking = false;
  private retryMs = firstRetryMs;
  private cancelRetry: () => void = () => undefined;

  constructor(
    private readonly disk: Disk,
    private readonly http: Http,
    private readonly timers: Timers,
    private readonly state: ClientState,
    private readonly owner: IdentityOwner,
  ) {}

  /// Something newer about the person one is: a new name, a role given or taken.
  updated(me: Me): void {
    if (this.join || this.state.me.peek()?.id !== me.id) return;
    void this.disk.writeNote('me', me as unknown as Note);
    this.become(me);
  }

  get isJoining(): boolean {
    return this.join !== undefined;
  }

  /// What the last visit remembers.
  async load(): Promise<void> {
    const [me, join] = await Promise.all([this.disk.readNote('me'), this.disk.readNote('join')]);
    if (this.state.known.peek() || this.join) return;
    if (me) this.become(me as unknown as Me);
    if (join) this.beginJoin(join as unknown as Join);
  }

  /// What hello says. Whoever is still joining is not yet who they will be, unless it is they who are greeted: the join was
  /// done, and its answer lost.
  confirmed(me: Me | undefined): void {
    const { join } = this;
    if (join && me && isOf(join, me)) {
      this.endJoin();
      this.owner.joined(join.webinar, me.id);
    } else if (join) {
      this.askNow();
      return;
    }
    if (me) void this.disk.writeNote('me', me as unknown as Note);
    else void this.disk.eraseNote('me');
    this.state.known.value = true;
    this.become(me);
  }

  startJoin(webinar: number, name: string): void {
    const join: Join = { key: this.owner.makeKey(), webinar, name };
    void this.disk.writeNote('join', join);
    this.beginJoin(join);
  }

  cancelJoin(): void {
    if (!this.join || this.isAsking) return;
    this.endJoin();
    this.become(undefined);
  }

  async redeem(token: string, name: string | undefined): Promise<Outcome<true>> {
    const args = name === undefined ? { token } : { token, name };
    const answer = await this.http.post('session.redeem', args, this.owner.makeKey());
    if (!('ok' in answer)) return { problem: problemOf(answer) };
    this.endJoin();
    this.owner.cookieChanged();
    return { ok: true };
  }

  async end(): Promise<Outcome<true>> {
    const answer = await this.http.post('session.end', {}, this.owner.makeKey());
    return 'ok' in answer ? { ok: true } : { problem: problemOf(answer) };
  }

  private become(me: Me | undefined): void {
    const isSame = JSON.stringify(this.state.me.peek()) === JSON.stringify(me);
    // As one: between the two it would be known that nobody reads here.
    batch(() => {
      if (me) this.state.known.value = true;
      if (!isSame) this.state.me.value = me;
    });
    if (!isSame) this.owner.meChanged();
  }

  private beginJoin(join: Join): void {
    this.join = join;
    this.retryMs = firstRetryMs;
    this.state.joining.value = { webinar: join.webinar, name: join.name };
    this.become({ id: 0, name: join.name, kind: 'guest', guestOf: [join.webinar] });
    this.askNow();
  }

  private askNow(): void {
    if (!this.join || this.isAsking || this.state.joining.peek()?.problem) return;
    this.cancelRetry();
    void this.ask(this.join);
  }

  private async ask(join: Join): Promise<void> {
    this.isAsking = true;
    const answer = await this.http.post('session.guest', { webinar: join.webinar, name: join.name }, join.key);
    this.isAsking = false;
    if (this.join !== join) {
      this.askNow();
    } else if ('ok' in answer) {
      this.admitted(join, answer.ok.person);
    } else if ('unreached' in answer || isRetryable(answer.error)) {
      this.askLater('error' in answer ? answer.error.retryAfterMs : undefined);
    } else {
      this.state.joining.value = { webinar: join.webinar, name: join.name, problem: answer.error };
    }
  }

  private askLater(retryAfterMs: number | undefined): void {
    this.cancelRetry = this.timers.after(retryAfterMs ?? this.retryMs, () => this.askNow());
    this.retryMs = Math.min(longestRetryMs, this.retryMs * 2);
  }

  private admitted(join: Join, person: number): void {
    const me: Me = { id: person, name: join.name, kind: 'guest', guestOf: [join.webinar] };
    void this.disk.writeNote('me', me as unknown as Note);
    this.endJoin();
    this.become(me);
    this.owner.joined(join.webinar, person);
    this.owner.cookieChanged();
  }

  private endJoin(): void {
    this.cancelRetry();
    this.join = undefined;
    this.state.joining.value = undefined;
    void this.disk.eraseNote('join');
  }
}
