#pragma once
// Curves, quotes and swaps from CSV.

#include <string>
#include <vector>

#include "spillway/hedges/swaps.h"
#include "spillway/market/bootstrap.h"
#include "spillway/rates/discount_curve.h"
#include "spillway/rates/index_paths.h"
#include "spillway/result/issue.h"

namespace spillway::io {

/// Reads a file of forwards: a `date` column and one column per index (`libor_1m`, or without underscores), in percent
/// a year. Columns that are no index of `known` are passed over with a warning.
result::Result<std::vector<rates::IndexPath>> read_forwards(const std::string& text, const std::string& file,
                                                            const std::vector<std::string>& known);

/// Reads market quotes: `tenor` (1M, 18M, 2Y) and `rate_pct`.
result::Result<std::vector<market::Quote>> read_quotes(const std::string& text, const std::string& file);

/// Reads market quotes of the day `as_of` and makes the discount curve they imply, by month for 40 years.
result::Result<rates::DiscountCurve> read_discount_curve(const std::string& text, const std::string& file,
                                                         calendar::Date as_of);

/// Reads swaps, a row per contract and accrual period: contract, fixed_rate_pct, accrual_start, payment_date, notional.
result::Result<std::vector<hedges::Swap>> read_swaps(const std::string& text, const std::string& file);

}  // namespace spillway::io
