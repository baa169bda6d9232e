// A line to the server that can be cut as bad Wi-Fi is: the browser gets no word of it, its connections just end.

import { connect, createServer } from 'node:net';
import { once } from 'node:events';

export class Line {
  #sockets = new Set();
  #isCut = false;
  #listener;

  static async to(address) {
    const line = new Line();
    const { hostname, port } = new URL(address);
    line.#listener = createServer((near) => line.#join(near, connect(Number(port), hostname)));
    line.#listener.listen(0, '127.0.0.1');
    await once(line.#listener, 'listening');
    line.address = `http://127.0.0.1:${line.#listener.address().port}`;
    return line;
  }

  cut() {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend() {
    this.#isCut = false;
  }

  close() {
    this.cut();
    this.#listener.close();
  }

  #join(near, far) {
    const ends = [near, far];
    for (const end of ends) {
      this.#sockets.add(end);
      end.on('error', () => ends.forEach((other) => other.destroy()));
      end.on('close', () => {
        this.#sockets.delete(end);
        ends.forEach((other) => other.destroy());
      });
    }
    if (this.#isCut) near.destroy();
    else near.pipe(far).pipe(near);
  }
}
