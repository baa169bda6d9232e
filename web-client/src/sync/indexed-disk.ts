// The disk on IndexedDB. Transactions only; nothing is read into memory but what is asked for.
//
// `channels` holds the cursors, `records` what belongs to them under [channel, pos or 0, type, id], so that everything older
// than a place is one key range.

import type { Cursor, LiveRecord } from './channel';
import type { ChannelWrite, Disk, Note, StoredChannel } from './disk';
import type { Intent } from './intent';
import type { Range } from './ranges';

const databaseName = 'plenary';
const databaseVersion = 1;
const storeNames = ['channels', 'records', 'intents', 'notes'] as const;
type StoreName = (typeof storeNames)[number];

interface StoredHead {
  cursor: Cursor;
  range: Range | undefined;
}

type RecordKey = [channel: string, pos: number, type: string, id: number];

function recordKey(channel: string, record: LiveRecord): RecordKey {
  return [channel, record.pos ?? 0, record.type, record.id];
}

/// Everything of one channel: an array is greater than any number (W3C IndexedDB, section 2.4).
function allOf(channel: string): IDBKeyRange {
  return IDBKeyRange.bound([channel], [channel, []]);
}

/// From above the state records, and never empty: a range from a position to itself cannot be made.
function olderThan(channel: string, pos: number): IDBKeyRange {
  return IDBKeyRange.bound([channel, 0, []], [channel, pos], true, true);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB request'));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB transaction'));
  });
}

/// The browser copies what is put while the page stands still. A page of history at once would be felt on a slow phone.
const putAtOnce = 16;

/// In one transaction all the same: it goes on as long as each answer asks for more.
function putInSlices(store: IDBObjectStore, channel: string, records: readonly LiveRecord[], from = 0): void {
  const slice = records.slice(from, from + putAtOnce);
  const requests = slice.map((record) => store.put(record, recordKey(channel, record)));
  const last = requests[putAtOnce - 1];
  if (last) last.onsuccess = () => putInSlices(store, channel, records, from + putAtOnce);
}

function sameCursor(a: Cursor | undefined, b: Cursor | undefined): boolean {
  return a?.epoch === b?.epoch && a?.rev === b?.rev && a?.c === b?.c;
}

/// Whether another page wrote what is stored and is further in the same run.
function isAhead(stored: Cursor | undefined, write: ChannelWrite): stored is Cursor {
  if (!stored || sameCursor(stored, write.base)) return false;
  return stored.epoch === write.cursor.epoch && stored.rev >= write.cursor.rev;
}

export class IndexedDisk implements Disk {
  private constructor(private readonly database: IDBDatabase) {}

  /// Rejects where the browser keeps nothing.
  static async open(factory: IDBFactory): Promise<IndexedDisk> {
    const request = factory.open(databaseName, databaseVersion);
    request.onupgradeneeded = () => {
      for (const name of storeNames) request.result.createObjectStore(name);
    };
    const database = await result(request);
    database.onversionchange = () => database.close();
    return new IndexedDisk(database);
  }

  async readChannel(channel: string): Promise<StoredChannel | undefined> {
    const transaction = this.database.transaction(['channels', 'records'], 'readonly');
    const head = result<StoredHead | undefined>(transaction.objectStore('channels').get(channel));
    const records = result<LiveRecord[]>(transaction.objectStore('records').getAll(allOf(channel)));
    const found = await head;
    return found && { ...found, records: await records };
  }

  async writeChannel(write: ChannelWrite): Promise<Cursor | undefined> {
    const transaction = this.database.transaction(['channels', 'records'], 'readwrite');
    const done = completed(transaction);
    const heads = transaction.objectStore('channels');
    const records = transaction.objectStore('records');
    let stored: Cursor = write.cursor;
    const read = heads.get(write.channel) as IDBRequest<StoredHead | undefined>;
    // In the callback, not after an await: a transaction with nothing asked of it commits by itself.
    read.onsuccess = () => {
      const before = read.result?.cursor;
      if (isAhead(before, write)) {
        stored = before;
        return;
      }
      const known = before !== undefined && sameCursor(before, write.base);
      if (!known) records.delete(allOf(write.channel));
      putInSlices(records, write.channel, known ? write.put : write.whole());
      for (const record of known ? write.gone : []) records.delete(recordKey(write.channel, record));
      if (write.range) records.delete(olderThan(write.channel, write.range.from));
      heads.put({ cursor: write.cursor, range: write.range } satisfies StoredHead, write.channel);
    };
    await done;
    return stored;
  }

  eraseChannel(channel: string): Promise<void> {
    return this.change(['channels', 'records'], (store) => {
      store('channels').delete(channel);
      store('records').delete(allOf(channel));
    });
  }

  eraseAllChannels(): Promise<void> {
    return this.change(['channels', 'records'], (store) => {
      store('channels').clear();
      store('records').clear();
    });
  }

  readIntents(): Promise<Intent[]> {
    return result(this.database.transaction('intents').objectStore('intents').getAll() as IDBRequest<Intent[]>);
  }

  putIntent(intent: Intent, note?: string): Promise<void> {
    return this.change(['intents', 'notes'], (store) => {
      store('intents').put(intent, intent.key);
      if (note !== undefined) store('notes').delete(note);
    });
  }

  eraseIntent(key: string): Promise<void> {
    return this.change(['intents'], (store) => store('intents').delete(key));
  }

  readNote(name: string): Promise<Note | undefined> {
    return result(this.database.transaction('notes').objectStore('notes').get(name) as IDBRequest<Note | undefined>);
  }

  writeNote(name: string, note: Note): Promise<void> {
    return this.change(['notes'], (store) => store('notes').put(note, name));
  }

  eraseNote(name: string): Promise<void> {
    return this.change(['notes'], (store) => store('notes').delete(name));
  }

  eraseEverything(): Promise<void> {
    return this.change([...storeNames], (store) => storeNames.forEach((name) => store(name).clear()));
  }

  private change(names: StoreName[], act: (store: (name: StoreName) => IDBObjectStore) => void): Promise<void> {
    const transaction = this.database.transaction(names, 'readwrite');
    const done = completed(transaction);
    act((name) => transaction.objectStore(name));
    // Not when its requests have been answered: by then a page that is about to end is gone, and its transaction with it.
    // Chrome 76, Firefox 74, Safari 15.
    (transaction as Partial<IDBTransaction>).commit?.();
    return done;
  }
}
