#pragma once
// What losses did to a class, explained. Private to explain.

#include <functional>
#include <string>

#include "spillway/explain/class_measures.h"

namespace spillway::explain {

/// A dollar amount by period, summed over the first `periods`.
Explanation summed(const RunView& view, const std::string& name, const std::string& title, std::size_t periods,
                   const std::function<double(std::size_t)>& amount);

/// Losses less subsequent recoveries, or defaults, to date over the cut-off balance, percent; the collateral's losses behind.
Explanation part_of_pool(const RunView& view, const std::string& name, std::size_t periods, bool of_losses);

/// Write-downs of a class by period; the steps behind.
Explanation written_down_of(const RunView& view, const Subject& subject);

/// Balance and written-down amount still owed when the run ends.
Explanation principal_loss_of(const RunView& view, const Subject& subject);

/// Current interest not paid when due, made good later or not.
Explanation interest_shortfall_of(const RunView& view, const Subject& subject);

/// The balance after a period (0 = period 1): what the class began with, and what each period changed.
Explanation balance_after(const RunView& view, const Subject& subject, std::size_t t);

/// Behind a balance: the period (up to `t`) that changed it most, by write-downs or by payments of principal.
void add_change_of_balance(const RunView& view, const Subject& subject, std::size_t t, Explanation& e);

}  // namespace spillway::explain
