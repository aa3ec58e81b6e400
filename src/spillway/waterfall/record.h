#pragma once
// Which series of a deal's cash flows a run keeps.

#include <cstdint>

#include "spillway/deal/deal.h"

namespace spillway::waterfall {

/// What a run keeps of every period. Series that are not kept come back empty.
struct Record {
  std::uint32_t class_series = kEveryClassSeries;  ///< bit i: cashflow::kClassSeries[i]
  bool parties = true;
  bool quantities = true;  ///< and triggers
  bool totals = true;      ///< accounts, hedges, the pool's balance, overcollateralization, who bore losses

  static constexpr std::uint32_t kEveryClassSeries = (1u << deal::class_recorded_count) - 1;

  bool keeps_class_series(int which) const { return (class_series >> which & 1u) != 0; }
  bool operator==(const Record&) const = default;

  /// Balances, rate, and every payment to the classes: what prices, margins, lives and windows are figured from.
  static Record cash();

  /// Payments to the classes and what is left of their balances: what average lives, windows and sums of cash are figured from.
  static Record payments();

  /// Every series of the classes: what losses and break-evens are figured from.
  static Record classes();
};

}  // namespace spillway::waterfall
