// The browser's WebSocket as a transport (P1).

import type { Link, LinkEvents, Transport } from './transport';

const subprotocol = 'plenary.v1';

export function socketTransport(address: string): Transport {
  return (events: LinkEvents): Link => {
    const socket = new WebSocket(address, subprotocol);
    socket.onopen = () => events.opened();
    socket.onmessage = (message) => events.received(String(message.data));
    socket.onclose = (close) => events.closed(close.code);
    return {
      send: (text) => socket.send(text),
      abandon() {
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close();
      },
    };
  };
}

/// Of the page's own server.
export function socketAddress(page: { protocol: string; host: string }): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/api/v1/socket`;
}
