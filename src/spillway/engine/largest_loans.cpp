#include "spillway/engine/largest_loans.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "spillway/collateral/project.h"

namespace spillway::engine {

namespace {

using cashflow::PoolVectors;
using Positions = std::vector<std::size_t>;

constexpr std::size_t kOfRow = 5, kOfPeriod = 10;
// Carried one by one for a period: some 5 ms, with credit 15. A book has no more time for lists; `spillway explain` has.
constexpr std::size_t kMostLoanMonths = 1'000'000;

// Loans of the tape, with what a list says of each.
class Lists {
 public:
  explicit Lists(const pool::LoanTape& tape) : tape_(tape), rates_(strat::attribute_values(tape, "gross_rate")) {}

  // `amount` and `tape_row` are of a position.
  template <class Amount, class TapeRow>
  book::LargestLoans list(const Positions& all, std::size_t most, Amount amount, TapeRow tape_row) const {
    const auto goes_first = [&](std::size_t a, std::size_t b) {
      const double first = amount(a), second = amount(b);
      return first != second ? first > second : tape_row(a) < tape_row(b);
    };
    Positions top(std::min(most, all.size()));
    std::partial_sort_copy(all.begin(), all.end(), top.begin(), top.end(), goes_first);
    book::LargestLoans made;
    for (std::size_t i : top) {
      const std::size_t row = tape_row(i);
      made.loans.push_back({std::string(tape_.loan_id[row]), amount(i), tape_.current_balance[row], rates_[row]});
    }
    made.others = all.size() - top.size();
    for (std::size_t i : all) {
      made.total += amount(i);
      if (goes_first(top.back(), i)) made.others_amount += amount(i);
    }
    return made;
  }

  book::LoansOfTable of_table(const strat::LoanRows& rows) const {
    std::vector<Positions> loans(rows.labels.size());
    Positions all;
    for (std::size_t i = 0; i < rows.row_of_loan.size(); ++i) {
      if (rows.row_of_loan[i] == strat::kOutside) continue;
      loans[rows.row_of_loan[i]].push_back(i);
      all.push_back(i);
    }
    const auto balances = [&](const Positions& some) {
      return list(some, kOfRow, [&](std::size_t i) { return tape_.current_balance[i]; }, [](std::size_t i) { return i; });
    };
    book::LoansOfTable made{rows.name, rows.labels, {}, balances(all)};
    for (const Positions& row : loans) made.rows.push_back(balances(row));
    return made;
  }

 private:
  const pool::LoanTape& tape_;
  std::vector<double> rates_;
};

std::size_t heaviest_period(const PoolVectors& pool) {
  std::size_t heaviest = 0;
  double most = 0.0;
  for (std::size_t t = 0; t < pool.periods(); ++t) {
    const double weight = pool.principal(t) * static_cast<double>(t + 1);
    if (weight > most) most = weight, heaviest = t;
  }
  return heaviest;
}

// Whether the loans that reach the period are few enough to be carried there one by one. Credit carries every loan to its end.
bool is_cheap(const Inputs& in, const ScenarioDefinition& scenario, const PoolVectors& pool) {
  if (!scenario.assumptions.credit.is_idle()) return in.pool.size() * pool.periods() <= kMostLoanMonths;
  const std::size_t months = heaviest_period(pool) + 1;
  std::vector<std::optional<int>> assumed;  // terms by loan group
  for (const std::string& group : in.pool.groups) {
    const auto found = scenario.assumptions.assumed_terms.find(group);
    assumed.push_back(found == scenario.assumptions.assumed_terms.end() ? std::nullopt : found->second.remaining_term);
  }
  std::size_t reach = 0;
  for (std::size_t i = 0; i < in.pool.size(); ++i) {
    const int term = assumed[static_cast<std::size_t>(in.pool.group[i])].value_or(in.pool.remaining_term[i]);
    reach += static_cast<std::size_t>(term) >= months ? 1 : 0;
  }
  return reach * months <= kMostLoanMonths;
}

book::LoansOfPeriod of_period(const Inputs& in, const Lists& lists, const Run& run, const PoolVectors& pool, const PoolVectors& loans) {
  const std::size_t t = heaviest_period(pool);
  Positions all(in.pool.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const auto by = [&](auto amount) {
    book::LargestLoans made = lists.list(all, kOfPeriod, [&](std::size_t i) { return amount(loans, i); },
                                         [&](std::size_t i) { return std::size_t{in.pool.tape_row[i]}; });
    const double whole = amount(pool, t), difference = whole - made.total;
    if (std::abs(difference) > 1e-9 * std::abs(whole) + 1e-6) made.as_a_whole = difference;
    made.total = whole;
    return made;
  };
  return {run.request.scenario, 100.0 * run.request.speed, static_cast<int>(t) + 1,
          by([](const PoolVectors& v, std::size_t i) { return v.principal(i); }),
          by([](const PoolVectors& v, std::size_t i) { return v.net_interest(i); })};
}

// What each loan comes to in the heaviest period of each run, all of one scenario.
std::vector<PoolVectors> carried(const Inputs& in, const std::vector<const Run*>& runs, const RunSet& set) {
  if (runs.empty()) return {};
  const ScenarioDefinition& scenario = *in.scenario(runs.front()->request.scenario);
  std::vector<collateral::LoanPeriod> asked;
  for (const Run* run : runs) asked.push_back({run->request.speed, heaviest_period(set.collateral[run->collateral].total)});
  if (scenario.assumptions.credit.is_idle()) {
    return collateral::loans_in_periods(in.pool, scenario.assumptions, asked, scenario.indices, in.collateral);
  }
  std::vector<PoolVectors> all;
  for (const collateral::LoanPeriod& one : asked) {
    all.push_back(collateral::loans_in_period(in.pool, scenario.assumptions, {one.speed, nullptr}, scenario.indices, in.collateral, one.period));
  }
  return all;
}

// One run of each projection under the price-DM scenario that is cheap enough.
std::vector<const Run*> projections(const Inputs& in, const RunSet& set) {
  std::vector<const Run*> found;
  if (!in.plan.price_dm || in.pool.size() == 0 || in.pool.tape_row.size() != in.pool.size()) return found;
  const ScenarioDefinition& scenario = *in.scenario(in.plan.price_dm->scenario);
  for (const double speed : scenario.speeds) {
    const Run* run = nullptr;
    for (const bool to_call : {false, true}) {
      if (run == nullptr) run = set.find({scenario.name, speed, to_call, {}});
    }
    if (run == nullptr) continue;
    const PoolVectors& pool = set.collateral[run->collateral].total;
    if (pool.periods() > 0 && is_cheap(in, scenario, pool)) found.push_back(run);
  }
  return found;
}

}  // namespace

book::LargestLoansOfBook largest_loans(const Inputs& inputs, std::span<const strat::LoanRows> tables, const RunSet& set) {
  book::LargestLoansOfBook made;
  if (inputs.tape.size() == 0 || inputs.parts) return made;
  const Lists lists(inputs.tape);
  const std::vector<const Run*> runs = projections(inputs, set);
  const std::vector<PoolVectors> loans = carried(inputs, runs, set);
  for (std::size_t r = 0; r < runs.size(); ++r) {
    made.periods.push_back(of_period(inputs, lists, *runs[r], set.collateral[runs[r]->collateral].total, loans[r]));
  }
  for (const strat::LoanRows& rows : tables) made.tables.push_back(lists.of_table(rows));
  return made;
}

}  // namespace spillway::engine
