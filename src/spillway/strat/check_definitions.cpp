#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "spillway/strat/attribute.h"
#include "spillway/strat/strat.h"
#include "spillway/strat/universe.h"

namespace spillway::strat {

namespace {

/// Collects what is wrong, each with the name of the thing it is about.
class Checker {
 public:
  void error(const result::Location& where, const std::string& subject, const std::string& what, std::string remedy) {
    issues_.push_back(result::error(where, subject + ": " + what, std::move(remedy)));
  }

  std::vector<result::Issue> take() { return std::move(issues_); }

  // The attribute's kind; an unknown name is an issue.
  std::optional<AttributeKind> attribute(const result::Location& where, const std::string& subject,
                                         const std::string& name) {
    const auto kind = attribute_kind(name);
    if (!kind) {
      error(where, subject, "no loan attribute is called " + name, result::suggestion(name, names_));
    }
    return kind;
  }

  void universe(const result::Location& where, const std::string& subject, const std::string& text) {
    const auto rule = parse_universe(text);
    if (!rule) {
      error(where, subject, "\"" + text + "\" is no universe",
            "write all, arm, fixed or a comparison such as orig_ltv > 80");
      return;
    }
    if (rule->kind != UniverseRule::Kind::comparison) return;
    const auto kind = attribute(where, subject, rule->attribute);
    if (kind && *kind != AttributeKind::number) {
      error(where, subject, "universe compares " + rule->attribute + ", which is no number", "compare a number column");
    }
  }

 private:
  std::vector<result::Issue> issues_;
  std::vector<std::string> names_ = attribute_names();
};

constexpr std::string_view word_for(AttributeKind kind) {
  switch (kind) {
    case AttributeKind::text: return "text";
    case AttributeKind::number: return "a number";
    case AttributeKind::date: return "a date";
  }
  return "";
}

AttributeKind kind_wanted(Buckets::Kind kind) {
  if (kind == Buckets::Kind::category) return AttributeKind::text;
  return kind == Buckets::Kind::month ? AttributeKind::date : AttributeKind::number;
}

constexpr std::string_view rows_for(AttributeKind kind) {
  switch (kind) {
    case AttributeKind::text: return "group it by categories";
    case AttributeKind::number: return "group it by ranges or values";
    case AttributeKind::date: return "group it by months";
  }
  return "";
}

bool is_whole(double value) { return std::fabs(value - std::round(value)) < 1e-9 * std::max(1.0, std::fabs(value)); }

// Whether `bound` lies between two rows.
bool parts_rows(const Buckets& b, double bound) {
  if (b.kind == Buckets::Kind::width) return is_whole((bound - b.from) / b.width);
  return std::find(b.edges.begin(), b.edges.end(), bound) != b.edges.end();
}

void check_ranges(const TableDefinition& table, const std::string& subject, Checker& check) {
  const Buckets& b = table.buckets;
  const auto fault = [&](const std::string& what, std::string remedy) {
    check.error(table.where, subject, what, std::move(remedy));
  };
  double narrowest = b.width;
  if (b.kind == Buckets::Kind::width) {
    if (!(b.width > 0) || !std::isfinite(b.width)) return fault("the width of a range must be above 0", "give a width");
  } else {
    if (b.edges.size() < 2) return fault("bounds make no range", "list at least two");
    narrowest = b.edges[1] - b.edges[0];
    for (std::size_t i = 1; i < b.edges.size(); ++i) narrowest = std::min(narrowest, b.edges[i] - b.edges[i - 1]);
    if (!(narrowest > 0)) return fault("bounds do not ascend", "list them from low to high, each once");
  }
  if (!(b.step > 0) || b.step > narrowest) {
    fault("step must be above 0 and at most a range's width", "step is the smallest printed difference, such as 0.01");
  }
  if (b.overflow_above && !parts_rows(b, *b.overflow_above)) {
    fault("the overflow row starts inside a range", "let it start at the bound of a range");
  }
}

void check_table(const TableDefinition& table, Checker& check) {
  const std::string subject = "table " + table.name;
  check.universe(table.where, subject, table.universe);
  const Buckets::Kind rows = table.buckets.kind;
  if (rows == Buckets::Kind::width || rows == Buckets::Kind::edges) check_ranges(table, subject, check);
  const auto kind = check.attribute(table.where, subject, table.attribute);
  if (!kind) return;
  if (*kind != kind_wanted(rows)) {
    check.error(table.where, subject, table.attribute + " is " + std::string(word_for(*kind)),
                std::string(rows_for(*kind)));
  }
  const AttributeKind averaged = table.total_label == "wa_month" ? AttributeKind::date : AttributeKind::number;
  if (!table.total_label.empty() && *kind != averaged) {
    check.error(table.where, subject, "its total cannot show an average of " + table.attribute,
                "leave the total's average out");
  }
}

void check_names(const std::vector<TableDefinition>& tables, Checker& check) {
  std::set<std::string> seen;
  for (const TableDefinition& table : tables) {
    if (table.name.empty()) check.error(table.where, "table", "it has no name", "name it");
    if (!seen.insert(table.name).second) {
      check.error(table.where, "table " + table.name, "there are two of that name", "rename one");
    }
  }
}

// A text among the values of a number column would silently count nothing.
void check_share_numbers(const SummaryItem& item, const std::string& subject, Checker& check) {
  for (const std::string& value : item.values) {
    const std::string number = value.substr(value.starts_with('!') ? 1 : 0);
    double parsed = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), parsed);
    const bool fits = number.empty() || (error == std::errc{} && end == number.data() + number.size());
    if (!fits) {
      check.error(item.where, subject, "\"" + number + "\" is no value of the number " + item.attribute,
                  "list numbers, or \"\" for loans without a value");
    }
  }
}

void check_summary_item(const SummaryItem& item, Checker& check) {
  static const std::vector<std::string> measures{"count", "total", "average", "wa", "share", "heading"};
  const std::string subject = "summary item \"" + item.item + "\"";
  if (std::find(measures.begin(), measures.end(), item.measure) == measures.end()) {
    check.error(item.where, subject, "no measure is called " + item.measure,
                result::suggestion(item.measure, measures));
    return;
  }
  if (item.measure == "heading") return;
  check.universe(item.where, subject, item.universe);
  if (item.measure == "count") return;
  const auto kind = check.attribute(item.where, subject, item.attribute);
  if (item.measure == "share") {
    if (item.values.empty()) check.error(item.where, subject, "it counts no value", "list the values that count");
    if (kind == AttributeKind::date) {
      check.error(item.where, subject, item.attribute + " is a date", "take a share of a text or number");
    }
    if (kind == AttributeKind::number) check_share_numbers(item, subject, check);
  } else if (kind == AttributeKind::text) {
    check.error(item.where, subject, item.attribute + " is text, which has no " + item.measure, "take its share");
  } else if (kind == AttributeKind::date && item.measure == "total") {
    check.error(item.where, subject, item.attribute + " is a date, which has no total", "take its average");
  }
}

void check_top_block(const TopBlock& block, Checker& check) {
  const std::string subject = "top block \"" + block.title + "\"";
  const auto kind = check.attribute(block.where, subject, block.attribute);
  if (kind == AttributeKind::date) {
    check.error(block.where, subject, block.attribute + " is a date", "name a text or number");
  }
  if (block.rows < 0) check.error(block.where, subject, "it has fewer than no rows", "give a number above 0, or all");
}

}  // namespace

std::vector<result::Issue> check_definitions(const StratDefinitions& definitions) {
  Checker check;
  check_names(definitions.tables, check);
  for (const TableDefinition& table : definitions.tables) check_table(table, check);
  for (const SummaryItem& item : definitions.summary) check_summary_item(item, check);
  for (const TopBlock& block : definitions.top_blocks) check_top_block(block, check);
  return check.take();
}

}  // namespace spillway::strat
