// A disk that never keeps anybody waiting or failing. Opening that fails or hangs (Safari 14 is known to hang) means working
// in memory for the rest of this page; a single act that fails is lost and said so, and the next one is tried again. What is
// under way when the page ends, the next page finishes.

import type { Cursor } from './channel';
import type { ChannelWrite, Disk, Note, StoredChannel } from './disk';
import type { Intent } from './intent';
import { perform, type LastActs, type SmallAct } from './last-acts';
import type { Timers } from './timers';

export type DiskState = 'opening' | 'working' | 'unavailable';

export const openingMs = 3_000;
export const actMs = 5_000;

export class GuardedDisk implements Disk {
  private readonly opened: Promise<Disk | undefined>;
  private disk: Disk | undefined;
  private hangs = false;
  private readonly underWay = new Set<SmallAct>();

  constructor(
    open: () => Promise<Disk>,
    private readonly lastActs: LastActs,
    private readonly timers: Timers,
    private readonly stateChanged: (state: DiskState) => void,
  ) {
    this.stateChanged('opening');
    const openAndFinish = async (): Promise<Disk> => {
      const disk = await open();
      await this.finish(disk);
      return disk;
    };
    this.opened = this.within(openingMs, openAndFinish).then(
      (disk) => (this.disk = disk),
      () => {
        this.stateChanged('unavailable');
        return undefined;
      },
    );
  }

  /// The page may be gone with the next line.
  pageEnds(): void {
    this.lastActs.leave(Array.from(this.underWay));
  }

  /// It was not gone: the browser had kept it in its memory.
  pageIsBack(): void {
    if (this.disk) void this.finish(this.disk);
  }

  readChannel(channel: string): Promise<StoredChannel | undefined> {
    return this.act((disk) => disk.readChannel(channel), undefined);
  }

  writeChannel(write: ChannelWrite): Promise<Cursor | undefined> {
    return this.act((disk) => disk.writeChannel(write), undefined);
  }

  eraseChannel(channel: string): Promise<void> {
    return this.act((disk) => disk.eraseChannel(channel), undefined);
  }

  eraseAllChannels(): Promise<void> {
    return this.act((disk) => disk.eraseAllChannels(), undefined);
  }

  readIntents(): Promise<Intent[]> {
    return this.act<Intent[]>((disk) => disk.readIntents(), []);
  }

  putIntent(intent: Intent, note?: string): Promise<void> {
    return this.keep({ name: 'putIntent', args: [intent, note] });
  }

  eraseIntent(key: string): Promise<void> {
    return this.keep({ name: 'eraseIntent', args: [key] });
  }

  readNote(name: string): Promise<Note | undefined> {
    return this.act((disk) => disk.readNote(name), undefined);
  }

  writeNote(name: string, note: Note): Promise<void> {
    return this.keep({ name: 'writeNote', args: [name, note] });
  }

  eraseNote(name: string): Promise<void> {
    return this.keep({ name: 'eraseNote', args: [name] });
  }

  eraseEverything(): Promise<void> {
    this.underWay.clear();
    this.lastActs.take();
    return this.act((disk) => disk.eraseEverything(), undefined);
  }

  private async keep(act: SmallAct): Promise<void> {
    this.underWay.add(act);
    await this.act((disk) => perform(act, disk), undefined);
    this.underWay.delete(act);
  }

  private async finish(disk: Disk): Promise<void> {
    const left = this.lastActs.take();
    left.forEach((act) => this.underWay.add(act));
    await Promise.all(left.map((act) => perform(act, disk).catch(() => undefined)));
    left.forEach((act) => this.underWay.delete(act));
  }

  private async act<T>(act: (disk: Disk) => Promise<T>, otherwise: T): Promise<T> {
    // At once where it is open: what is written when the page is about to end must not wait for a turn that never comes.
    const disk = this.disk ?? (await this.opened);
    if (!disk || this.hangs) return otherwise;
    try {
      const value = await this.within(actMs, () => act(disk));
      this.stateChanged('working');
      return value;
    } catch {
      this.stateChanged('unavailable');
      return otherwise;
    }
  }

  private within<T>(milliseconds: number, act: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const cancel = this.timers.after(milliseconds, () => {
        this.hangs = true;
        reject(new Error('the disk does not answer'));
      });
      act().then(resolve, reject).finally(cancel);
    });
  }
}
