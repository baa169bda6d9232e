// The program as its previous release showed itself: a way to the server that puts another name where the release's stands,
// in the page, in the service worker and in hello. The names are of one length, so nothing else about an answer changes.
// `upgrade` takes the disguise away: from then on the real release is served.

import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';

export class EarlierRelease {
  name = '0123456789abcdef';
  #isOver = false;
  #far;
  #listener;
  #sockets = new Set();

  static async of(server) {
    const earlier = new EarlierRelease();
    earlier.#far = new URL(server.address);
    const page = await (await fetch(server.address)).text();
    [, earlier.next] = /<meta name="release" content="([0-9a-f]{16})"/.exec(page);
    const listener = createServer((request, response) => earlier.#answer(request, response));
    listener.on('upgrade', (request, near) => earlier.#join(request, near));
    listener.on('connection', (socket) => earlier.#hold(socket));
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    earlier.#listener = listener;
    earlier.address = `http://127.0.0.1:${listener.address().port}`;
    return earlier;
  }

  upgrade() {
    this.#isOver = true;
  }

  close() {
    for (const socket of this.#sockets) socket.destroy();
    this.#listener.close();
  }

  #hold(socket) {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }

  #disguised(bytes) {
    if (this.#isOver) return bytes;
    return Buffer.from(bytes.toString('latin1').replaceAll(this.next, this.name), 'latin1');
  }

  #answer(request, response) {
    const headers = { ...request.headers, 'accept-encoding': 'identity' };
    const far = ask(new URL(request.url, this.#far), { method: request.method, headers, agent: false });
    far.on('response', async (answer) => {
      const body = await buffer(answer);
      response.writeHead(answer.statusCode, answer.headers).end(this.#disguised(body));
    });
    far.on('error', () => response.destroy());
    request.pipe(far);
  }

  #join(request, near) {
    const far = connect(Number(this.#far.port), this.#far.hostname);
    this.#hold(far);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    const lines = [`GET ${request.url} HTTP/1.1`];
    for (let at = 0; at < request.rawHeaders.length; at += 2) lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
    far.write(`${lines.join('\r\n')}\r\n\r\n`);
    near.pipe(far);
    // The server writes hello's answer at once, and it is short: it comes in one piece.
    far.on('data', (bytes) => near.write(this.#disguised(bytes)));
  }
}
