#pragma once
// The formula language of deal files: parsed, then typed against named quantities, then compiled to slots.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/deal/program.h"
#include "spillway/result/issue.h"

namespace spillway::deal {

/// What a formula is worth. A number serves as a rate (both are ratios), never as money.
enum class Type { money, rate, number, date, condition };

/// "money", "rate", ...
std::string_view type_name(Type type);

/// A formula as written, and where.
struct Text {
  std::string text;
  result::Location where;

  bool empty() const { return text.empty(); }
};

/// A parsed formula.
struct Expression {
  enum class Kind { number, percent, date, name, call, unary, binary };
  Kind kind = Kind::number;
  double value = 0;             ///< number; percent as decimal; date as day count
  std::string name;             ///< name, function or operator
  std::vector<Expression> arguments;
  int offset = 0;               ///< characters from the start of the text
};

/// Parses a formula: numbers (861_000_000), rates (0.35%), dates (2004-06-25), names (pool.balance.ending, A-1.balance),
/// + - * /, comparisons, and or not, if(condition, a, b), min, max, abs. `hyphenated` are the names with a hyphen in
/// them that must not be read as a subtraction.
result::Result<Expression> parse_formula(const Text& text, const std::vector<std::string>& hyphenated);

/// What a name stands for: a slot, or (for a quantity that moves during the day) a formula put in its place.
struct Symbol {
  Type type = Type::number;
  int slot = -1;
  bool live = false;                        ///< its value changes while the waterfall runs
  bool broken = false;                      ///< its own definition has errors, already reported
  bool literal = false;                     ///< a quantity that is nothing but a number without unit
  bool zero = false;                        ///< and that number is 0
  std::optional<Program> inlined;
};

/// Finds the symbol a name stands for; empty if there is none.
using Lookup = std::function<std::optional<Symbol>(std::string_view)>;

/// A typed and compiled formula.
struct Compiled {
  Program program;
  Type type = Type::number;
  bool live = false;
  bool literal = false;                     ///< nothing but a number without unit: may serve as money, not as a rate
  bool zero = false;                        ///< and that number is 0, which may serve as either
};

/// Types and compiles an expression. Every error found, with its place; `known` feeds the suggestion for unknown names.
/// No value and no issue: it uses a name whose own errors were reported.
result::Result<Compiled> compile(const Expression& expression, const result::Location& where, const Lookup& lookup,
                                 const std::vector<std::string>& known);

/// Says what is wrong if `compiled` cannot serve as a `wanted`; empty if it can.
std::optional<result::Issue> mismatch(const Compiled& compiled, Type wanted, const Text& text);

/// Calls `use` with every name the expression mentions.
void for_each_name(const Expression& expression, const std::function<void(const std::string&, int offset)>& use);

}  // namespace spillway::deal
