// The loans that contribute most to a number, all others in one line.
const loanLists = book.loans;

// `total`: the number they add up to; without amounts of its own, a list is of balances.
function loanTable(caption, list, total, amountTitle) {
  const share = amount => (total ? (100 * amount) / total : null);
  const line = (name, balance, rate, amount) => [name, rate, ...(list.amounts ? [balance] : []), amount, share(amount)];
  const {ids, balances, rates} = loanLists;
  const rows = list.loans.map((i, k) => ({cells: line(ids[i], balances[i], rates[i], list.amounts ? list.amounts[k] : balances[i])}));
  if (list.others > 0) rows.push({cells: line(`${numberText(list.others, COUNT)} other loans`, null, null, list.rest)});
  if (list.whole) rows.push({cells: line('For loan groups as a whole', null, null, list.whole)});
  const columns = [
    {title: 'Loan', text: true},
    {title: 'Gross rate', format: percentOf(3)},
    {title: 'Current balance', format: CENTS},
    ...(list.amounts ? [{title: amountTitle, format: CENTS}] : []),
    {title: 'Share', format: percentOf(4)}
  ];
  return stepTable(caption, columns, rows, [{total: true, cells: line('All loans', null, null, total)}]);
}

// The largest loans of a row of a stratification, or of its total.
function largestOfRow(table, row) {
  const found = loanLists.tables.find(one => one.name === valueAt(table, row, 'table'));
  if (!found) return [];
  const at = found.labels.indexOf(valueAt(table, row, 'label'));
  const list = row === stratTotal(table, row) ? found.all : found.rows[at];
  return list ? [heading('Largest loans'), loanTable('Largest loans', list, valueAt(table, row, 'current_balance'))] : [];
}

// The loans that paid most in the period of a run that weighs most; nothing once the run was called before it.
function loansOfRun(run, withInterest) {
  if (run.isPart) return [];
  const found = loanLists.periods.find(one => one.scenario === run.scenario && Math.abs(one.speed - run.speed) < 1e-6);
  if (!found) return loansByCommand(run);
  if (found.period > run.count || (run.called > 0 && found.period > run.called)) return [];
  const what = ['principal', ...(withInterest ? ['interest'] : [])];
  const words = {principal: ['principal', 'Principal'], interest: ['net interest', 'Net interest']};
  return [
    heading(`Loans behind period ${found.period}`),
    paragraph(`Period ${found.period} weighs most in the average life of the pool: principal × months is largest there.`, 'hint'),
    ...what.map(key =>
      loanTable(`Loans that paid most ${words[key][0]} in period ${found.period}`, found[key], found[key].total, words[key][1])
    ),
    button(`Open period ${found.period}`, () => askPeriod(run, found.period - 1), {class: 'small'})
  ];
}

// Where the page has no list, the command has one: of the period that weighs most in the run.
function loansByCommand(run) {
  if (loanLists.ids.length === 0) return [];
  const paid = t => pool(run, 'scheduled', t) + pool(run, 'prepaid', t) + pool(run, 'recoveries', t);
  let heaviest = 0;
  for (let t = 1; t < run.count; t += 1) if (paid(t) * (t + 1) > paid(heaviest) * (heaviest + 1)) heaviest = t;
  const path = `cash_flows/pool/${heaviest + 1}/principal`;
  const options = ` --scenario ${run.scenario} --speed ${shortNumber(run.speed)} --to ${run.toCall ? 'call' : 'maturity'}`;
  return [
    heading(`Loans behind period ${heaviest + 1}`),
    paragraph('Period that weighs most. Its loans are not carried in this page; this lists them:', 'hint'),
    copiedCommand(path, options)
  ];
}
