// Keeps one channel on the disk: its state records, and of its timeline the newest stretch.

import type { Change, Channel, Cursor, LiveRecord } from './channel';
import type { Disk, StoredChannel } from './disk';
import { rangeHolding, type Range } from './ranges';

/// Between this many places of the timeline are kept and `step` more, so that the old ones are erased a few at a time.
export const keptPlaces = 200;
const step = 50;

/// What of the timeline is to be stored; undefined where it is empty.
function windowOf(change: Change): Range | undefined {
  const live = rangeHolding(change.ranges, change.newestPos);
  if (!live) return undefined;
  const oldest = Math.floor((live.to - keptPlaces) / step) * step + 1;
  return { from: Math.max(live.from, oldest), to: live.to };
}

function belongs(record: LiveRecord, window: Range | undefined): boolean {
  return record.pos === undefined || (window !== undefined && record.pos >= window.from);
}

export class Keeper {
  private base: Cursor | undefined;
  private storedFrom = Infinity;

  constructor(
    private readonly disk: Pick<Disk, 'readChannel' | 'writeChannel' | 'eraseChannel'>,
    private readonly channel: Channel,
  ) {}

  async load(): Promise<StoredChannel | undefined> {
    const stored = await this.disk.readChannel(this.channel.name);
    this.base = stored?.cursor;
    this.storedFrom = stored?.range?.from ?? Infinity;
    return stored;
  }

  /// One change at a time, in order.
  async keep(change: Change): Promise<void> {
    if (change.cursor) {
      await this.write(change, change.cursor);
    } else {
      await this.disk.eraseChannel(this.channel.name);
      this.base = undefined;
    }
  }

  private async write(change: Change, cursor: Cursor): Promise<void> {
    const window = windowOf(change);
    const newly = this.newlyInside(window);
    const stored = await this.disk.writeChannel({
      channel: this.channel.name,
      base: change.reset ? undefined : this.base,
      cursor,
      range: window,
      put: change.put.filter((record) => belongs(record, window)).concat(newly),
      gone: change.gone,
      whole: () => Array.from(this.channel.records.values()).filter((record) => belongs(record, window)),
    });
    // Compared by identity: another page's cursor may say the same and stand for other records.
    this.base = stored === cursor ? cursor : undefined;
    this.storedFrom = window?.from ?? Infinity;
  }

  /// The window grew towards the older: what was held there before has not been written.
  private newlyInside(window: Range | undefined): LiveRecord[] {
    if (!window || window.from >= this.storedFrom) return [];
    return Array.from(this.channel.records.values()).filter(
      ({ pos }) => pos !== undefined && pos >= window.from && pos < this.storedFrom,
    );
  }
}
