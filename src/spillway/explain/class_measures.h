#pragma once
// Measures of a class explained: average life, margin, duration, window. Private to explain.

#include <string>
#include <vector>

#include "spillway/analytics/floater.h"
#include "spillway/explain/explanation.h"
#include "spillway/explain/source.h"

namespace spillway::explain {

/// A class, or several held together, in a run.
struct Subject {
  std::string name;
  std::vector<std::size_t> classes;   ///< positions
  cashflow::ClassCashFlows flows;     ///< held together
  std::string index;                  ///< what margins are over; empty: the price-DM pages'
};

Subject subject_of(const RunView& view, const std::string& name);
Subject held_together(const RunView& view, const std::string& name, std::vector<std::size_t> classes);

/// How the book prices: index, price, conventions.
engine::BookPlan::PriceDm pricing_of(const Source& source);

Explanation average_life_of(const RunView& view, const Subject& subject);
Explanation margin_of(const RunView& view, const Subject& subject, double price);
Explanation yield_of(const RunView& view, const Subject& subject, double price);  ///< percent, compounded twice a year
Explanation duration_of(const RunView& view, const Subject& subject, double price);

Explanation yield_duration_of(const RunView& view, const Subject& subject, double price);  ///< modified, at the yield

/// The price per 100 at a margin (annual decimal): all cash by period, discounted. No levels below.
Explanation price_at_margin(const RunView& view, const Subject& subject, double margin);

/// First or last period of principal, as a month, or both as "1-47".
enum class WindowEnd { first, last, both };
Explanation window_of(const RunView& view, const Subject& subject, WindowEnd end);

/// The period asked for, or else the heaviest; 0 = period 1. Empty if no period weighs anything.
std::optional<std::size_t> period_to_explain(const RunView& view, const std::vector<double>& weights);

}  // namespace spillway::explain
