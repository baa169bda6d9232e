// Questions for the scenes: two languages, a translation by hand, every state.

import type { AskedRecord, PersonRef, QuestionRecord, ReviewRecord } from '../src/protocol/generated';
import type { LiveRecord } from '../src/sync/channel';
import type { Intent } from '../src/sync/intent';
import { paragraph, words } from './scene-conversation';
import type { SceneQuestions } from './scene-questions';

interface People {
  readonly host: PersonRef;
  readonly luc: PersonRef;
  readonly olena: PersonRef;
  readonly samira: PersonRef;
  readonly selam: PersonRef;
}

const minute = 60_000;

function written(text: string, lang: string) {
  return { text, body: [paragraph(words(text))], lang };
}

export function makeAsking({ host, luc, olena, samira, selam }: People, start: number) {
  const question = (id: number, text: string, lang: string, author: PersonRef | undefined, more: Partial<QuestionRecord> = {}): QuestionRecord => ({
    type: 'question', id, rev: id, state: 'published', ...(author ? { author } : {}), ...written(text, lang),
    at: start + id * minute, publishedAt: start + (id + 1) * minute, translations: [], merged: [], ...more,
  });
  const votes = (id: number, count: number): LiveRecord => ({ type: 'votes', id, rev: id, count });
  const vote = (id: number): LiveRecord => ({ type: 'vote', id, rev: id, on: true });
  const review = (id: number, text: string, lang: string, author: PersonRef | undefined, more: Partial<ReviewRecord> = {}): ReviewRecord => ({
    type: 'review', id, rev: id, state: 'pending', ...(author ? { author } : {}), ...written(text, lang), at: start + id * minute, ...more,
  });
  const asked = (id: number, state: AskedRecord['state'], text: string, lang: string, more: Partial<AskedRecord> = {}): LiveRecord => ({
    type: 'asked', id, rev: id, state, anonymous: false, text, lang, at: start + id * minute, ...more,
  });

  const rides = question(1, 'How do you insure the volunteers who drive people to the clinic?', 'en', selam);
  const childcare = question(2, 'Qui paie la halte-garderie pendant les cours de langue\u00a0?', 'fr', luc, {
    merged: [41, 42],
    translations: [{ ...written('Who pays for the child care during language classes?', 'en'), by: host, at: start + 9 * minute }],
  });
  const phone = question(3, 'Could the phone number also answer in Tigrinya?', 'en', undefined, {
    translations: [{ ...written('Est-ce que le numéro de téléphone pourrait aussi répondre en tigrigna\u00a0?', 'fr'), by: host, at: start + 9 * minute }],
  });
  const housing = question(4, 'هل يمكنكم مساعدتنا في العثور على سكن؟', 'ar', samira);
  const jobs = question(5, 'Are the job fairs open to people who wait for their papers?', 'en', olena);
  const school = question(6, 'Is there a list of schools with a welcome class?', 'en', olena, {
    state: 'answered', answeredAt: start + 12 * minute,
    answer: { ...written('Yes: https://example.org/schools. It is renewed each August.', 'en'), by: host, at: start + 12 * minute },
  });
  const winter = question(7, 'Où trouver des vêtements d’hiver gratuits\u00a0?', 'fr', luc, { state: 'answered', answeredAt: start + 11 * minute });
  const open = [rides, childcare, phone, housing, jobs];
  const counts = [votes(1, 17), votes(2, 1204), votes(3, 9), votes(4, 4), votes(5, 2), votes(6, 21), votes(7, 12)];
  const records: LiveRecord[] = [...open, school, winter, ...counts];
  const staged = { ...childcare, state: 'staged' as const };
  const longText = 'We are three volunteers in a town of four thousand people, forty kilometres from the next clinic and without a bus on most days. Last winter we drove two families to every appointment ourselves. How did you begin, whom did you ask for money first, and what would you do differently if you could begin again with what you know today?';
  const stagedLong = question(8, longText, 'en', selam, { state: 'staged' });
  const backstage: LiveRecord[] = [
    review(21, 'Est-ce que le questionnaire existe en ukrainien\u00a0?', 'fr', undefined),
    review(22, 'Do you have a template of the agreement with the drivers that we could use?', 'en', selam),
    review(23, 'Same question: who insures the drivers?', 'en', olena),
    review(24, 'Buy cheap phones at my shop', 'en', undefined, { state: 'dismissed', reason: 'It is not about the subject of this webinar.\nCe n’est pas le sujet de ce webinaire.' }),
    review(41, 'La garderie est-elle gratuite\u00a0?', 'fr', luc, { state: 'merged', mergedInto: 2 }),
    review(42, 'Who finances the child care?', 'en', olena, { state: 'merged', mergedInto: 2 }),
    { type: 'star', id: 1, rev: 1, place: 1024 },
    { type: 'star', id: 5, rev: 5, place: 2048 },
  ];
  const own: LiveRecord[] = [
    asked(31, 'pending', 'Could the next session be in the evening?', 'en'),
    asked(32, 'dismissed', 'Why was my brother refused a room at the hotel on King Street?', 'en', {
      reason: 'It shows private information about someone.\nElle montre des renseignements privés sur quelqu’un.\nPlease write to us, we will help.',
    }),
    asked(1, 'published', rides.text, 'en'),
    asked(33, 'merged', 'Is the child care free?', 'en', { mergedInto: 2 }),
    vote(1),
  ];
  const wish = (key: string, op: Intent['op'], args: object, state: 'sending' | 'waiting' | 'failed', more: object = {}) => ({
    intent: { key, op, args, lane: 'webinar/1', person: 16, at: start + 50 * minute, page: 'p', ...more } as Intent, state,
  });
  const attendee: SceneQuestions = { records, own: [vote(2)] };
  return {
    attendee,
    own: {
      records, own,
      wishes: [
        wish('k1', 'question.ask', { webinar: 1, text: 'Is there a video of the first session?', lang: 'en' }, 'waiting'),
        wish('k2', 'question.ask', { webinar: 1, text: 'And one more thing', lang: 'en' }, 'failed', { problem: { code: 'too_many_questions' } }),
      ],
    },
    staged: { records: [staged, ...records.filter(({ id }) => id !== 2), votes(2, 1204)] },
    stagedLong: { records: [stagedLong, ...records, votes(8, 3)] },
    desk: { records: [staged, ...records.filter(({ type, id }) => type !== 'question' || id !== 2)], backstage },
    stopped: {
      records, backstage,
      wishes: [
        wish('k3', 'question.publish', { question: 41 }, 'failed', { problem: { code: 'state_changed' } }),
        wish('k4', 'question.answer', { question: 5, text: 'They are open to everybody.', lang: 'en' }, 'failed', { problem: { code: 'forbidden' } }),
        wish('k5', 'question.publish', { question: 22 }, 'waiting'),
      ],
    },
  } satisfies Record<string, SceneQuestions>;
}
