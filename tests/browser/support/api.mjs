// The program's second door (P2), for what a test prepares and for the truth a screen is compared with.

import { randomBytes } from 'node:crypto';

/** A UUIDv7 (RFC 9562, 5.7): one per intent (P30). */
function intentKey() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = bytes.toString('hex');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
}

export class Api {
  constructor(address, token) {
    this.address = address;
    this.token = token;
  }

  async op(name, args = {}) {
    const answer = await fetch(`${this.address}/api/v1/ops/${name}`, {
      method: 'POST',
      body: JSON.stringify(args),
      headers: { 'Idempotency-Key': intentKey(), ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}) },
    });
    const { ok, error } = await answer.json();
    if (error) throw new Error(`${name}: ${error.code} ${error.field ?? ''}`);
    return ok;
  }

  post(webinar, text, more = {}) {
    return this.op('message.post', { webinar, text, ...more });
  }

  /** The texts of a thread's last posts, in their order. */
  async postTexts(thread) {
    const { records } = await this.op('subscribe', { channel: `thread/${thread}` });
    return records.filter(({ type }) => type === 'post').sort((a, b) => a.pos - b.pos).map(({ text }) => text);
  }

  /** The texts of a webinar's last messages, in their order, as a fresh snapshot has them; a removed one is `undefined`. */
  async texts(webinar) {
    const { records } = await this.op('subscribe', { channel: `webinar/${webinar}` });
    const messages = records.filter(({ type }) => type === 'message').sort((a, b) => a.pos - b.pos);
    return messages.map(({ text }) => text);
  }
}
