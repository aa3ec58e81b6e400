// The data embedded in the page: tables at full precision, and every run by period, unpacked when first asked for.
const book = JSON.parse(document.getElementById('book-data').textContent);
const basis = book.basis;
const dataTables = new Map(book.tables.map(table => [table.name, table]));

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function unpackDoubles(base64, count) {
  const view = new DataView(bytesOf(base64).buffer);
  return Float64Array.from({length: count}, (_, i) => view.getFloat64(8 * i, true));
}

// The inverse of report::packed: varints of differences of some order; a zero byte starts a run of zeros.
function unpack(text, count) {
  if (text === '') return new Float64Array(count);
  const [order, digits, base64] = text.split(',');
  if (order === 'f') return unpackDoubles(base64, count);
  const bytes = bytesOf(base64),
    values = new Float64Array(count);
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  for (let i = 0; i < count; i += 1) {
    const coded = varint();
    if (coded === 0) i += varint();
    else values[i] = coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2;
  }
  for (let k = 0; k < Number(order); k += 1) {
    for (let i = 1; i < count; i += 1) values[i] += values[i - 1];
  }
  const scale = 10 ** Number(digits);
  return values.map(value => value / scale);
}

function columnValues(table, c) {
  if (typeof table.values[c] === 'string') {
    table.values[c] = Array.from(unpack(table.values[c], table.count), v => (Number.isNaN(v) ? null : v));
  }
  return table.values[c];
}

const columnOf = (table, name) => table.columns.findIndex(column => column.name === name);
const valueAt = (table, row, name) => columnValues(table, columnOf(table, name))[row];

function formatAt(table, row, c) {
  table.oddFormats ??= new Map(table.formats.map(([r, k, format]) => [`${r},${k}`, format]));
  return table.oddFormats.get(`${row},${c}`) || table.columns[c].format;
}

const textAt = (table, row, name, plain = false) => {
  const c = columnOf(table, name);
  return valueText(columnValues(table, c)[row], formatAt(table, row, c), plain);
};

// TABLE/KEYS/COLUMN. A speed is said in the fewest digits: 150, not 150.00.
function pathOf(table, row, column) {
  table.rowPaths ??= Array.from({length: table.count}, (_, r) =>
    [
      table.name,
      ...table.keys.map(c => {
        const value = columnValues(table, c)[r];
        return typeof value === 'number'
          ? String(Number(value.toFixed(6)))
          : valueText(value, formatAt(table, r, c), true) || 'Total';
      })
    ].join('/')
  );
  return `${table.rowPaths[row]}/${column}`;
}

function csvOf(table) {
  const lines = [table.columns.map(column => csvField(column.name))];
  for (let r = 0; r < table.count; r += 1) {
    lines.push(
      table.columns.map((_, c) => {
        const text = valueText(columnValues(table, c)[r], formatAt(table, r, c), true);
        return text === '' && table.columns.length === 1 ? '""' : csvField(text);
      })
    );
  }
  return lines.map(fields => fields.join(',') + '\n').join('');
}

// A quotient of amounts that the deal calls a rate is shown as one.
function inPercent(series) {
  if (series.unit !== '' || !/(^|_)(rate|cap|coupon|wac)$/.test(series.name)) return series;
  let values = null;
  return {
    name: series.name,
    title: series.title,
    formula: series.formula,
    isZero: series.isZero,
    unit: 'percent',
    get values() {
      return (values ??= series.values.map(value => 100 * value));
    }
  };
}

// One run: series by part and name, unpacked once.
class Run {
  constructor(raw) {
    Object.assign(this, {
      raw,
      scenario: raw.scenario,
      speed: raw.speed,
      toCall: raw.to_call,
      price: raw.price,
      count: raw.count,
      called: raw.called
    });
    this.lists = new Map();
  }

  get schedule() {
    const shared = book.runs.schedules[this.raw.schedule];
    shared.open ??= {
      dates: unpack(shared.dates, shared.count),
      paid: unpack(shared.paid, shared.count),
      days: unpack(shared.days, shared.count)
    };
    return shared.open;
  }

  get index() {
    return this.raw.index === null ? null : this.once('index', () => unpack(this.raw.index, this.count));
  }

  once(key, make) {
    if (!this.lists.has(key)) this.lists.set(key, make());
    return this.lists.get(key);
  }

  open(packed, known) {
    const list = [];
    for (let i = 0; i < packed.length; i += 2) {
      const text = packed[i + 1],
        count = this.count;
      let values = null;
      list.push({
        ...known[packed[i]],
        isZero: text === '',
        get values() {
          return (values ??= unpack(text, count));
        }
      });
    }
    return list;
  }

  list(part) {
    return this.once(part, () => {
      const list = this.open(this.raw[part], part === 'steps' ? book.runs.steps : book.runs.series);
      return part === 'quantities' ? list.map(inPercent) : list;
    });
  }

  get(part, name) {
    return this.list(part).find(series => series.name === name);
  }

  get classes() {
    return this.once('classes', () =>
      this.raw.classes.map(raw => {
        const series = this.open(raw.series, book.runs.series);
        return {...raw, series, terms: this.open(raw.terms, book.runs.series), get: name => series.find(one => one.name === name)};
      })
    );
  }

  classNamed(name) {
    return this.classes.find(one => one.name === name);
  }

  cash(bond) {
    const parts = ['interest_paid', 'principal_paid', 'other_paid'].map(bond.get).filter(Boolean);
    return Float64Array.from({length: this.count}, (_, t) => sum(parts.map(series => series.values[t])));
  }

  get end() {
    return this.toCall ? 'to call' : 'to maturity';
  }
  get words() {
    const {cdr, severity, level} = this.raw;
    const credit = typeof cdr === 'number' ? `, ${shortNumber(cdr)}% CDR, ${shortNumber(severity)}% severity` : '';
    const index = typeof level === 'number' ? `, index at ${shortNumber(level)}%` : '';
    return `${this.scenario}, ${shortNumber(this.speed)}% of the curve, ${this.end}${credit}${index}`;
  }
  // A table's own run: some series of some classes, and no steps to open a period with.
  get isPart() {
    return this.raw.table !== undefined;
  }
}

const shortNumber = value => String(Number(value.toFixed(6)));
const isNear = (a, b) => typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) < 1e-6;

const runs = (book.runs ? book.runs.views : []).map(raw => new Run(raw));
const partRuns = (book.runs?.carried || []).map(raw => new Run(raw));
const partRunOf = (table, name, fits) => partRuns.find(run => run.raw.table === table && fits(run) && run.classNamed(name));
const runOf = (scenario, speed, toCall) =>
  runs.find(run => run.scenario === scenario && Math.abs(run.speed - speed) < 1e-6 && run.toCall === toCall);
