#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

#include "spillway/strat/attribute.h"
#include "spillway/strat/in_parts.h"
#include "spillway/strat/kept_sum.h"
#include "spillway/strat/row_finder.h"
#include "spillway/strat/strat.h"
#include "spillway/strat/summary_loans.h"
#include "spillway/strat/universe.h"
#include "spillway/strat/value_test.h"

namespace spillway::strat {

namespace {

using table::Cell;

/// One line of the summary in the making.
class Line {
 public:
  explicit Line(const SummaryItem& item) : item_(&item), test_(item.values) {}

  void turn_to(const pool::LoanTape& tape, Universes& universes) {
    universe_ = universes.number(item_->universe);
    numbers_ = NumberColumn(tape, item_->attribute);
    label_counts_.clear();
    if (item_->measure != "share" || attribute_kind(item_->attribute) != AttributeKind::text) return;
    words_ = text_column(tape, item_->attribute);
    const std::vector<std::string> blank{""};
    for (const std::string& label : words_ != nullptr ? words_->labels : blank) {
      label_counts_.push_back(test_.counts(label));
    }
  }

  std::size_t universe() const { return universe_; }

  void add(LoanBlock block, const double* balances, const std::uint32_t* in) {
    if (item_->measure == "heading") return;
    if (item_->measure == "count") {
      loans_ += static_cast<double>(std::accumulate(in, in + block.count, std::size_t{0}));
    } else if (item_->measure == "share") {
      add_share(block, balances, in);
    } else {
      add_figures(block, balances, in);
    }
  }

  table::Row row() const {
    table::Row row;
    row.cells = {Cell(item_->item), Cell(), Cell(), Cell()};
    row.cells[1] = value();
    if (item_->range) {
      row.cells[2] = shown(lowest_);
      row.cells[3] = shown(highest_);
    }
    return row;
  }

 private:
  void add_share(LoanBlock block, const double* balances, const std::uint32_t* in) {
    NumberBlock buffer;
    const double* values = label_counts_.empty() ? numbers_.values(block, buffer) : nullptr;
    const std::uint32_t* codes = words_ != nullptr ? words_->codes.data() + block.first : nullptr;
    double all = 0, counted = 0;
    for (std::size_t i = 0; i < block.count; ++i) {
      const bool counts = values != nullptr ? test_.counts(values[i])
                                            : label_counts_[codes != nullptr ? codes[i] : 0] != 0;
      all += in[i] != 0 ? balances[i] : 0.0;
      counted += in[i] != 0 && counts ? balances[i] : 0.0;
    }
    balance_.add(all);
    counted_.add(counted);
  }

  void add_figures(LoanBlock block, const double* balances, const std::uint32_t* in) {
    NumberBlock buffer;
    const double* values = numbers_.values(block, buffer);
    double product = 0, weight = 0, total = 0, loans = 0, lowest = lowest_, highest = highest_;
    for (std::size_t i = 0; i < block.count; ++i) {
      const bool counts = in[i] != 0 && !std::isnan(values[i]);
      product += counts ? balances[i] * values[i] : 0.0;
      weight += counts ? balances[i] : 0.0;
      total += counts ? values[i] : 0.0;
      loans += counts ? 1.0 : 0.0;
      lowest = counts && values[i] < lowest ? values[i] : lowest;
      highest = counts && values[i] > highest ? values[i] : highest;
    }
    loans_ += loans;
    lowest_ = lowest;
    highest_ = highest;
    product_.add(product);
    balance_.add(weight);
    total_.add(total);
  }

  Cell value() const {
    const std::string& measure = item_->measure;
    if (measure == "heading") return {};
    if (measure == "count") return {loans_, item_->format};
    if (measure == "share") {
      return balance_.value() > 0 ? Cell(100 * counted_.value() / balance_.value(), item_->format) : Cell();
    }
    if (measure == "total") return shown(total_.value());
    if (measure == "average") return loans_ > 0 ? shown(total_.value() / loans_) : Cell();
    return balance_.value() > 0 ? shown(product_.value() / balance_.value()) : Cell();
  }

  // A number in the line's unit, or a date where the attribute counts days.
  Cell shown(double number) const {
    if (!std::isfinite(number)) return {};
    if (attribute_kind(item_->attribute) == AttributeKind::date) {
      const std::chrono::days days{static_cast<int>(std::floor(number))};
      return {calendar::Date{std::chrono::sys_days{days}}, item_->format};
    }
    return {number, item_->format};
  }

  const SummaryItem* item_;
  std::size_t universe_ = 0;
  NumberColumn numbers_;
  ValueTest test_;
  const pool::TextColumn* words_ = nullptr;
  std::vector<char> label_counts_;  // shares of a text: by label
  KeptSum balance_, counted_, product_, total_;
  double loans_ = 0;
  double lowest_ = std::numeric_limits<double>::infinity();
  double highest_ = -std::numeric_limits<double>::infinity();
};

/// A block of largest shares in the making.
class Shares {
 public:
  explicit Shares(const TopBlock& block) : block_(&block), buckets_(table_of(block).buckets), finder_(buckets_, block.attribute) {}

  void turn_to(const pool::LoanTape& tape) { finder_.turn_to(tape); }

  void add(LoanBlock block, const double* balances) {
    RowBlock rows;
    finder_.find(block, rows);
    balances_.resize(finder_.size());
    block_balances_.resize(finder_.size());
    for (std::size_t i = 0; i < block.count; ++i) block_balances_[rows[i]] += balances[i];
    if (finder_.size() <= block.count) {
      for (std::size_t row = 1; row < finder_.size(); ++row) settle(row);
    } else {  // more rows than loans: only those of the block's own
      for (std::size_t i = 0; i < block.count; ++i) settle(rows[i]);
    }
  }

  // The largest shares of the attribute's values, as "Title: label" rows.
  std::vector<table::Row> rows() {
    std::vector<double> balances;
    std::vector<std::size_t> with_loans;
    KeptSum total;
    for (const KeptSum& balance : balances_) {
      if (balance.value() > 0) with_loans.push_back(balances.size());
      balances.push_back(balance.value());
      total.add(balance);
    }
    std::vector<std::size_t> largest = finder_.printed_order(std::move(with_loans), balances);
    if (block_->rows > 0 && largest.size() > static_cast<std::size_t>(block_->rows)) largest.resize(block_->rows);
    if (block_->ascending_values) {  // the finder reads its buckets where they stand
      buckets_.order = Buckets::Order::ascending;
      largest = finder_.printed_order(std::move(largest), balances);
    }
    std::vector<table::Row> printed;
    for (std::size_t row : largest) {
      table::Row line;
      line.cells = {Cell(block_->title + ": " + finder_.label(row)), Cell(), Cell(), Cell()};
      if (total.value() > 0) line.cells[1] = {100 * balances[row] / total.value(), table::percent_format(2)};
      printed.push_back(std::move(line));
    }
    return printed;
  }

 private:
  // Moves what a block added to a row to its balance.
  void settle(std::size_t row) {
    balances_[row].add(block_balances_[row]);
    block_balances_[row] = 0;
  }

  const TopBlock* block_;
  Buckets buckets_;
  RowFinder finder_;
  std::vector<KeptSum> balances_;       // by row
  std::vector<double> block_balances_;  // by row, zero between blocks
};

}  // namespace

struct PoolSummary::State {
  const pool::ProductTable* products;
  std::vector<Line> lines;
  std::deque<Shares> shares;  // they stay where they are made
};

PoolSummary::PoolSummary(const pool::ProductTable& products, const StratDefinitions& definitions)
    : state_(std::make_unique<State>()) {
  state_->products = &products;
  for (const SummaryItem& item : definitions.summary) state_->lines.emplace_back(item);
  for (const TopBlock& block : definitions.top_blocks) state_->shares.emplace_back(block);
}

PoolSummary::~PoolSummary() = default;
PoolSummary::PoolSummary(PoolSummary&&) noexcept = default;

void PoolSummary::add(const pool::LoanTape& part) {
  Universes universes(part, *state_->products);
  for (Line& line : state_->lines) line.turn_to(part, universes);
  for (Shares& share : state_->shares) share.turn_to(part);
  for_each_block(part, [&](LoanBlock block) {
    universes.mark(block);
    const double* balances = part.current_balance.data() + block.first;
    for (Line& line : state_->lines) line.add(block, balances, universes.in(line.universe()));
    for (Shares& share : state_->shares) share.add(block, balances);
  });
}

table::Table PoolSummary::summary() {
  table::Table summary;
  summary.name = "pool_summary";
  summary.title = "Summary of Loans";
  summary.columns = {{"item", "Item", "", table::text_format()},
                     {"value", "Value", "", table::number_format(2)},
                     {"range_low", "Lowest", "", table::number_format(2)},
                     {"range_high", "Highest", "", table::number_format(2)}};
  for (const Line& line : state_->lines) summary.rows.push_back(line.row());
  for (Shares& share : state_->shares) {
    for (table::Row& row : share.rows()) summary.rows.push_back(std::move(row));
  }
  return summary;
}

table::Table pool_summary(const pool::LoanTape& tape, const pool::ProductTable& products,
                          const StratDefinitions& definitions) {
  PoolSummary whole(products, definitions);
  whole.add(tape);
  return whole.summary();
}

}  // namespace spillway::strat
