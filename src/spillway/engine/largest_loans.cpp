#include "spillway/engine/largest_loans.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "spillway/collateral/project.h"
#include "spillway/engine/loans.h"
#include "spillway/engine/parallel.h"
#include "spillway/pool/pool_parts.h"

namespace spillway::engine {

namespace {

using cashflow::PoolVectors;

constexpr std::size_t kOfPeriod = 10;
// Carried one by one for a period: some 5 ms, with credit 15. A book has no more time for lists; `spillway explain` has.
constexpr std::size_t kMostLoanMonths = 1'000'000;

std::size_t heaviest_period(const PoolVectors& pool) {
  std::size_t heaviest = 0;
  double most = 0.0;
  for (std::size_t t = 0; t < pool.periods(); ++t) {
    const double weight = pool.principal(t) * static_cast<double>(t + 1);
    if (weight > most) most = weight, heaviest = t;
  }
  return heaviest;
}

// The loans that reach a month under the scenario's assumed terms.
std::size_t count_reaching(const Inputs& in, const ScenarioDefinition& scenario, std::size_t months) {
  pool::PoolTotals whole;
  if (!in.parts) whole.add(in.pool);
  std::size_t reach = 0;
  for (const auto& [group, by_term] : (in.parts ? in.parts->totals : whole).loans_by_term) {
    const auto assumed = scenario.assumptions.assumed_terms.find(group);
    const auto stated = assumed == scenario.assumptions.assumed_terms.end() ? std::nullopt : assumed->second.remaining_term;
    for (std::size_t term = 0; term < by_term.size(); ++term) {
      if (static_cast<std::size_t>(stated.value_or(static_cast<int>(term))) >= months) reach += by_term[term];
    }
  }
  return reach;
}

// Whether the loans that reach the period are few enough to be carried there one by one. Credit carries every loan to its end.
bool is_cheap(const Inputs& in, const ScenarioDefinition& scenario, const PoolVectors& pool) {
  if (!scenario.assumptions.credit.is_idle()) return in.pool_loans() * pool.periods() <= kMostLoanMonths;
  const std::size_t months = heaviest_period(pool) + 1;
  return count_reaching(in, scenario, months) * months <= kMostLoanMonths;
}

// The lists of one period in the making.
class OfPeriod {
 public:
  OfPeriod(const Inputs& in, const Run& run, const PoolVectors& pool)
      : in_(in), run_(run), pool_(pool), scenario_(*in.scenario(run.request.scenario)), period_(heaviest_period(pool)) {}

  collateral::LoanPeriod asked() const { return {run_.request.speed, period_}; }

  // What each loan of a pool comes to in the period, its tape's first row being `first_row` of the whole tape.
  void add(const pool::Pool& pool, const pool::LoanTape& tape, std::size_t first_row, const PoolVectors& loans) {
    for (std::size_t i = 0; i < pool.size(); ++i) {
      const std::size_t row = pool.tape_row[i];
      principal_.add(loans.principal(i), tape, row, first_row + row);
      net_interest_.add(loans.net_interest(i), tape, row, first_row + row);
    }
  }

  book::LoansOfPeriod finish() const {
    return {run_.request.scenario, 100.0 * run_.request.speed, static_cast<int>(period_) + 1,
            list(principal_, pool_.principal(period_)), list(net_interest_, pool_.net_interest(period_))};
  }

 private:
  static book::LargestLoans list(const Largest& largest, double whole) {
    book::LargestLoans made = largest.list();
    const double difference = whole - made.total;
    if (std::abs(difference) > 1e-9 * std::abs(whole) + 1e-6) made.as_a_whole = difference;
    made.total = whole;
    return made;
  }

  const Inputs& in_;
  const Run& run_;
  const PoolVectors& pool_;
  const ScenarioDefinition& scenario_;
  std::size_t period_;
  Largest principal_{kOfPeriod}, net_interest_{kOfPeriod};
};

// Adds the loans of a pool to the lists of all periods, which are of one scenario. Without credit the loans are carried once for all.
void add_loans(const Inputs& in, const pool::Pool& pool, const pool::LoanTape& tape, std::size_t first_row,
               const assumptions::Credit* credit, int threads, std::vector<OfPeriod>& periods) {
  const ScenarioDefinition& scenario = *in.scenario(in.plan.price_dm->scenario);
  if (scenario.assumptions.credit.is_idle()) {
    std::vector<collateral::LoanPeriod> asked;
    for (const OfPeriod& period : periods) asked.push_back(period.asked());
    const auto loans = collateral::loans_in_periods(pool, scenario.assumptions, asked, scenario.indices, in.collateral);
    for (std::size_t p = 0; p < periods.size(); ++p) periods[p].add(pool, tape, first_row, loans[p]);
    return;
  }
  for_each_task(periods.size(), threads, [&](std::size_t p) {
    const auto [speed, period] = periods[p].asked();
    periods[p].add(pool, tape, first_row,
                   collateral::loans_in_period(pool, scenario.assumptions, {speed, credit}, scenario.indices, in.collateral, period));
  });
}

// One run of each projection under the price-DM scenario that is cheap enough.
std::vector<OfPeriod> periods_of(const Inputs& in, const RunSet& set) {
  std::vector<OfPeriod> found;
  if (!in.plan.price_dm || in.pool_loans() == 0 || in.pool.tape_row.size() != in.pool.size()) return found;
  const ScenarioDefinition& scenario = *in.scenario(in.plan.price_dm->scenario);
  for (const double speed : scenario.speeds) {
    const Run* run = nullptr;
    for (const bool to_call : {false, true}) {
      if (run == nullptr) run = set.find({scenario.name, speed, to_call, {}});
    }
    if (run == nullptr) continue;
    const PoolVectors& pool = set.collateral[run->collateral].total;
    if (pool.periods() > 0 && is_cheap(in, scenario, pool)) found.emplace_back(in, *run, pool);
  }
  return found;
}

}  // namespace

void Largest::leave_out(double amount) {
  ++others_;
  others_amount_ += amount;
}

void Largest::add(double amount, const pool::LoanTape& tape, std::size_t loan, std::size_t row) {
  total_ += amount;
  const auto goes_after = [&](const Entry& entry) { return entry.loan.amount != amount ? entry.loan.amount > amount : entry.row < row; };
  if (top_.size() == most_) {
    if (goes_after(top_.back())) return leave_out(amount);
    leave_out(top_.back().loan.amount);
    top_.pop_back();
  }
  const double rate = loan < tape.gross_rate.size() ? tape.gross_rate[loan] : std::numeric_limits<double>::quiet_NaN();
  const auto place = std::find_if_not(top_.begin(), top_.end(), goes_after);
  top_.insert(place, {row, {std::string(tape.loan_id[loan]), amount, tape.current_balance[loan], rate}});
}

book::LargestLoans Largest::list() const {
  book::LargestLoans made;
  for (const Entry& entry : top_) made.loans.push_back(entry.loan);
  made.others = others_;
  made.others_amount = others_amount_;
  made.total = total_;
  return made;
}

void LargestOfRows::add(const strat::RowsOfBlock& block, const strat::RowsInParts& rows, std::size_t loans_before) {
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    OfTable& table = tables_[t];
    table.rows.resize(std::max(table.rows.size(), rows.numbers(t)), Largest(kOfRow));
    for (std::size_t i = 0; i < block.count; ++i) {
      const std::uint32_t number = block.rows[t][i];
      if (number == 0) continue;
      const std::size_t loan = block.first + i;
      const double balance = block.tape.current_balance[loan];
      table.rows[number].add(balance, block.tape, loan, loans_before + loan);
      table.all.add(balance, block.tape, loan, loans_before + loan);
    }
  }
}

std::vector<book::LoansOfTable> LargestOfRows::lists(std::span<const strat::PrintedRows> printed) const {
  std::vector<book::LoansOfTable> made;
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    const strat::PrintedRows& rows = printed[t];
    made.push_back({rows.rows.name, rows.rows.labels, std::vector<book::LargestLoans>(rows.rows.labels.size()), tables_[t].all.list()});
    for (std::size_t number = 0; number < rows.position.size(); ++number) {
      if (rows.position[number] != strat::kOutside) made.back().rows[rows.position[number]] = tables_[t].rows[number].list();
    }
  }
  return made;
}

result::Result<std::vector<book::LoansOfPeriod>> largest_of_periods(const Inputs& inputs, const RunSet& set, int threads) {
  std::vector<OfPeriod> periods = periods_of(inputs, set);
  if (periods.empty()) return {std::vector<book::LoansOfPeriod>(), {}};
  if (!inputs.parts) {
    add_loans(inputs, inputs.pool, inputs.tape, 0, nullptr, threads, periods);
  } else {
    const assumptions::Scenario& assumed = inputs.scenario(inputs.plan.price_dm->scenario)->assumptions;
    auto issues = inputs.parts->for_each([&](const LoanParts::Part& part) {
      if (part.pool.size() > 0) add_loans(inputs, part.pool, *part.tape, part.first_row, credit_in(inputs, part, &assumed), threads, periods);
    }, true);
    if (result::has_errors(issues)) return {std::nullopt, std::move(issues)};
  }
  std::vector<book::LoansOfPeriod> made;
  for (const OfPeriod& period : periods) made.push_back(period.finish());
  return {std::move(made), {}};
}

}  // namespace spillway::engine
