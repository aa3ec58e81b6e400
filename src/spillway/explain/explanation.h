#pragma once
// Explanation: where a number comes from, as a tree of values.

#include <optional>
#include <string>
#include <vector>

#include "spillway/table/table.h"

namespace spillway::explain {

/// How a value follows from its parts. Each times `factor`.
enum class Rule {
  given,     ///< from nothing below: stated in a file, or read off a run
  sum,       ///< of the parts
  quotient,  ///< the first part over the second
  product,   ///< of the parts
  power,     ///< the first part to the power of the second
  smallest,  ///< of the parts
  largest,   ///< of the parts
  column,    ///< sum of column `counted` of the nearest lines, its own or above; total rows do not count
  formula,   ///< `formula` of the deal's language, each name standing for the part of that name
  solved,    ///< what makes the first part equal the second, to within a millionth
  highest,   ///< the highest rate at which the first part is at most the second; at the next one tried it is the third, and more
  printed    ///< the first part as decrement tables print it: whole, "*" for more than 0 and less than a half
};

/// A value, how it is made, and what stands behind it.
struct Explanation {
  std::string name;                     ///< short: "wal", "oc_target"
  std::string title;                    ///< what it is, in words
  std::string words;                    ///< the formula in words; empty: none
  std::string formula;                  ///< in symbols; empty: none
  std::string filled;                   ///< a formula of the deal file with its values in place of the names; empty: none
  std::string source;                   ///< page, document or file:line that says so
  table::Cell value;                    ///< with its format; empty: there is none
  std::string unit;                     ///< "dollars", "years", "percent a year", ...
  Rule rule = Rule::given;
  double factor = 1.0;
  std::vector<Explanation> parts;       ///< what the value is made of, by `rule`
  std::optional<table::Table> lines;    ///< periods or loans; rows left out are summed in one row, so that columns add up
  std::string counted;                  ///< column of the lines, if `rule` is column
  std::vector<Explanation> behind;      ///< the next level down, each a value of its own

  /// The value as a number; empty for texts, dates and no value.
  std::optional<double> number() const;
};

}  // namespace spillway::explain
