import type { Server } from 'socket.io';

/**
 * An acknowledgement that its maker writes to the socket itself, under the id that the client gave the message. Given to
 * Socket.IO's callback it is not encoded there: a replay is JSON text from PostgreSQL, tens of megabytes sometimes, which
 * to parse and to encode again would hold up everybody.
 */
export class OwnAnswer {
  readonly ok = true;
  readonly #write: (messageId: number) => void;
  #written = false;

  constructor(write: (messageId: number) => void) {
    this.#write = write;
  }

  /** False after it was given away when nobody waits for it: the message asked for no answer, or the socket is gone. */
  get written(): boolean {
    return this.#written;
  }

  write(messageId: number): void {
    this.#written = true;
    this.#write(messageId);
  }
}

/** Teaches a server's encoder, which all its sockets share, to let an OwnAnswer write itself. */
export function takeOwnAnswers(io: Pick<Server, 'encoder'>): void {
  const { encoder } = io;
  const encode = encoder.encode.bind(encoder);
  encoder.encode = (packet) => {
    const answer: unknown = packet.id === undefined ? undefined : packet.data?.[0];
    if (!(answer instanceof OwnAnswer)) return encode(packet);
    answer.write(packet.id ?? 0);
    return [];
  };
}
