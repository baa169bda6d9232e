// The browser's WebSocket as a transport (P1).

import type { Link, LinkEvents, Transport } from './transport';

const subprotocol = 'plenary.v1';

/// `takeFirst`: a socket that is being opened already, for the first link; given once.
export function socketTransport(address: string, takeFirst: () => WebSocket | undefined = () => undefined): Transport {
  return (events: LinkEvents): Link => {
    const first = takeFirst();
    const isOpen = first?.readyState === WebSocket.OPEN;
    const isUsable = isOpen || first?.readyState === WebSocket.CONNECTING;
    const socket = first && isUsable ? first : new WebSocket(address, subprotocol);
    socket.onopen = () => events.opened();
    socket.onmessage = (message) => events.received(String(message.data));
    socket.onclose = (close) => events.closed(close.code);
    // Nobody was told when it opened. Not before the link is in the caller's hands.
    if (isOpen) void Promise.resolve().then(() => socket.onopen?.(new Event('open')));
    return {
      send: (text) => socket.send(text),
      abandon() {
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close();
      },
    };
  };
}

/// What index.html began to open before this program was here.
export function takeFirstSocket(): WebSocket | undefined {
  const page = self as { firstSocket?: WebSocket };
  const { firstSocket } = page;
  delete page.firstSocket;
  return firstSocket;
}

/// Of the page's own server.
export function socketAddress(page: { protocol: string; host: string }): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/api/v1/socket`;
}
