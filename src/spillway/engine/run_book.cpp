#include "spillway/engine/run_book.h"

#include <algorithm>

#include "spillway/analytics/yield.h"
#include "spillway/book/appendix_tables.h"
#include "spillway/book/decrement_tables.h"
#include "spillway/book/price_grid.h"
#include "spillway/book/tables.h"
#include "spillway/engine/assumption_tables.h"
#include "spillway/engine/book_basis.h"
#include "spillway/engine/book_requests.h"
#include "spillway/engine/carried_runs.h"
#include "spillway/engine/credit_tables.h"
#include "spillway/engine/loan_tables.h"
#include "spillway/engine/stage_counter.h"
#include "spillway/strat/strat.h"

namespace spillway::engine {

namespace {

using book::PricedRun;

class BookMaker {
 public:
  BookMaker(const Inputs& inputs, const RunSet& set, std::span<const book::BreakEvenRow> break_evens, LoanTables loans,
            const RunSettings& settings)
      : in_(inputs), set_(set), break_evens_(break_evens), loans_(std::move(loans)), on_progress_(settings.on_progress) {}

  book::Book make() {
    book::Parts parts;
    StageCounter counter(on_progress_, Stage::assemble, 1);
    parts.document = in_.document;
    parts.basis = book_basis(in_);
    add_stratifications(parts);
    if (in_.plan.price_dm) add_prices(parts);
    if (in_.plan.class_summary) add_class_summary(parts);
    if (in_.plan.available_rate) add_available_rate(parts);
    if (in_.plan.balances) add_balances(parts);
    add_decrements(parts);
    add_yields(parts);
    add_views(parts);
    add_assumptions(parts);
    parts.credit = credit_tables(in_, set_, break_evens_);
    parts.carried = carried_runs(in_, set_, view_requests(in_));
    parts.break_evens.assign(break_evens_.begin(), break_evens_.end());
    if (!in_.deal.enhancement_target.empty()) {
      parts.credit_enhancement = book::credit_enhancement(in_.deal, in_.pool_balance());
    }
    book::Book made = book::assemble(in_.deal, std::move(parts));
    counter.one_done();
    return made;
  }

 private:
  void add_stratifications(book::Parts& parts) {
    parts.pool_summary = std::move(loans_.pool_summary);
    parts.strat_tables = std::move(loans_.strat_tables);
    parts.strat_sums = std::move(loans_.strat_sums);
    if (in_.tape_loans() > 0) parts.strats = strat::combined_table(parts.strat_tables);
    parts.cross = std::move(loans_.cross);
    parts.largest_loans = std::move(loans_.largest);
  }

  const Run& run_of(const std::string& scenario, double speed, bool to_call) const {
    const Run* run = set_.find({scenario, speed, to_call, {}});
    result::require(run != nullptr, "a table asks for a run that was not made");
    return *run;
  }

  BookPlan::PriceDm pricing() const {
    BookPlan::PriceDm plan = in_.plan.price_dm.value_or(BookPlan::PriceDm{});
    if (plan.index.empty() && !in_.deal.indices.empty()) plan.index = in_.deal.indices.front();
    return plan;
  }

  PricedRun priced(const Run& run) const {
    const BookPlan::PriceDm pricing = this->pricing();
    // A deal without indices floats on nothing.
    const std::vector<double> index =
        pricing.index.empty() ? std::vector<double>(run.flows.periods()) : index_rates(in_, run, pricing.index);
    return book::price_run(in_.deal, run.flows, run.request.speed, run.request.to_call, index, pricing.price,
                           pricing.conventions);
  }

  void add_prices(book::Parts& parts) const {
    const ScenarioDefinition& scenario = *in_.scenario(in_.plan.price_dm->scenario);
    parts.price = in_.plan.price_dm->price;
    for (const bool to_call : {true, false}) {
      if (to_call ? !scenario.to_call : !scenario.to_maturity) continue;
      for (double speed : scenario.speeds) parts.runs.push_back(priced(run_of(scenario.name, speed, to_call)));
    }
    parts.dm_table = book::dm_table(in_.deal, parts.runs);
  }

  void add_class_summary(book::Parts& parts) const {
    const auto& plan = *in_.plan.class_summary;
    parts.class_summary = book::class_summary(in_.deal, priced(run_of(plan.scenario, plan.speed, true)),
                                              priced(run_of(plan.scenario, plan.speed, false)),
                                              priced(run_of(plan.scenario, 0.0, false)));
  }

  void add_available_rate(book::Parts& parts) const {
    std::vector<book::AvailableRateColumn> columns;
    for (const auto& [name, scenario] : in_.plan.available_rate->columns) {
      const ScenarioDefinition& definition = *in_.scenario(scenario);
      columns.push_back({name, &run_of(scenario, definition.speeds.front(), definition.to_call).flows});
    }
    parts.available_rate = book::available_rate(columns, in_.plan.available_rate->quantity);
  }

  // The positions of a class, or of the parts of a combination.
  std::vector<std::size_t> positions_of(const std::string& name) const {
    auto positions = book::grid_subject(in_.deal, name).classes;
    result::require(!positions.empty(), "a table asks for a class that is not there");
    return positions;
  }

  void add_decrements(book::Parts& parts) const {
    for (const BookPlan::Decrements& plan : in_.plan.decrements) {
      std::vector<book::DecrementSubject> subjects;
      for (const auto& subject : plan.subjects) {
        std::vector<std::size_t> classes;
        for (const std::string& name : subject.classes) {
          const auto positions = positions_of(name);
          classes.insert(classes.end(), positions.begin(), positions.end());
        }
        subjects.push_back({subject.label, std::move(classes)});
      }
      std::vector<book::DecrementRun> runs;
      for (const auto& column : plan.columns) {
        runs.push_back({column.speed * 100.0, &run_of(column.scenario, column.speed, false).flows});
      }
      parts.decrement_pages.push_back(book::decrement_page(subjects, runs, in_.deal.settlement, plan.through));
      const table::Table rows = book::decrement_table(subjects, runs, in_.deal.settlement, plan.through);
      if (parts.decrements.rows.empty()) parts.decrements = rows;
      else parts.decrements.rows.insert(parts.decrements.rows.end(), rows.rows.begin(), rows.rows.end());
    }
  }

  void add_yields(book::Parts& parts) const {
    for (const BookPlan::Yields& plan : in_.plan.yields) {
      std::vector<book::YieldCell> cells;
      const auto positions = positions_of(plan.class_name);
      for (double level : plan.levels) {
        for (double speed : plan.speeds) {
          const Run* run = set_.find({plan.scenario, speed, false, std::pair{plan.index, level}});
          result::require(run != nullptr, "a yield table asks for a run that was not made");
          std::vector<const cashflow::ClassCashFlows*> held;
          for (std::size_t c : positions) held.push_back(&run->flows.classes[c]);
          const auto flows = analytics::make_timed_flows(cashflow::combine(plan.class_name, held), run->flows.schedule,
                                                         in_.deal.settlement);
          cells.push_back({level, speed, analytics::yield_from_price(flows, plan.price)});
        }
      }
      const table::Table rows = book::yield_table(plan.class_name, plan.price, cells);
      if (parts.yields.rows.empty()) parts.yields = rows;
      else parts.yields.rows.insert(parts.yields.rows.end(), rows.rows.begin(), rows.rows.end());
    }
  }

  void add_views(book::Parts& parts) const {
    const BookPlan::PriceDm pricing = this->pricing();
    for (const RunRequest& request : view_requests(in_)) {
      const Run& run = run_of(request.scenario, request.speed, request.to_call);
      std::vector<double> index;
      if (!pricing.index.empty()) index = index_rates(in_, run, pricing.index);
      parts.views.push_back(book::make_run_view(in_.deal, run.flows, set_.collateral[run.collateral].total,
                                                {request.scenario, request.speed, request.to_call, pricing.price,
                                                 in_.plan.oc_target, std::move(index), pricing.conventions}));
    }
  }

  void add_assumptions(book::Parts& parts) const {
    const BookPlan::PriceDm pricing = this->pricing();
    parts.assumptions = assumption_tables(in_);
    if (!parts.views.empty()) parts.assumptions.push_back(book::run_list(parts.views));
    parts.assumptions.push_back(book::conventions(convention_choices(in_, pricing)));
  }

  void add_balances(book::Parts& parts) const {
    const auto& plan = *in_.plan.balances;
    parts.class_charts.push_back(book::class_balance_chart(
        run_of(plan.scenario, plan.speed, plan.to_call).flows,
        std::string("Class balances at the pricing speed, to ") + (plan.to_call ? "call" : "maturity")));
  }

  const Inputs& in_;
  const RunSet& set_;
  std::span<const book::BreakEvenRow> break_evens_;
  LoanTables loans_;
  const OnProgress& on_progress_;
};

}  // namespace

std::vector<double> index_rates(const Inputs& inputs, const Run& run, const std::string& index) {
  const rates::IndexPaths& paths = inputs.scenario(run.request.scenario)->indices;
  const auto position = paths.find(index);
  result::require(position.has_value(), "the pricing index has no path");
  std::vector<double> rates;
  for (const calendar::PaymentPeriod& period : run.flows.schedule) {
    rates.push_back(paths.rate(*position, period.accrual_start) + run.request.index_shift);
  }
  return rates;
}

result::Result<book::Book> run_book(const Inputs& inputs, const RunSettings& settings) {
  // The views show what each step paid.
  auto set = run_scenarios(inputs, book_requests(inputs), settings, view_requests(inputs));
  if (!set.ok()) return {std::nullopt, std::move(set.issues)};
  auto break_evens = find_break_evens(inputs, break_even_requests(inputs), settings);
  if (!break_evens.ok()) return {std::nullopt, std::move(break_evens.issues)};
  auto loans = loan_tables(inputs, *set, settings);
  if (!loans.ok()) return {std::nullopt, std::move(loans.issues)};
  return {BookMaker(inputs, *set, *break_evens, std::move(*loans), settings).make(), std::move(set.issues)};
}

}  // namespace spillway::engine
