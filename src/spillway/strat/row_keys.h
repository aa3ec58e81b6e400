#pragma once
// The keys of table rows: which interval, rounded value or month a number falls in. Private to strat.

#include <cstdint>
#include <span>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/strat/strat.h"

namespace spillway::strat {

/// Identifies a row: category number, interval, rounded value or month, always whole; the reserved keys lie beyond.
/// A floating-point number, so that keys of many values are found without leaving vector registers.
using RowKey = double;

inline constexpr RowKey below_first_key = -0x1p60;
inline constexpr RowKey overflow_key = 0x1p60;
inline constexpr RowKey unknown_key = 0x1p61;

/// 10 to the power of the decimals that labels of single values show.
double label_scale(const Buckets& buckets);

/// The key of one number: the definition that `RowKeys` must agree with.
RowKey key_of_number(const Buckets& buckets, double value);

/// The key of a calendar month, unknown for a date that is none.
RowKey key_of_month(const calendar::Date& date);

/// The keys of many numbers, fast. Not for categories and months.
class RowKeys {
 public:
  explicit RowKeys(const Buckets& buckets);

  void find(std::span<const double> values, RowKey* keys) const;

 private:
  void find_widths(std::span<const double> values, RowKey* keys) const;
  void find_between_edges(std::span<const double> values, RowKey* keys) const;
  void find_values(std::span<const double> values, RowKey* keys) const;

  const Buckets* buckets_;
  double above_;                       // values beyond are in the overflow row
  std::vector<std::uint32_t> guide_;   // by part of the range of the edges: how many edges lie in earlier parts
  double first_edge_ = 0, last_edge_ = 0, parts_per_unit_ = 0;
};

}  // namespace spillway::strat
