// The disk in memory: what a browser would keep, shared by the pages of one browser, with the failures tests ask for.

import type { Cursor, LiveRecord } from '../../src/sync/channel';
import type { ChannelWrite, Disk, Note, StoredChannel } from '../../src/sync/disk';
import type { Intent } from '../../src/sync/intent';

function keyOf(record: LiveRecord): string {
  return `${record.type}/${record.id}`;
}

function isSame(a: Cursor | undefined, b: Cursor | undefined): boolean {
  return a?.epoch === b?.epoch && a?.rev === b?.rev && a?.c === b?.c;
}

export class MemoryDisk implements Disk {
  channels = new Map<string, { cursor: Cursor; range: StoredChannel['range']; records: Map<string, LiveRecord> }>();
  intents = new Map<string, Intent>();
  notes = new Map<string, Note>();
  /// While true every write rejects.
  fails = false;

  async readChannel(channel: string): Promise<StoredChannel | undefined> {
    const found = this.channels.get(channel);
    return found && { cursor: found.cursor, range: found.range, records: Array.from(found.records.values()) };
  }

  async writeChannel(write: ChannelWrite): Promise<Cursor | undefined> {
    this.failIfAsked();
    const before = this.channels.get(write.channel);
    const isKnown = before !== undefined && isSame(before.cursor, write.base);
    if (before && !isKnown && before.cursor.epoch === write.cursor.epoch && before.cursor.rev >= write.cursor.rev) {
      return before.cursor;
    }
    const records = isKnown ? before.records : new Map<string, LiveRecord>();
    for (const record of isKnown ? write.put : write.whole()) records.set(keyOf(record), record);
    for (const record of isKnown ? write.gone : []) records.delete(keyOf(record));
    for (const [key, { pos }] of records) {
      if (pos !== undefined && write.range && pos < write.range.from) records.delete(key);
    }
    this.channels.set(write.channel, { cursor: write.cursor, range: write.range, records });
    return write.cursor;
  }

  async eraseChannel(channel: string): Promise<void> {
    this.failIfAsked();
    this.channels.delete(channel);
  }

  async eraseAllChannels(): Promise<void> {
    this.failIfAsked();
    this.channels.clear();
  }

  async readIntents(): Promise<Intent[]> {
    return Array.from(this.intents.values());
  }

  async putIntent(intent: Intent, note?: string): Promise<void> {
    this.failIfAsked();
    this.intents.set(intent.key, intent);
    if (note !== undefined) this.notes.delete(note);
  }

  async eraseIntent(key: string): Promise<void> {
    this.failIfAsked();
    this.intents.delete(key);
  }

  async readNote(name: string): Promise<Note | undefined> {
    return this.notes.get(name);
  }

  async writeNote(name: string, note: Note): Promise<void> {
    this.failIfAsked();
    this.notes.set(name, note);
  }

  async eraseNote(name: string): Promise<void> {
    this.failIfAsked();
    this.notes.delete(name);
  }

  async eraseEverything(): Promise<void> {
    this.failIfAsked();
    this.channels.clear();
    this.intents.clear();
    this.notes.clear();
  }

  private failIfAsked(): void {
    if (this.fails) throw new Error('the disk is full');
  }
}

/// localStorage, as far as the client uses it.
export class MemoryStorage {
  private readonly values = new Map<string, string>();

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}
