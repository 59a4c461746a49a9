/**
 * Gives a function that acts one after the other, so that what is shown last is what is so. While
 * one turn waits, a further call is the same. Gives the end of the turn.
 */
export function inTurns(act) {
  let next = null;
  let last = Promise.resolve();
  return () => {
    next ??= last.then(() => {
      next = null;
      return act();
    });
    last = next.catch(() => {});
    return next;
  };
}
