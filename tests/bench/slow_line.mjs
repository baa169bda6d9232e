// A slow line to the server: what an old phone has in the country. It slows everything a browser sends, the WebSocket and
// the service worker too, which the browser's own emulation leaves out in part.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** About one packet: what arrives at once. */
const packetBytes = 1_400;

/** One direction, shared by all connections as a modem is: in order, so many bytes a second, each packet that much later. */
class Lane {
  #waiting = [];
  #freeAt = 0;
  #timer;

  constructor(bytesPerSecond, delayMs) {
    this.bytesPerSecond = bytesPerSecond;
    this.delayMs = delayMs;
  }

  carry(bytes, deliver) {
    this.#freeAt = Math.max(this.#freeAt, performance.now()) + (bytes * 1_000) / this.bytesPerSecond;
    this.#waiting.push({ at: this.#freeAt + this.delayMs, deliver });
    this.#timer ??= this.#wait();
  }

  #wait() {
    return setTimeout(() => {
      while (this.#waiting.length > 0 && this.#waiting[0].at <= performance.now()) this.#waiting.shift().deliver();
      this.#timer = this.#waiting.length > 0 ? this.#wait() : undefined;
    }, this.#waiting[0].at - performance.now());
  }
}

/** Listens on an address of its own, which leads to `address`. */
export async function openSlowLine(address, { kilobitsPerSecond, roundTripMs }) {
  const lanes = () => new Lane((kilobitsPerSecond * 1_000) / 8, roundTripMs / 2);
  const up = lanes();
  const down = lanes();
  const { hostname, port } = new URL(address);

  const pass = (from, to, lane) => {
    from.on('data', (data) => {
      for (let at = 0; at < data.length; at += packetBytes) {
        const packet = data.subarray(at, at + packetBytes);
        lane.carry(packet.length, () => to.write(packet));
      }
    });
    from.on('end', () => lane.carry(0, () => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => lane.carry(0, () => to.destroySoon()));
  };

  const listener = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.pause();
    pass(near, far, up);
    pass(far, near, down);
    // A connection is made in one round trip of its own (RFC 9293, 3.5), before anything is sent on it.
    up.carry(0, () => down.carry(0, () => near.resume()));
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return { address: `http://127.0.0.1:${listener.address().port}`, close: () => listener.close() };
}
