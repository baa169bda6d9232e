// One channel that several parts of a screen follow: each sink gets what is held when it comes, and every change after it.

import type { AnySignal } from '../protocol/generated';
import { recordName, type Change, type LiveRecord } from './channel';
import type { Sink } from './subscription';

type Status = Parameters<Sink['became']>[0];

export class SharedSink implements Sink {
  private readonly sinks = new Set<Sink>();
  private readonly held = new Map<string, LiveRecord>();
  private last: Change | undefined;
  private status: Status | undefined;

  get isEmpty(): boolean {
    return this.sinks.size === 0;
  }

  add(sink: Sink): void {
    if (this.sinks.has(sink)) return;
    this.sinks.add(sink);
    if (this.last) sink.changed({ ...this.last, reset: true, put: Array.from(this.held.values()), gone: [] });
    if (this.status) sink.became(this.status);
  }

  remove(sink: Sink): void {
    this.sinks.delete(sink);
  }

  changed(change: Change): void {
    if (change.reset) this.held.clear();
    for (const record of change.gone) this.held.delete(recordName(record));
    for (const record of change.put) this.held.set(recordName(record), record);
    this.last = change;
    for (const sink of this.sinks) sink.changed(change);
  }

  signalled(signal: AnySignal): void {
    for (const sink of this.sinks) sink.signalled(signal);
  }

  became(status: Status): void {
    this.status = status;
    for (const sink of this.sinks) sink.became(status);
  }
}
