import dayjs from 'dayjs';
import type { Dayjs } from 'dayjs';
import advancedFormat from 'dayjs/plugin/advancedFormat.js';
import dayOfYear from 'dayjs/plugin/dayOfYear.js';
import isoWeek from 'dayjs/plugin/isoWeek.js';
import utc from 'dayjs/plugin/utc.js';
import weekOfYear from 'dayjs/plugin/weekOfYear.js';
import weekYear from 'dayjs/plugin/weekYear.js';

for (const plugin of [advancedFormat, dayOfYear, isoWeek, utc, weekOfYear, weekYear]) dayjs.extend(plugin);

/** The tokens of https://momentjs.com/docs/#/displaying/format/, which docker/metadata-action writes dates with. */
const tokens =
  /\[[^[]*\]|\\?(?:[Hh]mm(?:ss)?|Mo|MM?M?M?|DDDo|Do|DD?D?D?|do|ddd?d?|w[ow]?|W[oW]?|Qo?|N{1,5}|Y{5,6}|YYYY|YY|y{2,4}|yo?|gg(?:ggg?)?|GG(?:GGG?)?|[eEaAxXY]|hh?|HH?|kk?|mm?|ss?|S{1,9}|zz?|ZZ?|.)/gs;

/** Localized formats, each of which stands for several tokens. */
const shorthand: Record<string, string> = {
  LTS: 'h:mm:ss A',
  LT: 'h:mm A',
  LLLL: 'dddd, MMMM D, YYYY h:mm A',
  LLL: 'MMMM D, YYYY h:mm A',
  LL: 'MMMM D, YYYY',
  L: 'MM/DD/YYYY',
  llll: 'ddd, MMM D, YYYY h:mm A',
  lll: 'MMM D, YYYY h:mm A',
  ll: 'MMM D, YYYY',
  l: 'M/D/YYYY',
};

/** Tokens that moment.js knows and dayjs does not, or that dayjs formats differently. */
const tokenFormatters: Record<string, (at: Dayjs) => string> = {
  Y: at => String(at.year()),
  YYYYY: at => padded(at.year(), 5),
  YYYYYY: at => `+${padded(at.year(), 6)}`,
  y: at => String(at.year()),
  yo: at => ordinal(at.year()),
  yy: at => padded(at.year(), 2),
  yyy: at => padded(at.year(), 3),
  yyyy: at => padded(at.year(), 4),
  N: () => 'AD',
  NN: () => 'AD',
  NNN: () => 'AD',
  NNNN: () => 'Anno Domini',
  NNNNN: () => 'AD',
  Mo: at => ordinal(at.month() + 1),
  Qo: at => ordinal(Math.ceil((at.month() + 1) / 3)),
  Do: at => ordinal(at.date()),
  DDD: at => String(at.dayOfYear()),
  DDDo: at => ordinal(at.dayOfYear()),
  DDDD: at => padded(at.dayOfYear(), 3),
  do: at => ordinal(at.day()),
  e: at => String(at.day()),
  E: at => String(at.isoWeekday()),
  wo: at => ordinal(at.week()),
  Wo: at => ordinal(at.isoWeek()),
  gg: at => padded(at.weekYear() % 100, 2),
  gggg: at => padded(at.weekYear(), 4),
  ggggg: at => padded(at.weekYear(), 5),
  GG: at => padded(at.isoWeekYear() % 100, 2),
  GGGG: at => padded(at.isoWeekYear(), 4),
  GGGGG: at => padded(at.isoWeekYear(), 5),
  hmm: at => at.format('h') + at.format('mm'),
  hmmss: at => at.format('h') + at.format('mm') + at.format('ss'),
  Hmm: at => at.format('H') + at.format('mm'),
  Hmmss: at => at.format('H') + at.format('mm') + at.format('ss'),
};

const dayjsTokens = /^(YY|YYYY|M{1,4}|DD?|d{1,4}|HH?|hh?|kk?|[aA]|mm?|ss?|Q|ww?|WW?)$/;

/** Formats an instant (ISO 8601) in an IANA time zone, which is UTC by default. */
export function formatDate(instant: string, format: string, zone = 'UTC'): string {
  const date = new Date(instant);
  const offset = offsetOf(date, zone);
  // The zone's local time as if it were UTC: dayjs's own conversion is wrong when the machine's zone changes its clock.
  const at = dayjs.utc(date.getTime() + offset.minutes * 60_000);
  const instantTokens: Record<string, string> = {
    X: String(Math.floor(date.getTime() / 1000)),
    x: String(date.getTime()),
    Z: offset.text,
    ZZ: offset.text.replace(':', ''),
    z: zoneName(date, zone, 'short'),
    zz: zoneName(date, zone, 'short'),
  };
  return format
    .replaceAll(/\[[^[]*\]|\\?(?:LTS|LT|LL?L?L?|l{1,4})/g, each => shorthand[each] ?? each)
    .replaceAll(tokens, token => {
      if (/^S+$/.test(token)) return padded(at.millisecond(), 3).padEnd(9, '0').slice(0, token.length);
      const formatted = instantTokens[token] ?? tokenFormatters[token]?.(at);
      if (formatted !== undefined) return formatted;
      return dayjsTokens.test(token) ? at.format(token) : unescapeText(token);
    });
}

/** Returns the text in brackets or after a backslash, which is not a token. */
function unescapeText(text: string): string {
  return /^\[./s.test(text) ? text.slice(1).replace(/\]$/, '') : text.replaceAll('\\', '');
}

/** A zone's offset from UTC, such as `+09:00`. Node knows the zones and their history, and writes UTC as `GMT` alone. */
function offsetOf(at: Date, zone: string): { text: string; minutes: number } {
  const text = /[+-]\d\d:\d\d/.exec(zoneName(at, zone, 'longOffset'))?.[0] ?? '+00:00';
  const [hours = 0, minutes = 0] = text.slice(1).split(':').map(Number);
  return { text, minutes: (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) };
}

function zoneName(at: Date, zone: string, style: 'short' | 'longOffset'): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style });
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function ordinal(value: number): string {
  const endings: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };
  return `${value}${endings[new Intl.PluralRules('en', { type: 'ordinal' }).select(value)] ?? 'th'}`;
}
