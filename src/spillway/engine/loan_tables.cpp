#include "spillway/engine/loan_tables.h"

#include "spillway/engine/largest_loans.h"
#include "spillway/engine/parallel.h"
#include "spillway/engine/stage_counter.h"
#include "spillway/strat/in_parts.h"

namespace spillway::engine {

namespace {

// The tables of the stratifications in the making.
class Making {
 public:
  explicit Making(const Inputs& inputs)
      : summary_(inputs.products, inputs.strats), strats_(inputs.products, inputs.strats), rows_(inputs.products, inputs.strats.tables),
        cross_(inputs.strats.tables.size()), largest_(inputs.strats.tables.size()) {}

  void add(const pool::LoanTape& part, int threads) {
    for_each_task(3, threads, [&](std::size_t task) {
      if (task == 0) add_by_rows(part);
      if (task == 1) strats_.add(part);
      if (task == 2) summary_.add(part);
    });
    loans_ += part.size();
  }

  LoanTables finish() {
    LoanTables made;
    made.pool_summary = summary_.summary();
    strat::Stratified stratified = strats_.stratified();
    made.strat_tables = std::move(stratified.tables);
    made.strat_sums = std::move(stratified.averages);
    std::vector<strat::PrintedRows> printed;
    for (std::size_t t = 0; t < rows_.tables(); ++t) printed.push_back(rows_.printed(t));
    made.cross = cross_.sums(printed);
    made.largest.tables = largest_.lists(printed);
    return made;
  }

 private:
  void add_by_rows(const pool::LoanTape& part) {
    rows_.add(part, [&](const strat::RowsOfBlock& block) {
      cross_.add(block, rows_);
      largest_.add(block, rows_, loans_);
    });
  }

  strat::PoolSummary summary_;
  strat::Stratification strats_;
  strat::RowsInParts rows_;
  strat::CrossSumsInParts cross_;
  LargestOfRows largest_;
  std::size_t loans_ = 0;  // of the parts before
};

}  // namespace

result::Result<LoanTables> loan_tables(const Inputs& inputs, const RunSet& set, const RunSettings& settings) {
  if (inputs.tape_loans() == 0) return {LoanTables{}, {}};
  StageCounter counter(settings.on_progress, Stage::stratify, 1);
  Making making(inputs);
  auto issues = inputs.for_each_tape([&](const pool::LoanTape& part) { making.add(part, settings.threads); });
  if (result::has_errors(issues)) return {std::nullopt, std::move(issues)};
  LoanTables made = making.finish();
  auto periods = largest_of_periods(inputs, set, settings.threads);
  if (!periods.ok()) return {std::nullopt, std::move(periods.issues)};
  made.largest.periods = std::move(*periods);
  counter.one_done();
  return {std::move(made), {}};
}

}  // namespace spillway::engine
