#include "spillway/strat/row_finder.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace spillway::strat {

namespace {

constexpr std::int64_t unknown = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t below_first = unknown + 1;
constexpr std::int64_t overflow = std::numeric_limits<std::int64_t>::max();

std::string printed(const table::Cell& cell, const table::Format& format) {
  return table::format_cell(cell, table::Column{.name = {}, .title = {}, .unit = {}, .format = format},
                            table::Style::print);
}

// Keys stay far from the reserved ends, whatever the value.
std::int64_t whole(double value) { return static_cast<std::int64_t>(std::clamp(value, -1e15, 1e15)); }

// A quotient that only binary arithmetic keeps from being whole counts as whole: (5.3 - 5) / 0.1 is 3.
double snapped(double quotient) {
  const double nearest = std::round(quotient);
  return std::fabs(quotient - nearest) < 1e-9 * std::max(1.0, std::fabs(nearest)) ? nearest : quotient;
}

calendar::Date first_of_month(std::int64_t key) {
  return calendar::make_date(static_cast<int>(key / 12), static_cast<unsigned>(key % 12 + 1), 1);
}

std::int64_t month_key(double day_number) {
  const calendar::Date date{std::chrono::sys_days{std::chrono::days{static_cast<int>(day_number)}}};
  return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

}  // namespace

RowFinder::RowFinder(const Buckets& buckets, const pool::LoanTape& tape, const std::string& attribute)
    : buckets_(&buckets), numbers_(number_column(tape, attribute)) {
  if (buckets.kind == Buckets::Kind::category) name_categories(tape, attribute);
}

void RowFinder::name_categories(const pool::LoanTape& tape, const std::string& attribute) {
  const pool::TextColumn column = text_column(tape, attribute);
  codes_ = column.codes;
  std::map<std::string, Key> key_of_label;
  for (std::string label : column.labels) {
    for (const auto& [word, relabelled] : buckets_->relabel) {
      if (word == label) {
        label = relabelled;
        break;
      }
    }
    if (label.empty() || label == buckets_->unknown_label) {
      key_of_code_.push_back(unknown);
      continue;
    }
    const auto [at, fresh] = key_of_label.emplace(label, static_cast<Key>(category_labels_.size()));
    if (fresh) category_labels_.push_back(label);
    key_of_code_.push_back(at->second);
  }
}

std::size_t RowFinder::row_of(std::size_t loan) {
  const Key key = key_of(loan);
  const auto [at, fresh] = rows_.emplace(key, keys_.size());
  if (fresh) keys_.push_back(key);
  return at->second;
}

RowFinder::Key RowFinder::key_of(std::size_t loan) const {
  if (buckets_->kind == Buckets::Kind::category) return key_of_code_[codes_[loan]];
  const double value = numbers_[loan];
  if (!std::isfinite(value)) return unknown;
  switch (buckets_->kind) {
    case Buckets::Kind::month: return month_key(value);
    case Buckets::Kind::each_value: return whole(std::round(value * std::pow(10.0, buckets_->label_format.decimals)));
    default: return interval_of(value);
  }
}

RowFinder::Key RowFinder::interval_of(double value) const {
  const Buckets& b = *buckets_;
  if (b.overflow_above && (b.upper_inclusive ? value > *b.overflow_above : value >= *b.overflow_above)) return overflow;
  if (b.kind == Buckets::Kind::width) {
    const double quotient = snapped((value - b.from) / b.width);
    return whole(b.upper_inclusive ? std::ceil(quotient) - 1 : std::floor(quotient));
  }
  const auto next = b.upper_inclusive ? std::lower_bound(b.edges.begin(), b.edges.end(), value)
                                      : std::upper_bound(b.edges.begin(), b.edges.end(), value);
  if (next == b.edges.begin()) return below_first;
  if (next == b.edges.end()) return overflow;
  return next - b.edges.begin() - 1;
}

std::string RowFinder::interval_label(Key key) const {
  const Buckets& b = *buckets_;
  if (key == below_first) return (b.upper_inclusive ? "<= " : "< ") + printed(b.edges.front(), b.label_format);
  if (key == overflow) {
    if (!b.overflow_label.empty()) return b.overflow_label;
    const double bound = b.overflow_above ? *b.overflow_above : b.edges.back();
    return (b.upper_inclusive ? "> " : ">= ") + printed(bound, b.label_format);
  }
  double lower, upper;
  if (b.kind == Buckets::Kind::width) {
    lower = b.from + b.width * static_cast<double>(key);
    upper = b.from + b.width * static_cast<double>(key + 1);
  } else {
    lower = b.edges[static_cast<std::size_t>(key)];
    upper = b.edges[static_cast<std::size_t>(key) + 1];
  }
  (b.upper_inclusive ? lower : upper) += b.upper_inclusive ? b.step : -b.step;
  const std::string first = printed(lower, b.label_format), last = printed(upper, b.label_format);
  return first == last ? first : first + " - " + last;
}

std::string RowFinder::label(std::size_t row) const {
  const Key key = keys_[row];
  if (key == unknown) return buckets_->unknown_label;
  switch (buckets_->kind) {
    case Buckets::Kind::category: return category_labels_[static_cast<std::size_t>(key)];
    case Buckets::Kind::month: return printed(first_of_month(key), buckets_->label_format);
    case Buckets::Kind::each_value:
      return printed(static_cast<double>(key) / std::pow(10.0, buckets_->label_format.decimals),
                     buckets_->label_format);
    default: return interval_label(key);
  }
}

std::size_t RowFinder::listed_position(std::size_t row) const {
  const std::string own = label(row);
  const std::vector<std::string>& listed = buckets_->listed;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (listed[i] == own) return i;
    for (const auto& [word, relabelled] : buckets_->relabel) {
      if (word == listed[i] && relabelled == own) return i;
    }
  }
  return listed.size();
}

bool RowFinder::comes_before(std::size_t a, std::size_t b, std::span<const double> balances) const {
  using Order = Buckets::Order;
  if (keys_[a] == unknown || keys_[b] == unknown) {
    return keys_[a] != keys_[b] && (keys_[a] == unknown) == buckets_->unknown_first;
  }
  const bool category = buckets_->kind == Buckets::Kind::category;
  if (buckets_->order == Order::balance && balances[a] != balances[b]) return balances[a] > balances[b];
  if (buckets_->order == Order::listed && category) {
    const std::size_t first = listed_position(a), second = listed_position(b);
    if (first != second) return first < second;
  }
  const bool descending = buckets_->order == Order::descending;
  if (category) return descending ? label(b) < label(a) : label(a) < label(b);
  return descending ? keys_[b] < keys_[a] : keys_[a] < keys_[b];
}

std::vector<std::size_t> RowFinder::printed_order(std::span<const double> balances) const {
  std::vector<std::size_t> order(size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return comes_before(a, b, balances); });
  return order;
}

}  // namespace spillway::strat
