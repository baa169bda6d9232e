import { describe, expect, it } from 'vitest';

import { announcementInterval, Announcer } from './announcer';

/** A clock the test holds: time passes when `pass` is called. */
class HeldClock {
  now = 0;
  private waiting: { at: number; call: () => void }[] = [];

  after(milliseconds: number, call: () => void): () => void {
    const entry = { at: this.now + milliseconds, call };
    this.waiting.push(entry);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== entry);
    };
  }

  pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (;;) {
      const next = this.waiting.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.waiting = this.waiting.filter((entry) => entry !== next);
      this.now = next.at;
      next.call();
    }
    this.now = end;
  }
}

function make() {
  const clock = new HeldClock();
  const said: { at: number; sentence: string }[] = [];
  const announcer = new Announcer(
    clock,
    () => ({ said: (author, text) => `${author}: ${text}`, newMessages: (count) => `${count} new messages` }),
    (sentence) => said.push({ at: clock.now, sentence }),
  );
  return { clock, said, announcer };
}

describe('the polite region', () => {
  it('says the first thing at once', () => {
    const { said, announcer } = make();
    announcer.message('Amina', 'Hello');
    expect(said).toEqual([{ at: 0, sentence: 'Amina: Hello' }]);
  });

  it('says at most one thing in three seconds, however much happens', () => {
    const { clock, said, announcer } = make();
    for (let tick = 0; tick < 1_000; tick += 1) {
      announcer.message('Amina', `message ${tick}`);
      if (tick % 7 === 0) announcer.say('connection', `state ${tick}`);
      clock.pass(50);
    }
    clock.pass(60_000);
    expect(said.length).toBeGreaterThan(10);
    for (let index = 1; index < said.length; index += 1) {
      expect((said[index]?.at ?? 0) - (said[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(announcementInterval);
    }
  });

  it('counts several messages and says a single one whole', () => {
    const { clock, said, announcer } = make();
    announcer.message('Amina', 'one');
    announcer.message('Luc', 'two');
    announcer.message('Luc', 'three');
    clock.pass(announcementInterval);
    announcer.message('Amina', 'four');
    clock.pass(announcementInterval);
    expect(said.map(({ sentence }) => sentence)).toEqual(['Amina: one', '2 new messages', 'Amina: four']);
  });

  it('counts in the words of what they are, where they are not messages', () => {
    const { clock, said, announcer } = make();
    const posts = (count: number): string => `${count} new posts`;
    announcer.say('joined', 'You are in.');
    announcer.message('Amina', 'one', posts);
    announcer.message('Luc', 'two', posts);
    clock.pass(announcementInterval);
    expect(said.map(({ sentence }) => sentence)).toEqual(['You are in.', '2 new posts']);
  });

  it('loses no message from its counts', () => {
    const { clock, said, announcer } = make();
    for (let count = 0; count < 100; count += 1) {
      announcer.message('Amina', 'x');
      clock.pass(170);
    }
    clock.pass(10 * announcementInterval);
    const total = said.reduce((sum, { sentence }) => sum + (/^(\d+) new/.exec(sentence) ? Number.parseInt(sentence, 10) : 1), 0);
    expect(total).toBe(100);
  });

  it('says only the last state of a kind, and states before messages', () => {
    const { clock, said, announcer } = make();
    announcer.say('state', 'first');
    announcer.message('Amina', 'hello');
    announcer.say('connection', 'lost');
    announcer.say('connection', 'back');
    clock.pass(announcementInterval);
    expect(said.map(({ sentence }) => sentence)).toEqual(['first', 'back Amina: hello']);
  });

  it('shortens a long message', () => {
    const { said, announcer } = make();
    announcer.message('Amina', 'x'.repeat(4_000));
    expect(said[0]?.sentence.length).toBeLessThan(300);
  });

  it('is quiet again after a pause, and then says the next thing at once', () => {
    const { clock, said, announcer } = make();
    announcer.message('Amina', 'one');
    clock.pass(announcementInterval * 5);
    announcer.message('Amina', 'two');
    expect(said[1]).toEqual({ at: announcementInterval * 5, sentence: 'Amina: two' });
  });

  it('says nothing after it was stopped', () => {
    const { clock, said, announcer } = make();
    announcer.message('Amina', 'one');
    announcer.message('Amina', 'two');
    announcer.stop();
    clock.pass(announcementInterval * 2);
    expect(said.length).toBe(1);
  });
});
