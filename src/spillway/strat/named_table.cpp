#include "spillway/strat/named_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "spillway/strat/attribute.h"
#include "spillway/strat/loan_rows.h"

namespace spillway::strat {

namespace {

constexpr std::size_t kMostValues = 24;  // beyond, numbers are put in ranges
constexpr int kMostRanges = 12;

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

}  // namespace

NamedTable::NamedTable(const StratDefinitions& definitions, std::string_view name)
    : lowest_(std::numeric_limits<double>::infinity()), highest_(-lowest_) {
  for (const auto member : {&TableDefinition::name, &TableDefinition::attribute}) {
    for (const TableDefinition& table : definitions.tables) {
      if (!made_ && table.*member == name) made_ = table;
    }
  }
  const auto kind = attribute_kind(name);
  if (made_ || !kind) return;
  made_.emplace();
  made_->name = made_->title = made_->attribute = std::string(name);
  if (*kind == AttributeKind::text) made_->buckets.order = Buckets::Order::balance;
  if (*kind == AttributeKind::date) {
    made_->buckets.kind = Buckets::Kind::month;
    made_->buckets.label_format = table::month_format();
  }
  ranges_ = *kind == AttributeKind::number;
}

void NamedTable::add(const pool::LoanTape& part) {
  if (!ranges_) return;
  const NumberColumn numbers(part, made_->attribute);
  for_each_block(part, [&](LoanBlock block) {
    NumberBlock buffer;
    const double* values = numbers.values(block, buffer);
    for (std::size_t i = 0; i < block.count; ++i) {
      if (std::isnan(values[i])) continue;
      lowest_ = std::min(lowest_, values[i]);
      highest_ = std::max(highest_, values[i]);
      if (seen_.size() <= kMostValues) seen_.insert(values[i]);
    }
  });
}

std::optional<TableDefinition> NamedTable::definition() const {
  std::optional<TableDefinition> made = made_;
  if (!ranges_) return made;
  if (seen_.size() > kMostValues) {
    made->buckets = round_ranges(lowest_, highest_);
  } else {
    made->buckets.kind = Buckets::Kind::each_value;
    made->buckets.label_format = table::number_format(decimals_of(seen_));
  }
  return made;
}

std::optional<TableDefinition> table_for(const pool::LoanTape& tape, const StratDefinitions& definitions, std::string_view name) {
  NamedTable named(definitions, name);
  named.add(tape);
  return named.definition();
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
