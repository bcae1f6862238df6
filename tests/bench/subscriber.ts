import { openWebSocket, type WebSocketClient } from './web-socket.ts';

/** What each side wants to hear before it sends a campaign's comments. */
export interface Greeting {
  event: string;
  payload: unknown;
  /** Of the handshake: nobody without it. */
  token?: string;
}

/**
 * A Socket.IO client by hand: protocol 5 in Engine.IO 4 over WebSocket. It greets, has the greeting acknowledged, answers
 * pings, and hands on every event. Resolves when the acknowledgement says that it is subscribed.
 */
export function subscribe(
  port: number,
  { event, payload, token }: Greeting,
  onEvent: (packet: Buffer) => void,
  onClose: () => void,
): Promise<WebSocketClient> {
  return new Promise((resolve, reject) => {
    const onText = (packet: Buffer, client: WebSocketClient) => {
      const type = packet.toString('latin1', 0, 2);
      if (type === '42') onEvent(packet);
      else if (type === '2') client.send('3');
      else if (type.startsWith('0')) client.send(`40${token === undefined ? '' : JSON.stringify({ token })}`);
      else if (type === '40') client.send(`420${JSON.stringify([event, payload])}`);
      else if (type !== '43') reject(new Error(`the server sent ${packet.toString().slice(0, 200)}`));
      else if (packet.includes('"ok":true')) resolve(client);
      else reject(new Error(`the subscription was answered ${packet.toString().slice(0, 200)}`));
    };
    const closed = () => {
      reject(new Error('the server closed a socket'));
      onClose();
    };
    openWebSocket({ port, path: '/socket.io/?EIO=4&transport=websocket', onText, onClose: closed });
  });
}
