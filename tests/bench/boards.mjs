// How long reading takes where much was written: a thread of many posts, a board of many threads. Over HTTP, one reader at a time; and
// what one more post costs there, acknowledged. One JSON line each.

import { Agent, request } from 'node:http';

import { Api } from '../browser/support/api.mjs';

const [address, setup, threads, posts] = process.argv.slice(2).map((one, i) => (i < 2 ? one : Number(one)));
const timesRead = 200;
const writers = 32;
const agent = new Agent({ keepAlive: true, maxSockets: writers });

const { token } = await new Api(address).op('session.redeem', { token: setup, name: 'Bench' });
let keys = 0;
const key = () => `018f0000-0000-7000-8000-${String((keys += 1)).padStart(12, '0')}`;

/** Node's own fetch costs more than what is measured. */
function send(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': key() };
    const asked = request(`${address}${path}`, { method, agent, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve(Buffer.concat(parts)));
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function op(name, args) {
  const { ok, error } = JSON.parse(await send('POST', `/api/v1/ops/${name}`, args));
  if (error) throw new Error(`${name}: ${error.code}`);
  return ok;
}

async function writeAll(count, write) {
  let next = 0;
  const writer = async () => {
    while (next < count) await write((next += 1));
  };
  await Promise.all(Array.from({ length: writers }, writer));
}

async function measure(what, act, more = {}) {
  const times = [];
  let bytes = 0;
  for (let i = 0; i < timesRead; ++i) {
    const began = performance.now();
    bytes = (await act(i)).length;
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (part) => Number(times[Math.floor(part * (times.length - 1))].toFixed(2));
  console.log(JSON.stringify({ scenario: 'boards', what, ...more, bytes, p50_ms: at(0.5), p99_ms: at(0.99) }));
}

const name = { en: 'Bench', fr: 'Banc' };
const start = (board, i) => op('thread.start', { board, title: `Thread ${i}`, text: 'What helped?', lang: 'en', kind: 'discussion' });
const { board } = await op('board.create', { name, purpose: name, visibility: 'public' });
const { thread: short } = await start(board, 0);
await measure('a post in a short thread', () => send('POST', '/api/v1/ops/post.write', { thread: short, text: 'One more' }));
const { board: long } = await op('board.create', { name, purpose: name, visibility: 'public' });
const { thread } = await start(long, 0);
const text = 'We asked **forty** families what helped in their first week, and they said the bus, the canteen, a name said well. '.repeat(3);
await writeAll(posts, () => op('post.write', { thread, text, lang: 'en' }));
await writeAll(threads, (i) => start(long, i));

const channel = `thread/${thread}`;
const ask = (operation, args) => () => send('POST', `/api/v1/ops/${operation}`, args);
await measure('a thread opened', ask('subscribe', { channel }), { posts });
await measure('its middle paged to', ask('history', { channel, around: Math.floor(posts / 2), limit: 50 }), { posts });
await measure('its first page without the program', () => send('GET', `/t/${thread}`), { posts });
await measure('a post in it', ask('post.write', { thread, text: 'One more' }), { posts });
await measure('a board listed', ask('thread.list', { board: long }), { threads });
const { threads: listed } = await op('thread.list', { board: long });
const after = `${listed[0].lastAt - 1}.${Math.floor(threads / 2)}`;
await measure('its board followed', ask('subscribe', { channel: `board/${long}`, page: 'none' }), { threads });
await measure('a page further down', ask('thread.list', { board: long, after }), { threads });
await measure('What’s New opened', ask('subscribe', { channel: 'news' }), { threads });
agent.destroy();
