// The deal's own formulas, worked out again for one period of a run. What the page does not carry stays unknown.
const TOKEN =
  /\s*(?:(\d{4}-\d{2}-\d{2})|(\d[\d_]*(?:\.\d+)?)(%?)|([A-Za-z_][\w]*(?:-[A-Z\d][\w]*)*(?:\.[\w-]+)*)|(<=|>=|!=|[-+*/()<>=,]))/y;

function tokensOf(text, isName) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const found = TOKEN.exec(text);
    if (!found) return null;
    const [, date, number, percent, name, sign] = found;
    if (date) tokens.push({value: Date.parse(`${date}T00:00:00Z`) / DAY});
    else if (number) tokens.push({value: Number(number.replaceAll('_', '')) / (percent ? 100 : 1)});
    else if (name) tokens.push({name});
    else tokens.push({sign});
  }
  return tokens.every(token => !token.name || isName(token.name)) ? tokens : null;
}

const OPERATORS = [
  {or: (a, b) => Number(a || b)},
  {and: (a, b) => Number(a && b)},
  {
    '<': (a, b) => Number(a < b),
    '>': (a, b) => Number(a > b),
    '<=': (a, b) => Number(a <= b),
    '>=': (a, b) => Number(a >= b),
    '=': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b)
  },
  {'+': (a, b) => a + b, '-': (a, b) => a - b},
  {'*': (a, b) => a * b, '/': (a, b) => a / b}
];
const FUNCTIONS = {min: Math.min, max: Math.max, abs: Math.abs, if: (when, then, otherwise) => (when ? then : otherwise)};
const isWord = name => name in FUNCTIONS || ['and', 'or', 'not'].includes(name);

// The value of a formula, `values` giving that of each name; null if it cannot be worked out.
function evaluate(text, values) {
  const tokens = tokensOf(text, name => isWord(name) || values(name) !== null);
  if (!tokens) return null;
  let at = 0;
  const next = sign => tokens[at]?.sign === sign && Boolean((at += 1));
  const primary = () => {
    const token = tokens[at++];
    if (token.sign === '-') return -primary();
    if (token.sign === '(') {
      const inner = level(0);
      next(')');
      return inner;
    }
    if (token.name === 'not') return Number(!level(2));
    if (token.name in FUNCTIONS && next('(')) {
      const given = [level(0)];
      while (next(',')) given.push(level(0));
      next(')');
      return FUNCTIONS[token.name](...given);
    }
    return token.name ? values(token.name) : token.value;
  };
  const level = depth => {
    if (depth === OPERATORS.length) return primary();
    let left = level(depth + 1);
    for (let apply; (apply = OPERATORS[depth][tokens[at]?.sign ?? tokens[at]?.name]);) {
      at += 1;
      left = apply(left, level(depth + 1));
    }
    return left;
  };
  const value = level(0);
  return at === tokens.length && Number.isFinite(value) ? value : null;
}

const total = (run, name, t) => sum(run.classes.filter(bond => !bond.notional).map(bond => bond.get(name).values[t]));
const pool = (run, name, t) => run.get('pool', name)?.values[t] ?? null;

// Names of formulas that a run's series say: what they are, and their value in a period.
const NAMES = {
  days: (run, t) => run.schedule.days[t],
  period: (run, t) => t + 1,
  date: (run, t) => run.schedule.dates[t],
  'pool.balance.beginning': (run, t) => pool(run, 'beginning_balance', t),
  'pool.balance.cut_off': () => basis.cut_off_balance,
  'pool.net_rate': (run, t) => pool(run, 'net_rate', t) / 100,
  'pool.interest.net': (run, t) => pool(run, 'net_interest', t),
  'pool.interest.gross': (run, t) => pool(run, 'gross_interest', t),
  'pool.losses': (run, t) => pool(run, 'losses', t),
  'classes.balance.beginning': (run, t) => total(run, 'beginning_balance', t),
  'classes.balance.original': run => sum(run.classes.filter(bond => !bond.notional).map(bond => bond.original)),
  'hedges.notional': (run, t) => run.get('deal', 'hedge_notional').values[t],
  'hedges.net_payment': (run, t) => run.get('deal', 'hedge_net').values[t],
  'hedges.receipts': (run, t) => Math.max(0, run.get('deal', 'hedge_net').values[t]),
  'hedges.payments': (run, t) => Math.max(0, -run.get('deal', 'hedge_net').values[t]),
  'call.exercised': (run, t) => Number(run.called === t + 1)
};

const quantityNamed = (run, name) => run.list('quantities').find(series => series.name === name);

// The value of a name in a period: {value, format, quantity}; null if the page does not carry it.
function namedValue(run, t, name) {
  const quantity = quantityNamed(run, name);
  if (quantity) {
    const isRate = quantity.unit === 'percent';
    return {
      value: isRate ? quantity.values[t] / 100 : quantity.values[t],
      format: quantity.unit === 'dollars' ? CENTS : isRate ? null : decimalsOf(6),
      quantity,
      isRate
    };
  }
  const trigger = run.list('triggers').find(series => series.name === name);
  if (trigger) return {value: trigger.values[t], format: COUNT};
  if (name in NAMES) {
    const value = NAMES[name](run, t);
    const isRate = name.endsWith('_rate');
    const isMoney = /balance|hedges|interest|losses/.test(name);
    return value === null ? null : {value, isRate, isDate: name === 'date', format: isMoney ? CENTS : COUNT};
  }
  const bond = run.classes.find(one => name.startsWith(`${one.name}.`));
  if (bond && name === `${bond.name}.balance.beginning`) return {value: bond.get('beginning_balance').values[t], format: CENTS};
  return null;
}

const namesIn = text =>
  unique([...text.matchAll(/[A-Za-z_][\w]*(?:-[A-Z\d][\w]*)*(?:\.[\w-]+)*/g)].map(found => found[0]).filter(name => !isWord(name)));
