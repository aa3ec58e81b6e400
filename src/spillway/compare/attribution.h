#pragma once
// Where the change of a class's measures from one run to another comes from, ingredient by ingredient.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/deal/definition.h"
#include "spillway/engine/inputs.h"
#include "spillway/engine/run_book.h"
#include "spillway/result/issue.h"
#include "spillway/table/table.h"

namespace spillway::compare {

/// What a run is made of, in parts that can be taken from one run or the other.
enum class Ingredient {
  speed,       ///< the scenario's prepayment curves, and the multiple of them
  curve,       ///< index paths, shocks in them
  credit,      ///< defaults, severities and what follows them
  collateral,  ///< loans, their fees and products, assumed terms
  oc,          ///< the overcollateralization target and the quantities it stands on (deal::target_names)
  hedge,       ///< swaps and caps, and whether the scenario has them count
  call,        ///< the deal's call, and whether the run is to call
  structure    ///< all else of the deal: dates, classes, margins, funds, other quantities, priority of payments
};

/// Every ingredient, in the order they are taken by default.
const std::vector<Ingredient>& all_ingredients();

/// "speed", "curve", ...
std::string_view name_of(Ingredient ingredient);

/// The ingredient of that name.
std::optional<Ingredient> ingredient_called(std::string_view name);

/// One of the two runs. The request must have no levels, shifts or credit of its own.
struct Side {
  engine::Inputs inputs;                ///< of loans in parts, the credit rules stay with their own side
  deal::DealDefinition definition;      ///< that `inputs.deal` was resolved from
  engine::RunRequest request;
};

struct AttributionRequest {
  std::vector<Ingredient> order;        ///< each once; those left out follow in the default order
  std::vector<std::string> classes;     ///< classes and combinations of both deals; none: all
  std::optional<double> price = {};     ///< per 100, that classes are measured at; unset: of a's price-DM pages, or 100
  bool with_average = false;            ///< also the mean over all orders (Shapley value)
  int threads = 0;
};

/// Ingredients taken together: one, or more where one cannot be had without another.
struct Part {
  std::vector<Ingredient> ingredients;
  std::string name() const;             ///< "hedge + structure"
};

/// What a part does to a measure. Unset where a run before or after it has no such measure.
struct PartChange {
  std::optional<double> in_order;       ///< taken after the parts before it; these add up to the change
  std::optional<double> first;          ///< taken alone, all else of A
  std::optional<double> last;           ///< taken last, all else of B
  std::optional<double> average;        ///< mean over all orders, if asked for; these too add up to the change
};

/// One measure of one class.
struct MeasureChange {
  std::string class_name;
  std::string measure;                  ///< average_life, dm_bps or yield_pct, duration, first_principal, last_principal
  std::string title;
  std::string unit;                     ///< "years", "basis points", "percent", "payments"
  int decimals = 0;                     ///< as printed
  std::optional<double> a, b;
  std::vector<PartChange> parts;        ///< in the order of `Attribution::parts`
};

struct Attribution {
  std::vector<Part> parts;              ///< in the order they were taken
  std::vector<MeasureChange> changes;   ///< by class, then measure
  std::vector<std::string> measures;    ///< of each class
  bool has_average = false;
};

/// Starts with all of `a` and replaces part after part by that of `b`, each time with a full run, so that the parts add up to
/// the change. Classes are measured at the price, index and conventions of a's price-DM pages (price 100 without them; by
/// yield without an index). Where an ingredient of the one cannot run with another of the other (a formula that finds no name,
/// loan groups or dates that differ, an index without a path) the two are joined to one part, with a warning that says why. Where
/// the classes of the deals do not add to the same, loans and swaps of the one are scaled by the ratio beside the classes of the
/// other: the size of the deal is structure. Errors: no class is in both, a run of `a` or `b` alone fails.
result::Result<Attribution> attribute(Side a, Side b, const AttributionRequest& request = {});

/// A row per class, measure and part: class, measure, unit, a, b, change, part, in_order, first, last and, if asked for, average.
table::Table attribution_table(const Attribution& attribution);

/// A page per measure, parts across: A, what each part adds in order, B; below it what each adds first and last, where that
/// differs. Parts without effect on any measure are left out, and so are classes whose measure no part changes.
std::vector<table::Table> attribution_pages(const Attribution& attribution);

/// Titles of the measures that no part changes, of any class.
std::vector<std::string> unchanged_measures(const Attribution& attribution);

/// Names of the parts that change no measure of any class, whenever they are taken; none if all do not.
std::vector<std::string> parts_without_effect(const Attribution& attribution);

}  // namespace spillway::compare
