#include <cmath>
#include <numeric>

#include "spillway/strat/attribute.h"
#include "spillway/strat/average_sums.h"
#include "spillway/strat/in_parts.h"
#include "spillway/strat/row_finder.h"
#include "spillway/strat/row_groups.h"
#include "spillway/strat/row_sums.h"
#include "spillway/strat/strat.h"
#include "spillway/strat/universe.h"
#include "spillway/strat/wide_registers.h"

namespace spillway::strat {

namespace {

using table::Cell;

// Loans that are outside, or whose number is unknown, weigh nothing.
SPILLWAY_ALSO_AVX2
void weigh_own(std::span<const double> values, const double* __restrict balances, const std::uint32_t* __restrict in,
               double* __restrict products, double* __restrict weights) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double inside = balances[i] * static_cast<double>(static_cast<std::int32_t>(in[i]));
    const double weight = values[i] == values[i] ? inside : 0.0;
    weights[i] = weight;
    products[i] = weight > 0 ? weight * values[i] : 0.0;
  }
}

// Eight sums side by side, so that no addition waits for the one before.
SPILLWAY_ALSO_AVX2
double sum_of(std::span<const double> values) {
  std::array<double, 8> sums{};
  std::size_t i = 0;
  for (; i + sums.size() <= values.size(); i += sums.size()) {
    for (std::size_t s = 0; s < sums.size(); ++s) sums[s] += values[i + s];
  }
  for (std::size_t s = 0; i < values.size(); ++i, ++s) sums[s] += values[i];
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

/// One table in the making.
struct Draft {
  const TableDefinition* definition;
  std::size_t universe = 0;  ///< number of the tape's
  RowFinder finder;
  NumberColumn own;  ///< the attribute itself, for the total label
  KeptSum own_product, own_weight;
  bool has_all = true;
  std::size_t outside = 0;  ///< loans that are not in the universe

  explicit Draft(const TableDefinition& d) : definition(&d), finder(d.buckets, d.attribute) {}

  void turn_to(const pool::LoanTape& tape, Universes& universes) {
    universe = universes.number(definition->universe);
    has_all = universes.has_all(universe);
    finder.turn_to(tape);
    own = NumberColumn(tape, definition->attribute);
  }

  void find_rows(LoanBlock block, const std::uint32_t* in, TableRows& rows) {
    finder.find(block, rows.of_loan);
    rows.count = finder.size();
    if (has_all) return;
    std::uint32_t inside = 0;
    for (std::size_t i = 0; i < block.count; ++i) {
      rows.of_loan[i] *= in[i];  // row 0 is nobody's
      inside += in[i];
    }
    outside += block.count - inside;
  }

  void add_own(const double* balances, LoanBlock block, const std::uint32_t* in) {
    if (definition->total_label.empty()) return;
    NumberBlock buffer, products, weights;
    weigh_own({own.values(block, buffer), block.count}, balances, in, products.data(), weights.data());
    own_product.add(sum_of({products.data(), block.count}));
    own_weight.add(sum_of({weights.data(), block.count}));
  }
};

std::vector<table::Column> columns(bool months_to_roll) {
  using table::number_format;
  std::vector<table::Column> all{
      {"label", "Description", "", table::text_format()},
      {"current_balance", "Current Balance", "dollars", table::dollars_format()},
      {"loan_count", "# of Loans", "loans", table::integer_format()},
      {"pct_of_total", "% of Total", "percent", number_format(2)},
      {"average_balance", "Average Balance", "dollars", table::dollars_format()},
      {"min_wac", "Min WAC", "percent a year", number_format(3)},
      {"max_wac", "Max WAC", "percent a year", number_format(3)},
      {"gross_wac", "Gross WAC", "percent a year", number_format(3)},
      {"net_wac", "Net WAC", "percent a year", number_format(3)},
      {"remaining_term", "Remg. Term", "months", number_format(2)},
      {"age", "Age", "months", number_format(2)},
      {"fico", "FICO", "", number_format(0)},
      {"orig_ltv", "Orig LTV", "percent", number_format(1)},
      {"wa_months_to_roll", "WA MTR", "months", number_format(0)},
  };
  if (!months_to_roll) all.pop_back();
  return all;
}

Cell mean(const RowTotal& row, sum::Which product, sum::Which weight) {
  return row.sum(weight) > 0 ? Cell(row.sum(product) / row.sum(weight)) : Cell();
}

// The columns of averages, in printed order.
struct Average {
  const char* column;
  sum::Which product, weight;
};
constexpr Average kAverages[] = {{"gross_wac", sum::gross, sum::gross_weight},
                                 {"net_wac", sum::net, sum::net_weight},
                                 {"remaining_term", sum::term, sum::term_weight},
                                 {"age", sum::age, sum::age_weight},
                                 {"fico", sum::fico, sum::fico_weight},
                                 {"orig_ltv", sum::ltv, sum::ltv_weight},
                                 {"wa_months_to_roll", sum::months_to_roll, sum::months_to_roll_weight}};
constexpr std::size_t kAlways = std::size(kAverages) - 1;  // months to roll where a table shows them

table::Row printed_row(std::string label, const RowTotal& sums, double universe_balance, bool months_to_roll) {
  const double balance = sums.dollars();
  table::Row row;
  row.cells = {Cell(std::move(label)), Cell(balance), Cell(sums.count)};
  row.cells.push_back(universe_balance > 0 ? Cell(100 * balance / universe_balance) : Cell());
  row.cells.push_back(sums.count > 0 ? Cell(balance / static_cast<double>(sums.count)) : Cell());
  row.cells.push_back(std::isfinite(sums.lowest_gross) ? Cell(sums.lowest_gross) : Cell());
  row.cells.push_back(std::isfinite(sums.highest_gross) ? Cell(sums.highest_gross) : Cell());
  for (std::size_t a = 0; a < (months_to_roll ? std::size(kAverages) : kAlways); ++a) {
    row.cells.push_back(mean(sums, kAverages[a].product, kAverages[a].weight));
  }
  return row;
}

void add_sums(const RowTotal& row, bool months_to_roll, std::vector<AverageSums>& averages) {
  for (std::size_t a = 0; a < std::size(kAverages); ++a) {
    const bool shown = a < kAlways || months_to_roll;
    averages[a].products.push_back(shown ? row.sum(kAverages[a].product) : 0.0);
    averages[a].weights.push_back(shown ? row.sum(kAverages[a].weight) : 0.0);
  }
}

// The attribute's own average as text. A date is averaged by its days and shown as the day it falls on.
std::string total_label(const Draft& draft) {
  const TableDefinition& definition = *draft.definition;
  if (definition.total_label.empty() || !(draft.own_weight.value() > 0)) return {};
  const double average = draft.own_product.value() / draft.own_weight.value();
  Cell cell(average);
  if (definition.total_label == "wa_month") {
    const std::chrono::days days{static_cast<int>(std::floor(average))};
    cell = Cell(calendar::Date{std::chrono::sys_days{days}});
  }
  return table::format_cell(cell, {"", "", "", definition.total_format}, table::Style::print);
}

std::string exclusion_note(const Draft& draft) {
  if (draft.outside == 0 || draft.definition->excluded.empty()) return {};
  return "(Excludes " + std::to_string(draft.outside) + " " + draft.definition->excluded + ")";
}

table::Table finish(const Draft& draft, const std::vector<RowTotal>& totals, std::vector<AverageSums>& averages) {
  const TableDefinition& definition = *draft.definition;
  std::vector<double> balances(totals.size());
  std::vector<std::size_t> with_loans;
  RowTotal total;
  for (std::size_t row = 1; row < totals.size(); ++row) {
    if (totals[row].count == 0) continue;
    balances[row] = totals[row].dollars();
    with_loans.push_back(row);
    total.add(totals[row]);
  }
  const double universe_balance = total.dollars();
  table::Table table;
  table.name = definition.name;
  table.title = definition.title;
  table.subtitle = exclusion_note(draft);
  table.columns = columns(definition.months_to_roll_column);
  for (std::size_t row : draft.finder.printed_order(std::move(with_loans), balances)) {
    table.rows.push_back(
        printed_row(draft.finder.label(row), totals[row], universe_balance, definition.months_to_roll_column));
    add_sums(totals[row], definition.months_to_roll_column, averages);
  }
  add_sums(total, definition.months_to_roll_column, averages);
  table.rows.push_back(printed_row(total_label(draft), total, universe_balance, definition.months_to_roll_column));
  table.rows.back().is_total = true;
  return table;
}

}  // namespace

struct Stratification::State {
  const pool::ProductTable* products;
  std::vector<Draft> drafts;
  std::vector<TableRows> rows;  // by draft; groups point at them
  RowGroups groups;
};

Stratification::Stratification(const pool::ProductTable& products, const StratDefinitions& definitions)
    : state_(std::make_unique<State>()) {
  state_->products = &products;
  state_->rows.resize(definitions.tables.size());
  for (const TableDefinition& definition : definitions.tables) {
    state_->rows[state_->drafts.size()].with_months_to_roll = definition.months_to_roll_column;
    state_->drafts.emplace_back(definition);
  }
}

Stratification::~Stratification() = default;
Stratification::Stratification(Stratification&&) noexcept = default;

void Stratification::add(const pool::LoanTape& part) {
  Universes universes(part, *state_->products);
  std::vector<Draft>& drafts = state_->drafts;
  for (Draft& draft : drafts) draft.turn_to(part, universes);
  LoanFacts facts(part);
  for_each_block(part, [&](LoanBlock block) {
    facts.read(block);
    facts.read_months_to_roll(block);
    universes.mark(block);
    for (std::size_t t = 0; t < drafts.size(); ++t) {
      const std::uint32_t* in = universes.in(drafts[t].universe);
      drafts[t].find_rows(block, in, state_->rows[t]);
      drafts[t].add_own(part.current_balance.data() + block.first, block, in);
    }
    state_->groups.add(facts, block, state_->rows);
  });
  state_->groups.settle();
}

Stratified Stratification::stratified() const {
  Stratified made;
  for (const Average& average : kAverages) made.averages.push_back({average.column, {}, {}});
  for (std::size_t t = 0; t < state_->drafts.size(); ++t) {
    made.tables.push_back(finish(state_->drafts[t], state_->rows[t].totals, made.averages));
  }
  return made;
}

std::vector<table::Table> stratify(const pool::LoanTape& tape, const pool::ProductTable& products,
                                   const StratDefinitions& definitions) {
  Stratification whole(products, definitions);
  whole.add(tape);
  return whole.stratified().tables;
}

}  // namespace spillway::strat
