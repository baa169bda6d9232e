// A disk that never keeps anybody waiting or failing. Opening that fails or hangs (Safari 14 is known to hang) means working
// in memory for the rest of this page; a single act that fails is lost and said so, and the next one is tried again.

import type { Cursor } from './channel';
import type { ChannelWrite, Disk, Note, StoredChannel } from './disk';
import type { Intent } from './intent';
import type { Timers } from './timers';

export type DiskState = 'opening' | 'working' | 'unavailable';

export const openingMs = 3_000;
export const actMs = 5_000;

export class GuardedDisk implements Disk {
  private readonly opened: Promise<Disk | undefined>;
  private disk: Disk | undefined;
  private hangs = false;

  constructor(
    open: () => Promise<Disk>,
    private readonly timers: Timers,
    private readonly stateChanged: (state: DiskState) => void,
  ) {
    this.stateChanged('opening');
    this.opened = this.within(openingMs, open).then(
      (disk) => (this.disk = disk),
      () => {
        this.stateChanged('unavailable');
        return undefined;
      },
    );
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
    return this.act((disk) => disk.putIntent(intent, note), undefined);
  }

  eraseIntent(key: string): Promise<void> {
    return this.act((disk) => disk.eraseIntent(key), undefined);
  }

  readNote(name: string): Promise<Note | undefined> {
    return this.act((disk) => disk.readNote(name), undefined);
  }

  writeNote(name: string, note: Note): Promise<void> {
    return this.act((disk) => disk.writeNote(name, note), undefined);
  }

  eraseNote(name: string): Promise<void> {
    return this.act((disk) => disk.eraseNote(name), undefined);
  }

  eraseEverything(): Promise<void> {
    return this.act((disk) => disk.eraseEverything(), undefined);
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
