// A disk that never keeps anybody waiting or failing. What does not open or answer in time (Safari 14 is known to hang, and an
// old phone may take seconds) leaves the page working in memory until it does; what is to be kept is asked for all the same,
// and kept when it answers. A single act that fails is lost and said so, and the next one is tried again. What is under way
// when the page ends, the next page finishes.

import type { Cursor } from './channel';
import type { ChannelWrite, Disk, Note, StoredChannel } from './disk';
import type { Intent } from './intent';
import { perform, type LastActs, type SmallAct } from './last-acts';
import type { Timers } from './timers';

export type DiskState = 'opening' | 'working' | 'unavailable';

export const openingMs = 3_000;
export const actMs = 5_000;

function isAboutNote(act: SmallAct): boolean {
  return act.name === 'writeNote' || act.name === 'eraseNote';
}

export class GuardedDisk implements Disk {
  /// However long it takes; undefined where the browser keeps nothing.
  private readonly opened: Promise<Disk | undefined>;
  /// The same, and undefined where that takes too long.
  private readonly openedSoon: Promise<Disk | undefined>;
  private disk: Disk | undefined;
  private isInMemory = false;
  /// Acts that were not answered in time and still are not. While there are any, nobody waits.
  private overdue = 0;
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
    const opening = openAndFinish();
    this.opened = opening.then(
      (disk) => (this.disk = disk),
      () => this.keepsNothing(),
    );
    this.openedSoon = this.inTime<Disk | undefined>(openingMs, opening, undefined);
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
    return this.ask((disk) => disk.eraseEverything());
  }

  private keep(act: SmallAct): Promise<void> {
    if (this.isInMemory) return Promise.resolve();
    this.dropOlder(act);
    this.underWay.add(act);
    return this.ask((disk) => perform(act, disk).finally(() => this.underWay.delete(act)));
  }

  /// A draft is written at each key: on a disk that does not answer, the newest is the one to leave.
  private dropOlder(act: SmallAct): void {
    if (!isAboutNote(act)) return;
    for (const older of this.underWay) if (isAboutNote(older) && older.args[0] === act.args[0]) this.underWay.delete(older);
  }

  private keepsNothing(): undefined {
    this.isInMemory = true;
    this.underWay.clear();
  }

  private async finish(disk: Disk): Promise<void> {
    const left = this.lastActs.take();
    left.forEach((act) => this.underWay.add(act));
    await Promise.all(left.map((act) => perform(act, disk).catch(() => undefined)));
    left.forEach((act) => this.underWay.delete(act));
  }

  /// What is worth something only now.
  private async act<T>(act: (disk: Disk) => Promise<T>, otherwise: T): Promise<T> {
    const disk = this.disk ?? (await this.openedSoon);
    return disk && this.overdue === 0 ? this.inTime(actMs, act(disk), otherwise) : otherwise;
  }

  /// What is to be done however late; waited for no longer than anything else.
  private async ask(act: (disk: Disk) => Promise<void>): Promise<void> {
    // At once where it is open: what is written when the page is about to end must not wait for a turn that never comes.
    const done = this.disk ? this.inTime(actMs, act(this.disk), undefined) : this.whenOpened(act);
    const isOpen = this.disk ?? (await this.openedSoon);
    if (isOpen && this.overdue === 0) await done;
  }

  private async whenOpened(act: (disk: Disk) => Promise<void>): Promise<void> {
    const disk = await this.opened;
    if (disk) await this.inTime(actMs, act(disk), undefined);
  }

  /// `otherwise` where it fails, or takes longer than that.
  private inTime<T>(milliseconds: number, asked: Promise<T>, otherwise: T): Promise<T> {
    return new Promise<T>((resolve) => {
      let isLate = false;
      const cancel = this.timers.after(milliseconds, () => {
        isLate = true;
        this.overdue += 1;
        this.stateChanged('unavailable');
        resolve(otherwise);
      });
      const answered = (state: DiskState, value: T): void => {
        cancel();
        if (isLate) this.overdue -= 1;
        if (this.overdue === 0) this.stateChanged(state);
        resolve(value);
      };
      asked.then(
        (value) => answered('working', value),
        () => answered('unavailable', otherwise),
      );
    });
  }
}
