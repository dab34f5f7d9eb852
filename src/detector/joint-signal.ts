import { shareable } from './until.ts';

/** Runs work under a signal that aborts as soon as `signal` or the other one does. */
export type UnderEither = <T>(signal: AbortSignal, work: (either: AbortSignal) => Promise<T>) => Promise<T>;

interface Joint {
  readonly controller: AbortController;
  readonly leave: () => void;
  users: number;
}

/**
 * Joins `other` with the signals that questions come with. All who come with the same one share the joint signal, since
 * a run has one for all its questions; when the last of them has ended, nothing of it is left on either:
 * AbortSignal.any would leave a trace of every question on a signal that in a server lives for months.
 */
export function jointWith(other: AbortSignal): UnderEither {
  const joints = new Map<AbortSignal, Joint>();
  shareable(other);

  function join(signal: AbortSignal): Joint {
    const controller = new AbortController();
    shareable(controller.signal);
    const onOther = () => controller.abort(other.reason);
    const onSignal = () => controller.abort(signal.reason);
    if (other.aborted) onOther();
    else if (signal.aborted) onSignal();
    other.addEventListener('abort', onOther);
    signal.addEventListener('abort', onSignal);
    const leave = () => {
      joints.delete(signal);
      other.removeEventListener('abort', onOther);
      signal.removeEventListener('abort', onSignal);
    };
    const joint = { controller, leave, users: 0 };
    joints.set(signal, joint);
    return joint;
  }

  return async (signal, work) => {
    const joint = joints.get(signal) ?? join(signal);
    joint.users += 1;
    try {
      return await work(joint.controller.signal);
    } finally {
      joint.users -= 1;
      if (joint.users === 0) joint.leave();
    }
  };
}
