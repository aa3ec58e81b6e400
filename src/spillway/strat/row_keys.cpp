#include "spillway/strat/row_keys.h"

#include <algorithm>
#include <cmath>

#include "spillway/strat/wide_registers.h"

namespace spillway::strat {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int parts = 512;

// Up to this, a number plus 2^52 is a whole number: the nearest one.
constexpr double safe = 1e9;
constexpr double to_whole = 0x1p52;
constexpr std::int64_t yes = -1;  // as comparisons in vector registers say it

// Keys stay far from the reserved ones, whatever the value; there is no negative zero among them.
RowKey whole(double value) { return std::clamp(value, -1e15, 1e15) + 0.0; }

// How near to a whole number a quotient counts as whole: only binary arithmetic keeps (5.3 - 5) / 0.1 from being 3.
double snapped(double quotient) {
  const double nearest = std::round(quotient);
  return std::fabs(quotient - nearest) < 1e-9 * std::max(1.0, std::fabs(nearest)) ? nearest : quotient;
}

bool is_beyond(const Buckets& b, double bound, double value) { return b.upper_inclusive ? value > bound : value >= bound; }

// Those that the loops below leave out: far away, or below zero.
template <class IsUsual>
void find_the_others(const Buckets& buckets, std::span<const double> values, RowKey* keys, IsUsual is_usual) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_usual(values[i])) keys[i] = key_of_number(buckets, values[i]);
  }
}

// The nearest whole quotient, or the one before if the value lies on its other side. Says whether some quotient is not
// from 0 to `safe`: the key is then not right. `last` is the largest value that is not beyond.
template <bool upper_inclusive>
inline bool keys_of_widths(double from, double width, double last, std::span<const double> values,
                           RowKey* __restrict keys) {
  std::int64_t others = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double value = values[i];
    const double quotient = (value - from) / width;
    others |= (quotient < 0 ? yes : 0) | (quotient > safe ? yes : 0);
    const double nearest = (quotient + to_whole) - to_whole;
    const double distance = quotient - nearest;
    const double relative = 1e-9 * nearest;
    const double near = relative > 1e-9 ? relative : 1e-9;
    const bool is_before = upper_inclusive ? distance < near : distance <= -near;
    const double key = nearest - (is_before ? 1.0 : 0.0);
    const double placed = value > last ? overflow_key : key;
    keys[i] = value == value ? placed : unknown_key;
  }
  return others != 0;
}

SPILLWAY_ALSO_AVX2
bool keys_of_upper_widths(double from, double width, double last, std::span<const double> values, RowKey* keys) {
  return keys_of_widths<true>(from, width, last, values, keys);
}

SPILLWAY_ALSO_AVX2
bool keys_of_lower_widths(double from, double width, double last, std::span<const double> values, RowKey* keys) {
  return keys_of_widths<false>(from, width, last, values, keys);
}

// As keys_of_widths. Away from zero at a half, as std::round: the nearest whole number may there be the one below.
SPILLWAY_ALSO_AVX2
bool keys_of_values(double scale, std::span<const double> values, RowKey* __restrict keys) {
  std::int64_t others = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double scaled = values[i] * scale;
    others |= (scaled < 0 ? yes : 0) | (scaled > safe ? yes : 0);
    const double nearest = (scaled + to_whole) - to_whole;
    const double key = nearest + (scaled - nearest == 0.5 ? 1.0 : 0.0);
    keys[i] = scaled == scaled ? key : unknown_key;
  }
  return others != 0;
}

}  // namespace

double label_scale(const Buckets& buckets) { return std::pow(10.0, buckets.label_format.decimals); }

RowKey key_of_number(const Buckets& b, double value) {
  if (!std::isfinite(value)) return unknown_key;
  if (b.kind == Buckets::Kind::each_value) return whole(std::round(value * label_scale(b)));
  if (b.overflow_above && is_beyond(b, *b.overflow_above, value)) return overflow_key;
  if (b.kind == Buckets::Kind::width) {
    const double quotient = snapped((value - b.from) / b.width);
    return whole(b.upper_inclusive ? std::ceil(quotient) - 1 : std::floor(quotient));
  }
  const auto next = b.upper_inclusive ? std::lower_bound(b.edges.begin(), b.edges.end(), value)
                                      : std::upper_bound(b.edges.begin(), b.edges.end(), value);
  if (next == b.edges.begin()) return below_first_key;
  if (next == b.edges.end()) return overflow_key;
  return static_cast<RowKey>(next - b.edges.begin() - 1);
}

RowKey key_of_month(const calendar::Date& date) {
  if (!date.ok()) return unknown_key;
  return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

RowKeys::RowKeys(const Buckets& buckets) : buckets_(&buckets), above_(buckets.overflow_above.value_or(infinity)) {
  const std::vector<double>& edges = buckets.edges;
  if (edges.empty()) return;
  first_edge_ = edges.front();
  last_edge_ = edges.back();
  if (last_edge_ > first_edge_) parts_per_unit_ = parts / (last_edge_ - first_edge_);
  guide_.resize(parts + 2);
  for (const double edge : edges) {
    const auto part = static_cast<std::size_t>((edge - first_edge_) * parts_per_unit_);
    for (std::size_t later = part + 1; later < guide_.size(); ++later) ++guide_[later];
  }
}

void RowKeys::find(std::span<const double> values, RowKey* keys) const {
  switch (buckets_->kind) {
    case Buckets::Kind::width: find_widths(values, keys); break;
    case Buckets::Kind::edges: find_between_edges(values, keys); break;
    default: find_values(values, keys);
  }
}

void RowKeys::find_widths(std::span<const double> values, RowKey* keys) const {
  const Buckets& b = *buckets_;
  const bool others = b.upper_inclusive
                          ? keys_of_upper_widths(b.from, b.width, above_, values, keys)
                          : keys_of_lower_widths(b.from, b.width, std::nextafter(above_, -infinity), values, keys);
  if (!others) return;
  find_the_others(*buckets_, values, keys, [&](double value) {
    const double quotient = (value - buckets_->from) / buckets_->width;
    return !(quotient < 0 || quotient > safe);
  });
}

// The guide says how many edges lie in earlier parts of the range; the few of the value's own part are compared.
void RowKeys::find_between_edges(std::span<const double> values, RowKey* keys) const {
  const double* edges = buckets_->edges.data();
  const std::size_t count = buckets_->edges.size();
  const bool upper = buckets_->upper_inclusive;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double value = values[i];
    const double inside = value > first_edge_ ? std::min(value, last_edge_) : first_edge_;  // NaN: the first
    std::size_t next = guide_[static_cast<std::size_t>((inside - first_edge_) * parts_per_unit_)];
    while (next < count && (upper ? edges[next] < value : edges[next] <= value)) ++next;
    RowKey key = static_cast<RowKey>(next) - 1.0;
    if (next == 0) key = below_first_key;
    if (next == count || (upper ? value > above_ : value >= above_)) key = overflow_key;
    keys[i] = std::isfinite(value) ? key : unknown_key;
  }
}

void RowKeys::find_values(std::span<const double> values, RowKey* keys) const {
  const double scale = label_scale(*buckets_);
  if (!keys_of_values(scale, values, keys)) return;
  find_the_others(*buckets_, values, keys, [&](double value) { return !(value * scale < 0 || value * scale > safe); });
}

}  // namespace spillway::strat
