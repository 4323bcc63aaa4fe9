const { syncBuiltinESMExports } = require('node:module');
const timers = require('node:timers/promises');

// A pause of node:timers/promises is over at once, and performance.now() tells that its time has passed. Date and the limits of
// calls, which are timers of another kind, go on as ever.
const { setTimeout: pause } = timers;
const realNow = performance.now.bind(performance);
let leaptMs = 0;

performance.now = () => realNow() + leaptMs;
timers.setTimeout = async (milliseconds, ...rest) => {
  const wakeAt = performance.now() + milliseconds;
  const value = await pause(1, ...rest);
  // Of two pauses at once only what the longer one lasts longer is added.
  leaptMs = Math.max(leaptMs, wakeAt - realNow());
  return value;
};
syncBuiltinESMExports();
