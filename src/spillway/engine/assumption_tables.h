#pragma once
// What the scenarios of a book assume, as tables. Private to engine.

#include <map>
#include <string>
#include <vector>

#include "spillway/engine/inputs.h"
#include "spillway/table/table.h"

namespace spillway::engine {

/// The scenarios, their prepayment curves, assumed terms and index paths, and the deal's swaps, in this order:
/// `scenarios`, `prepayment_curves`, `assumed_terms`, `credit_terms`, `credit_curves`, `index_paths`, `hedges`.
/// Rates are in percent. Tables without rows are left out.
std::vector<table::Table> assumption_tables(const Inputs& inputs);

/// A row per scenario that assumes anything of credit: what is not a curve.
table::Table credit_terms(const Inputs& inputs);

/// Defaults, severities and late loans of every scenario that assumes any, a row per scenario, group, measure and month.
table::Table credit_curves(const Inputs& inputs);

/// What the deal and its pricing choose where docs/conventions.md has a switch, by the numbers of docs/measures.md.
std::map<std::string, std::string> convention_choices(const Inputs& inputs, const BookPlan::PriceDm& pricing);

}  // namespace spillway::engine
