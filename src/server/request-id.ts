import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const SOUND = /^[A-Za-z0-9._:/+=@-]{1,128}$/;

/** Names requests: the client's own `x-request-id` where it is a sound one, else one that no other process gives. */
export function requestIds(): (request: IncomingMessage) => string {
  const prefix = randomBytes(6).toString('base64url');
  let count = 0;
  return ({ headers }) => {
    const given = headers['x-request-id'];
    if (typeof given === 'string' && SOUND.test(given)) return given;
    count += 1;
    return `${prefix}-${count.toString(36)}`;
  };
}
