#include "spillway/engine/contributions.h"

#include <algorithm>
#include <cmath>

#include "spillway/collateral/project.h"
#include "spillway/engine/deal_runner.h"
#include "spillway/engine/parallel.h"

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
struct Regrouped {
  pool::Pool pool;
  std::vector<std::size_t> row, group;  // by new group
};

Regrouped regrouped(const pool::Pool& pool, const std::vector<std::uint32_t>& rows, std::size_t row_count) {
  Regrouped made{pool, {}, {}};
  made.pool.groups.clear();
  made.pool.order.clear();
  std::vector<int> number(row_count * pool.groups.size(), -1);
  for (std::size_t i = 0; i < pool.size(); ++i) {
    const auto group = static_cast<std::size_t>(pool.group[i]);
    int& own = number[rows[i] * pool.groups.size() + group];
    if (own < 0) {
      own = static_cast<int>(made.row.size());
      made.row.push_back(rows[i]);
      made.group.push_back(group);
      made.pool.groups.push_back(pool.groups[group] + " of row " + std::to_string(rows[i] + 1));
    }
    made.pool.group[i] = own;
  }
  return made;
}

template <class Value>
std::map<std::string, Value> renamed(const std::map<std::string, Value>& by_group, const pool::Pool& pool, const Regrouped& made) {
  std::map<std::string, Value> all;
  for (std::size_t g = 0; g < made.group.size(); ++g) {
    const auto found = by_group.find(pool.groups[made.group[g]]);
    if (found != by_group.end()) all[made.pool.groups[g]] = found->second;
  }
  return all;
}

assumptions::Scenario scenario_of(const Inputs& inputs, const RunRequest& run) {
  assumptions::Scenario scenario = inputs.scenario(run.scenario)->assumptions;
  scenario.credit = changed_credit(scenario.credit, run.credit, inputs.pool.groups);
  scenario.speed = run.speed;
  return scenario;
}

// What a run of collateral comes to over some periods.
class Measure {
 public:
  Measure(const Inputs& inputs, std::size_t periods, int period)
      : settlement_(inputs.deal.settlement), period_(period),
        count_(inputs.plan.price_dm ? inputs.plan.price_dm->conventions.average_life : calendar::DayCount::thirty_360),
        schedule_(calendar::make_schedule(inputs.deal.schedule, inputs.business_days, static_cast<int>(periods))) {}

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

 private:
  std::size_t first() const { return period_ > 0 ? static_cast<std::size_t>(period_) - 1 : 0; }
  std::size_t last(const PoolVectors& pool) const {
    return period_ > 0 ? std::min(pool.periods(), static_cast<std::size_t>(period_)) : pool.periods();
  }

  calendar::Date settlement_;
  int period_;
  calendar::DayCount count_;
  std::vector<calendar::PaymentPeriod> schedule_;
};

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

}  // namespace

std::vector<CollateralCashFlows> project_rows(const Inputs& inputs, const RunRequest& run, const strat::LoanRows& rows) {
  result::require(!inputs.parts && inputs.pool.tape_row.size() == inputs.pool.size(), "rows are asked of a pool without a tape");
  const std::size_t count = rows.labels.size() + (rows.outside > 0 ? 1 : 0);
  const Regrouped made = regrouped(inputs.pool, row_of_pool_loan(inputs.pool, rows), count);
  assumptions::Scenario scenario = scenario_of(inputs, run);
  scenario.prepayment = renamed(scenario.prepayment, inputs.pool, made);
  scenario.assumed_terms = renamed(scenario.assumed_terms, inputs.pool, made);
  scenario.credit.defaults = renamed(scenario.credit.defaults, inputs.pool, made);
  CollateralCashFlows flows = collateral::project(made.pool, scenario, paths_of(inputs, run), inputs.collateral);
  std::vector<CollateralCashFlows> all(count);
  for (CollateralCashFlows& row : all) {
    row.total.name = "pool";
    row.total.has_credit = flows.total.has_credit;
    row.total.resize(flows.total.periods());
  }
  for (std::size_t g = 0; g < flows.groups.size(); ++g) {
    PoolVectors& group = flows.groups[g];
    group.name = inputs.pool.groups[made.group[g]];
    all[made.row[g]].total.add(group);
    all[made.row[g]].groups.push_back(std::move(group));
  }
  return all;
}

std::vector<book::Contributions> contributions(const Inputs& inputs, const RunRequest& run, std::span<const strat::LoanRows> tables,
                                               int period, const RunSettings& settings) {
  const PoolVectors whole =
      collateral::project(inputs.pool, scenario_of(inputs, run), paths_of(inputs, run), inputs.collateral).total;
  const Measure measure(inputs, whole.periods(), period);
  const Contribution total = measure.of(whole, "Total", static_cast<std::int64_t>(inputs.pool.size()));
  std::vector<book::Contributions> all(tables.size());
  for_each_task(tables.size(), settings.threads, [&](std::size_t t) {
    const strat::LoanRows& rows = tables[t];
    std::vector<std::int64_t> loans(rows.labels.size() + 1);
    for (std::uint32_t row : row_of_pool_loan(inputs.pool, rows)) ++loans[row];
    all[t] = {rows.name, rows.title, whole.has_credit, measure.balance_months(whole), {}, total};
    Contribution sum;
    const std::vector<CollateralCashFlows> flows = project_rows(inputs, run, rows);
    for (std::size_t r = 0; r < flows.size(); ++r) {
      const std::string label = r < rows.labels.size() ? rows.labels[r] : "(not in the table)";
      all[t].rows.push_back(measure.of(flows[r].total, label, loans[r]));
      sum.add(all[t].rows.back());
    }
    if (auto rest = rest_of(total, sum)) all[t].rows.push_back(std::move(*rest));
  });
  return all;
}

}  // namespace spillway::engine
