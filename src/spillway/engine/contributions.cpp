#include "spillway/engine/contributions.h"

#include <algorithm>
#include <cmath>

#include "spillway/collateral/project.h"
#include "spillway/engine/deal_runner.h"
#include "spillway/engine/loans.h"
#include "spillway/engine/parallel.h"
#include "spillway/engine/row_flows.h"

namespace spillway::engine {

namespace {

using book::Contribution;
using cashflow::CollateralCashFlows;
using cashflow::PoolVectors;

// Each loan of the pool in its row; the loans outside are a row after the last.
std::vector<std::uint32_t> row_of_pool_loan(const pool::Pool& pool, const strat::LoanRows& rows) {
  std::vector<std::uint32_t> found(pool.size());
  for (std::size_t i = 0; i < pool.size(); ++i) {
    const std::uint32_t row = rows.row_of_loan[pool.tape_row[i]];
    found[i] = row == strat::kOutside ? static_cast<std::uint32_t>(rows.labels.size()) : row;
  }
  return found;
}

// The pool with a loan group for each row and loan group that has loans.
RowGroups regrouped(const pool::Pool& pool, const std::vector<std::uint32_t>& rows, std::size_t row_count) {
  RowGroups made{pool, {}, {}};
  made.pool.groups.clear();
  made.pool.order.clear();
  std::vector<int> number(row_count * pool.groups.size(), -1);
  for (std::size_t i = 0; i < pool.size(); ++i) {
    const auto group = static_cast<std::size_t>(pool.group[i]);
    int& own = number[rows[i] * pool.groups.size() + group];
    if (own < 0) {
      own = static_cast<int>(made.row.size());
      made.add_group(pool, rows[i], group);
    }
    made.pool.group[i] = own;
  }
  return made;
}

// What late payments and compensating interest make of a group beyond its rows; nothing where rows add up.
std::optional<Contribution> rest_of(const Contribution& total, const Contribution& sum) {
  Contribution rest;
  rest.label = "figured for groups as a whole";
  bool any = false;
  const auto take = [&](double Contribution::*amount) {
    const double left = total.*amount - sum.*amount;
    if (std::abs(left) <= 1e-9 * std::abs(total.*amount) + 1e-6) return;
    rest.*amount = left;
    any = true;
  };
  for (auto amount : {&Contribution::principal, &Contribution::principal_years, &Contribution::net_interest, &Contribution::prepaid,
                      &Contribution::defaulted, &Contribution::losses}) {
    take(amount);
  }
  if (!any) return std::nullopt;
  for (std::size_t year = 0; year < total.by_year.size(); ++year) {
    rest.by_year.push_back(total.by_year[year] - (year < sum.by_year.size() ? sum.by_year[year] : 0.0));
  }
  return rest;
}

// What a run of collateral comes to over some periods.
class Measure {
 public:
  Measure(const Inputs& inputs, const PoolVectors& whole, int period)
      : settlement_(inputs.deal.settlement), period_(period),
        count_(inputs.plan.price_dm ? inputs.plan.price_dm->conventions.average_life : calendar::DayCount::thirty_360),
        schedule_(calendar::make_schedule(inputs.deal.schedule, inputs.business_days, static_cast<int>(whole.periods()))),
        has_credit_(whole.has_credit), balance_months_(balance_months(whole)),
        total_(of(whole, "Total", static_cast<std::int64_t>(inputs.pool_loans()))) {}

  book::Contributions of_table(const RowFlows& rows) const {
    book::Contributions made{rows.name, rows.title, has_credit_, balance_months_, {}, total_};
    Contribution sum;
    for (std::size_t r = 0; r < rows.flows.size(); ++r) {
      made.rows.push_back(of(rows.flows[r].total, r < rows.labels.size() ? rows.labels[r] : "(not in the table)", rows.loans[r]));
      sum.add(made.rows.back());
    }
    if (auto rest = rest_of(total_, sum)) made.rows.push_back(std::move(*rest));
    return made;
  }

 private:
  Contribution of(const PoolVectors& pool, std::string label, std::int64_t loans) const {
    Contribution made;
    made.label = std::move(label);
    made.loans = loans;
    made.balance = pool.cut_off_balance;
    for (std::size_t t = first(); t < last(pool); ++t) {
      const double principal = pool.principal(t);
      made.principal += principal;
      made.principal_years += principal * calendar::year_fraction(count_, settlement_, schedule_[t].payment);
      made.net_interest += pool.net_interest_due(t);
      made.prepaid += pool.prepaid_principal[t];
      made.defaulted += pool.defaulted_balance[t];
      made.losses += pool.realized_losses[t] - pool.subsequent_recoveries[t];
      made.by_year.resize(std::max(made.by_year.size(), t / 12 + 1));
      made.by_year[t / 12] += principal;
    }
    return made;
  }

  double balance_months(const PoolVectors& pool) const {
    double sum = 0.0;
    for (std::size_t t = first(); t < last(pool); ++t) sum += pool.beginning_balance[t];
    return sum;
  }

  std::size_t first() const { return period_ > 0 ? static_cast<std::size_t>(period_) - 1 : 0; }
  std::size_t last(const PoolVectors& pool) const {
    return period_ > 0 ? std::min(pool.periods(), static_cast<std::size_t>(period_)) : pool.periods();
  }

  calendar::Date settlement_;
  int period_;
  calendar::DayCount count_;
  std::vector<calendar::PaymentPeriod> schedule_;
  bool has_credit_;
  double balance_months_;
  Contribution total_;
};

}  // namespace

void RowGroups::add_group(const pool::Pool& whole, std::size_t of_row, std::size_t of_group) {
  row.push_back(of_row);
  group.push_back(of_group);
  pool.groups.push_back(whole.groups[of_group] + " of row " + std::to_string(of_row + 1));
}

assumptions::Scenario scenario_of(const Inputs& inputs, const RunRequest& run) {
  assumptions::Scenario scenario = inputs.scenario(run.scenario)->assumptions;
  scenario.credit = changed_credit(scenario.credit, run.credit, inputs.pool.groups);
  scenario.speed = run.speed;
  return scenario;
}

std::vector<CollateralCashFlows> by_row(CollateralCashFlows flows, const pool::Pool& whole, const RowGroups& made, std::size_t rows) {
  std::vector<CollateralCashFlows> all(rows);
  for (CollateralCashFlows& row : all) {
    row.total.name = "pool";
    row.total.has_credit = flows.total.has_credit;
    row.total.resize(flows.total.periods());
  }
  for (std::size_t g = 0; g < flows.groups.size(); ++g) {
    PoolVectors& group = flows.groups[g];
    group.name = whole.groups[made.group[g]];
    all[made.row[g]].total.add(group);
    all[made.row[g]].groups.push_back(std::move(group));
  }
  return all;
}

std::vector<CollateralCashFlows> project_rows(const Inputs& inputs, const RunRequest& run, const strat::LoanRows& rows) {
  result::require(!inputs.parts && inputs.pool.tape_row.size() == inputs.pool.size(), "rows are asked of a pool without a tape");
  const std::size_t count = rows.labels.size() + (rows.outside > 0 ? 1 : 0);
  const RowGroups made = regrouped(inputs.pool, row_of_pool_loan(inputs.pool, rows), count);
  assumptions::Scenario scenario = scenario_of(inputs, run);
  scenario.prepayment = renamed(scenario.prepayment, inputs.pool, made);
  scenario.assumed_terms = renamed(scenario.assumed_terms, inputs.pool, made);
  scenario.credit.defaults = renamed(scenario.credit.defaults, inputs.pool, made);
  return by_row(collateral::project(made.pool, scenario, paths_of(inputs, run), inputs.collateral), inputs.pool, made, count);
}

std::vector<book::Contributions> contributions(const Inputs& inputs, const RunRequest& run, std::span<const strat::LoanRows> tables,
                                               int period, const RunSettings& settings) {
  const PoolVectors whole =
      collateral::project(inputs.pool, scenario_of(inputs, run), paths_of(inputs, run), inputs.collateral).total;
  const Measure measure(inputs, whole, period);
  std::vector<book::Contributions> all(tables.size());
  for_each_task(tables.size(), settings.threads, [&](std::size_t t) {
    const strat::LoanRows& rows = tables[t];
    RowFlows flows{rows.name, rows.title, rows.labels, std::vector<std::int64_t>(rows.labels.size() + 1), project_rows(inputs, run, rows)};
    for (std::uint32_t row : row_of_pool_loan(inputs.pool, rows)) ++flows.loans[row];
    all[t] = measure.of_table(flows);
  });
  return all;
}

result::Result<std::vector<book::Contributions>> contributions(const Inputs& inputs, const RunRequest& run,
                                                               std::span<const strat::TableDefinition> tables, int period,
                                                               const RunSettings& settings) {
  if (!inputs.parts) return {contributions(inputs, run, strat::loan_rows(inputs.tape, inputs.products, tables), period, settings), {}};
  const Projection projection{&inputs.scenario(run.scenario)->assumptions, paths_of(inputs, run), {{run.speed, run.credit}}};
  auto flows = project_loans(inputs, {projection}, {settings.threads});
  if (!flows.ok()) return {std::nullopt, std::move(flows.issues)};
  const Measure measure(inputs, flows->front().front().total, period);
  std::vector<book::Contributions> all(tables.size());
  auto issues = for_each_table_in_parts(inputs, run, tables, settings.threads,
                                        [&](std::size_t t, const RowFlows& rows) { all[t] = measure.of_table(rows); });
  if (result::has_errors(issues)) return {std::nullopt, std::move(issues)};
  return {std::move(all), {}};
}

}  // namespace spillway::engine
