// The client's files as the server gives them out, to whoever asks in whichever coding.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { Server } from './support/server.mjs';

let server;

before(async () => {
  server = await Server.start();
});

after(() => server?.stop());

/** As it is on the wire. */
async function fetched(path, accepted) {
  const request = get(`${server.address}${path}`, accepted === undefined ? {} : { headers: { 'Accept-Encoding': accepted } });
  const [response] = await once(request, 'response');
  const parts = await response.toArray();
  return { headers: response.headers, bytes: Buffer.concat(parts) };
}

test('the program comes in the smallest coding that is accepted, and is the same in all', async () => {
  const { bytes: page } = await fetched('/');
  const [, program] = /src="(\/assets\/index-[^"]+\.js)"/.exec(page.toString());
  const plain = await fetched(program);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.headers.vary, 'Accept-Encoding');
  const [packed, zipped] = [await fetched(program, 'gzip, deflate, br, zstd'), await fetched(program, 'gzip;q=1.0, br;q=0')];
  assert.equal(packed.headers['content-encoding'], 'br');
  assert.equal(zipped.headers['content-encoding'], 'gzip');
  assert.ok(brotliDecompressSync(packed.bytes).equals(plain.bytes));
  assert.ok(gunzipSync(zipped.bytes).equals(plain.bytes));
  assert.ok(packed.bytes.length < zipped.bytes.length && zipped.bytes.length < plain.bytes.length);
  assert.equal((await fetched(program, 'compress')).headers['content-encoding'], undefined);
});
