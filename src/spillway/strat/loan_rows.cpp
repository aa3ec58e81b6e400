#include "spillway/strat/loan_rows.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "spillway/strat/attribute.h"
#include "spillway/strat/kept_sum.h"
#include "spillway/strat/row_finder.h"
#include "spillway/strat/row_sums.h"
#include "spillway/strat/universe.h"

namespace spillway::strat {

namespace {

// One table in the making.
struct Draft {
  const TableDefinition* definition;
  std::size_t universe;
  RowFinder finder;
  std::vector<KeptSum> balances = {};     // by row number of the finder
  std::vector<std::uint32_t> rows = {};   // by loan: row number of the finder, 0 outside

  void find(const pool::LoanTape& tape, LoanBlock block, const std::uint32_t* in) {
    RowBlock found;
    finder.find(block, found);
    balances.resize(std::max(balances.size(), finder.size()));
    for (std::size_t i = 0; i < block.count; ++i) {
      const std::uint32_t row = in[i] != 0 ? found[i] : 0;
      rows.push_back(row);
      balances[row].add(tape.current_balance[block.first + i]);
    }
  }

  LoanRows finish() const {
    LoanRows made{definition->name, definition->title, definition->attribute, {}, {}, 0};
    std::vector<bool> has_loans(finder.size());
    for (std::uint32_t row : rows) has_loans[row] = true;
    std::vector<std::size_t> with_loans;
    std::vector<double> dollars(finder.size());
    for (std::size_t row = 1; row < finder.size(); ++row) {
      dollars[row] = row < balances.size() ? to_printed_dollars(balances[row].value()) : 0.0;
      if (has_loans[row]) with_loans.push_back(row);
    }
    std::vector<std::uint32_t> position(finder.size(), kOutside);
    for (std::size_t row : finder.printed_order(std::move(with_loans), dollars)) {
      position[row] = static_cast<std::uint32_t>(made.labels.size());
      made.labels.push_back(finder.label(row));
    }
    for (std::uint32_t row : rows) {
      made.row_of_loan.push_back(position[row]);
      made.outside += position[row] == kOutside ? 1 : 0;
    }
    return made;
  }
};

constexpr std::size_t kMostValues = 24;  // beyond, numbers are put in ranges
constexpr int kMostRanges = 12;

// The distinct numbers of an attribute, no more of them than one too many.
std::set<double> distinct_numbers(const pool::LoanTape& tape, std::string_view attribute, double& lowest, double& highest) {
  const NumberColumn numbers(tape, attribute);
  std::set<double> seen;
  for_each_block(tape, [&](LoanBlock block) {
    NumberBlock buffer;
    const double* values = numbers.values(block, buffer);
    for (std::size_t i = 0; i < block.count; ++i) {
      if (std::isnan(values[i])) continue;
      lowest = std::min(lowest, values[i]);
      highest = std::max(highest, values[i]);
      if (seen.size() <= kMostValues) seen.insert(values[i]);
    }
  });
  return seen;
}

int decimals_of(const std::set<double>& numbers) {
  int decimals = 0;
  for (double number : numbers) {
    while (decimals < 6 && std::fabs(table::round_half_away(number, decimals) - number) > 1e-9) ++decimals;
  }
  return decimals;
}

// 1, 2 or 5 times a power of ten, so that no more than `kMostRanges` cover the numbers.
Buckets round_ranges(double lowest, double highest) {
  const double least = (highest - lowest) / kMostRanges;
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  const double times = least <= power ? 1.0 : least <= 2.0 * power ? 2.0 : least <= 5.0 * power ? 5.0 : 10.0;
  Buckets buckets;
  buckets.kind = Buckets::Kind::width;
  buckets.width = times * power;
  buckets.upper_inclusive = false;
  const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(buckets.width))), 0, 6);
  buckets.step = std::pow(10.0, -decimals);
  buckets.label_format = table::number_format(decimals);
  return buckets;
}

Buckets buckets_for(const pool::LoanTape& tape, std::string_view attribute, AttributeKind kind) {
  Buckets buckets;
  if (kind == AttributeKind::text) {
    buckets.order = Buckets::Order::balance;
    return buckets;
  }
  if (kind == AttributeKind::date) {
    buckets.kind = Buckets::Kind::month;
    buckets.label_format = table::month_format();
    return buckets;
  }
  double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
  const std::set<double> numbers = distinct_numbers(tape, attribute, lowest, highest);
  if (numbers.size() > kMostValues) return round_ranges(lowest, highest);
  buckets.kind = Buckets::Kind::each_value;
  buckets.label_format = table::number_format(decimals_of(numbers));
  return buckets;
}

}  // namespace

std::vector<LoanRows> loan_rows(const pool::LoanTape& tape, const pool::ProductTable& products,
                                std::span<const TableDefinition> tables) {
  Universes universes(tape, products);
  std::vector<Draft> drafts;
  for (const TableDefinition& table : tables) {
    drafts.push_back({&table, universes.number(table.universe), RowFinder(table.buckets, tape, table.attribute)});
    drafts.back().rows.reserve(tape.size());
  }
  for_each_block(tape, [&](LoanBlock block) {
    universes.mark(block);
    for (Draft& draft : drafts) draft.find(tape, block, universes.in(draft.universe));
  });
  std::vector<LoanRows> made;
  for (const Draft& draft : drafts) made.push_back(draft.finish());
  return made;
}

std::optional<TableDefinition> table_for(const pool::LoanTape& tape, const StratDefinitions& definitions, std::string_view name) {
  for (const TableDefinition& table : definitions.tables) {
    if (table.name == name) return table;
  }
  for (const TableDefinition& table : definitions.tables) {
    if (table.attribute == name) return table;
  }
  const auto kind = attribute_kind(name);
  if (!kind) return std::nullopt;
  TableDefinition made;
  made.name = made.title = made.attribute = std::string(name);
  made.buckets = buckets_for(tape, name, *kind);
  return made;
}

std::vector<double> attribute_values(const pool::LoanTape& tape, std::string_view attribute) {
  const NumberColumn column(tape, attribute);
  std::vector<double> all;
  all.reserve(tape.size());
  for_each_block(tape, [&](LoanBlock block) {
    NumberBlock buffer;
    const double* values = column.values(block, buffer);
    all.insert(all.end(), values, values + block.count);
  });
  return all;
}

std::vector<std::string> table_names(const StratDefinitions& definitions) {
  std::vector<std::string> names;
  for (const TableDefinition& table : definitions.tables) names.push_back(table.name);
  for (std::string& attribute : attribute_names()) {
    if (std::find(names.begin(), names.end(), attribute) == names.end()) names.push_back(std::move(attribute));
  }
  return names;
}

}  // namespace spillway::strat
