// The windows that questions are asked over, laid into whatever time an archive spans.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
const LONG_DAYS = 14;

const floor = (ms, step) => Math.floor(ms / step) * step;
const ceil = (ms, step) => Math.ceil(ms / step) * step;

// Every number that some question takes; the edges of whole days and hours are for the buckets.
function window(label, from_ms, to_ms, as_of_ms) {
  return {
    label,
    from_ms,
    to_ms,
    as_of_ms,
    grace_ms: 15 * MINUTE_MS,
    first_day_ms: ceil(from_ms, DAY_MS),
    last_day_ms: floor(to_ms, DAY_MS),
    first_hour_ms: ceil(from_ms, HOUR_MS),
    last_hour_ms: floor(to_ms, HOUR_MS),
  };
}

// All of it, whole days, and a window that begins and ends within an hour.
export function windowsOf(firstMs, asOfMs) {
  const start = floor(firstMs, DAY_MS);
  const days = ceil(asOfMs - start, DAY_MS) / DAY_MS;
  const long = days >= LONG_DAYS;
  const wholeFrom = start + (long ? 9 : 1) * DAY_MS;
  const oddFrom = start + (long ? 11 : 0) * DAY_MS + 10 * HOUR_MS + 13 * MINUTE_MS;
  const oddDays = long ? 3 : 1;
  return [
    window(`all ${days} days`, start - DAY_MS, asOfMs + 1, asOfMs),
    window(long ? 'a week' : 'a day', wholeFrom, wholeFrom + (long ? 7 : 1) * DAY_MS, asOfMs),
    window(
      `${oddDays} d 17 min, unaligned`,
      oddFrom,
      oddFrom + oddDays * DAY_MS + 17 * MINUTE_MS,
      asOfMs,
    ),
  ];
}
