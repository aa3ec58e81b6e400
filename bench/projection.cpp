#include <functional>
#include <numeric>

#include "inputs.h"
#include "quantlib_bonds.h"
#include "scalar_projection.h"
#include "spillway/collateral/project.h"
#include "timing.h"
#include "work_count.h"
#include "workloads.h"

namespace bench {

namespace {

using namespace spillway;

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

void require_same(const std::string& who, const cashflow::PoolVectors& ours, const ScalarFlows& theirs) {
  constexpr double tolerance = 1e-6;
  const double fees = sum(ours.servicing_fee) + sum(ours.master_servicing_fee) + sum(ours.trustee_fee) + sum(ours.mi_premium);
  require_agreement("W1 balances of " + who, sum(ours.beginning_balance), sum(theirs.balance), tolerance);
  require_agreement("W1 interest of " + who, sum(ours.gross_interest), sum(theirs.interest), tolerance);
  require_agreement("W1 fees of " + who, fees, sum(theirs.fees), tolerance);
  require_agreement("W1 scheduled principal of " + who, sum(ours.scheduled_principal), sum(theirs.scheduled), tolerance);
  require_agreement("W1 prepaid principal of " + who, sum(ours.prepaid_principal), sum(theirs.prepaid), tolerance);
}

std::vector<double> flat(const std::vector<std::vector<double>>& tables) {
  std::vector<double> all;
  for (const std::vector<double>& table : tables) all.insert(all.end(), table.begin(), table.end());
  return all;
}

// A column a field of the loans, tables behind one another, and our totals to agree with.
void write_for_peers(const ScalarInputs& inputs, const cashflow::PoolVectors& ours, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const auto column = [&](const std::string& name, const std::function<double(const ScalarLoan&)>& field) {
    std::vector<double> numbers;
    for (const ScalarLoan& loan : inputs.loans) numbers.push_back(field(loan));
    write_numbers(folder / (name + ".f64"), numbers);
  };
  column("balance", [](const ScalarLoan& l) { return l.balance; });
  column("rate", [](const ScalarLoan& l) { return l.rate; });
  column("fee", [](const ScalarLoan& l) { return l.fee; });
  column("margin", [](const ScalarLoan& l) { return l.margin; });
  column("first_cap", [](const ScalarLoan& l) { return l.first_cap; });
  column("periodic_cap", [](const ScalarLoan& l) { return l.periodic_cap; });
  column("max_rate", [](const ScalarLoan& l) { return l.max_rate; });
  column("min_rate", [](const ScalarLoan& l) { return l.min_rate; });
  column("rounding", [](const ScalarLoan& l) { return l.rounding; });
  column("term", [](const ScalarLoan& l) { return l.term; });
  column("amortization", [](const ScalarLoan& l) { return l.amortization; });
  column("age", [](const ScalarLoan& l) { return l.age; });
  column("interest_only", [](const ScalarLoan& l) { return l.interest_only; });
  column("first", [](const ScalarLoan& l) { return l.first; });
  column("group", [](const ScalarLoan& l) { return l.group; });
  column("fixings_row", [](const ScalarLoan& l) { return l.fixings; });
  column("roll", [](const ScalarLoan& l) { return l.roll; });
  column("reset", [](const ScalarLoan& l) { return l.reset; });
  column("lag", [](const ScalarLoan& l) { return l.lag; });
  write_numbers(folder / "fixings.f64", flat(inputs.fixings));
  write_numbers(folder / "smm.f64", flat(inputs.smm));
  write_numbers(folder / "totals.f64", {sum(ours.beginning_balance), sum(ours.gross_interest), sum(ours.scheduled_principal),
                                        sum(ours.prepaid_principal)});
}

}  // namespace

void bench_projection(std::size_t loans, const std::string& tape, const Options& options) {
  const pool::Pool pool = make_pool(read_tape(tape));
  const assumptions::Scenario assumed = scenario();
  const rates::IndexPaths indices = index_paths();
  const double loan_months = std::accumulate(pool.remaining_term.begin(), pool.remaining_term.end(), 0.0);
  std::vector<Contestant> contestants{
      {"ours", [&] { use(collateral::project(pool, assumed, indices).total.gross_interest[0]); }}};
  if (!options.peers) return time_in_turn({"W1", loans, loan_months}, contestants, options.rounds);

  const ScalarInputs inputs = scalar_inputs(pool, assumed, indices);
  const cashflow::CollateralCashFlows flows = collateral::project(pool, assumed, indices);
  require_same("good_scalar", flows.total, good_scalar(inputs));
  require_same("first_loop", flows.total, first_loop(inputs));
  write_for_peers(inputs, flows.total, options.folder / ("W1-" + std::to_string(loans)));
  contestants.push_back({"good_scalar", [&] { use(good_scalar(inputs).interest[0]); }});
  contestants.push_back({"first_loop", [&] { use(first_loop(inputs).interest[0]); }});

  constexpr std::size_t few_bonds = 300;  // a million bonds would take twenty minutes: few of them, scaled by loan-months
  const QuantLibWork bonds = quantlib_work(inputs, few_bonds);
  require_agreement("W1 principal of quantlib", bonds.principal, bonds.run(), 1e-6);
  contestants.push_back({"quantlib", [&] { use(bonds.run()); }, loan_months / bonds.loan_months});
  const WorkCount work = count_work(pool);
  print_bound("W1", loans, work.operations, work.bytes);
  time_in_turn({"W1", loans, loan_months}, contestants, options.rounds);
}

}  // namespace bench
