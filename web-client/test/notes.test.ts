// What changes with every key pressed is on the disk a moment later, however long somebody goes on typing.

import { expect, it } from 'vitest';
import { draftNote, Notes, writeEveryMs } from '../src/actions/notes';
import { Clock } from './fake/clock';
import { MemoryDisk } from './fake/memory-disk';

const draft = draftNote('1');

function notebook(): { notes: Notes; disk: MemoryDisk; clock: Clock; written: () => unknown } {
  const disk = new MemoryDisk();
  const clock = new Clock();
  return { notes: new Notes(disk, clock), disk, clock, written: () => disk.notes.get(draft) };
}

it('the first key is written at once', () => {
  const { notes, written } = notebook();
  notes.write(draft, { text: 'H' });
  expect(written()).toEqual({ text: 'H' });
});

it('who types without a pause never has more unwritten than the last moment', () => {
  const { notes, clock, written } = notebook();
  const text = 'A long sentence, typed without ever stopping to think.';
  for (let length = 1; length <= text.length; length += 1) {
    notes.write(draft, { text: text.slice(0, length) });
    clock.advance(writeEveryMs / 3);
    expect((written() as { text: string }).text.length).toBeGreaterThan(length - 3);
  }
  clock.advance(writeEveryMs);
  expect(written()).toEqual({ text });
});

it('a name is written at most once in that time', () => {
  const { notes, disk, clock } = notebook();
  let writes = 0;
  disk.writeNote = async () => void (writes += 1);
  for (let key = 0; key < 100; key += 1) {
    notes.write(draft, { text: 'a'.repeat(key) });
    clock.advance(writeEveryMs / 10);
  }
  expect(writes).toBeLessThanOrEqual(11);
});

it('what is read is what was written last, and what was dropped is not written any more', async () => {
  const { notes, clock, written } = notebook();
  notes.write(draft, { text: 'H' });
  notes.write(draft, { text: 'Half' });
  expect(await notes.read(draft)).toEqual({ text: 'Half' });
  notes.drop(draft);
  clock.advance(writeEveryMs);
  expect(written()).toEqual({ text: 'H' });
});

it('a page that may be about to end writes what waits', () => {
  const { notes, written } = notebook();
  notes.write(draft, { text: 'H' });
  notes.write(draft, { text: 'Half' });
  notes.flush();
  expect(written()).toEqual({ text: 'Half' });
});
