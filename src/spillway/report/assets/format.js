// Numbers and dates as the tables print them: half away from zero, the same bytes as the CSV files.
const DAY = 86400000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DOLLARS = {kind: 'number', thousands: true, prefix: '$'};
const CENTS = {...DOLLARS, decimals: 2};
const COUNT = {kind: 'number', thousands: true};
const AMOUNT = {...COUNT, decimals: 2};
const decimalsOf = decimals => ({kind: 'number', decimals});
const percentOf = decimals => ({kind: 'number', decimals, suffix: '%'});

function roundHalfAway(value, decimals) {
  const scale = 10 ** decimals;
  const scaled = Math.abs(value * scale);
  if (!(scaled < 9007199254740992)) return value;
  const whole = Math.floor(scaled);
  const rounded = (scaled - whole >= 0.5 ? whole + 1 : whole) / scale;
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}

const groupThousands = digits => digits.replace(/^\d+/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ','));

function numberText(value, format, plain) {
  if (!Number.isFinite(value)) return '';
  if (format.kind !== 'number') return String(value === 0 ? 0 : value);
  const decimals = format.decimals || 0;
  const rounded = roundHalfAway(value, decimals);
  const digits = Math.abs(rounded).toFixed(decimals);
  const sign = rounded < 0 ? '-' : '';
  if (plain) return sign + digits;
  return sign + (format.prefix || '') + (format.thousands ? groupThousands(digits) : digits) + (format.suffix || '');
}

const isoDate = day => new Date(day * DAY).toISOString().slice(0, 10);

function dateText(day, format, plain) {
  const iso = isoDate(day);
  if (format.month_slash_year) return iso.slice(5, 7) + '/' + iso.slice(2, 4);
  if (!format.month_only) return iso;
  return plain ? iso.slice(0, 7) : MONTHS[Number(iso.slice(5, 7)) - 1] + iso.slice(2, 4);
}

// A value of a table as text: null, a text, a number, or a date as {day}.
function valueText(value, format, plain = false) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, format, plain);
  return dateText(value.day, format, plain);
}

const shown = (value, format) => (value === null || value === undefined || Number.isNaN(value) ? '–' : numberText(value, format));

function csvField(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// A printed number as a spreadsheet takes it: no dollar sign, no thousands, no percent sign.
function plainNumber(text) {
  return /^-?\$?[\d,]*\.?\d+%?$/.test(text) ? text.replace(/[$,%]/g, '') : text;
}

// The number in a printed text, for sorting; null where there is none.
function numberIn(text) {
  const plain = plainNumber(text.trim());
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

// Days by the conventions of calendar/calendar.h.
const isEndOfFebruary = date => date.getUTCMonth() === 1 && new Date(date.getTime() + DAY).getUTCMonth() === 2;

function days30360(from, to) {
  const a = new Date(from * DAY),
    b = new Date(to * DAY);
  let dayA = a.getUTCDate(),
    dayB = b.getUTCDate();
  if (isEndOfFebruary(a) && isEndOfFebruary(b)) dayB = 30;
  if (isEndOfFebruary(a) || dayA === 31) dayA = 30;
  if (dayB === 31 && dayA === 30) dayB = 30;
  return 360 * (b.getUTCFullYear() - a.getUTCFullYear()) + 30 * (b.getUTCMonth() - a.getUTCMonth()) + dayB - dayA;
}

function yearFraction(count, from, to) {
  if (count === 'actual_360') return (to - from) / 360;
  if (count === 'actual_365') return (to - from) / 365;
  return days30360(from, to) / 360;
}
