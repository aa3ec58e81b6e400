// Stratification definitions: YAML -> StratDefinitions.

#include <algorithm>

#include "spillway/io/print_pattern.h"
#include "spillway/io/tape_reader.h"
#include "spillway/io/yaml_document.h"

namespace spillway::embedded {
extern const char strats_schema[];
extern const unsigned long strats_schema_size;
extern const char standard_strats[];
extern const unsigned long standard_strats_size;
}  // namespace spillway::embedded

namespace spillway::io {

namespace {

using strat::Buckets;
using Kind = Buckets::Kind;
using Order = Buckets::Order;
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Reads a document that fits the schema; what a schema cannot say becomes an issue.
class StratsReader {
 public:
  explicit StratsReader(const YamlDocument& document) : document_(document) {}

  strat::StratDefinitions read() {
    strat::StratDefinitions definitions;
    if (!document_.root.IsMap()) return definitions;
    for (const auto& entry : document_.root["tables"]) {
      definitions.tables.push_back(read_table(entry.first, entry.second));
    }
    for (const YAML::Node& node : document_.root["summary"]) definitions.summary.push_back(read_item(node));
    for (const YAML::Node& node : document_.root["top_blocks"]) definitions.top_blocks.push_back(read_block(node));
    return definitions;
  }

  std::vector<result::Issue> take_issues() { return std::move(issues_); }

 private:
  static std::string text(const YAML::Node& node, const char* key, std::string otherwise = {}) {
    return node[key] ? node[key].Scalar() : std::move(otherwise);
  }

  static double number(const YAML::Node& node, const char* key) {
    return node[key] ? parse_number(node[key].Scalar()).value_or(0) : 0;
  }

  static bool flag(const YAML::Node& node, const char* key) { return node[key] && node[key].as<bool>(false); }

  static Pairs pairs(const YAML::Node& node) {
    Pairs list;
    for (const auto& entry : node) list.emplace_back(entry.first.Scalar(), entry.second.Scalar());
    return list;
  }

  static Order order(const YAML::Node& rows, Order otherwise) {
    const std::string word = text(rows, "order");
    if (word == "alphabetical") return Order::alphabetical;
    if (word == "ascending") return Order::ascending;
    if (word == "descending") return Order::descending;
    if (word == "balance") return Order::balance;
    if (word == "listed") return Order::listed;
    return otherwise;
  }

  void error(const YAML::Node& node, std::string what, std::string remedy) {
    issues_.push_back(result::error(document_.at(node), std::move(what), std::move(remedy)));
  }

  table::Format number_print(const YAML::Node& node, const char* key, table::Format otherwise) {
    if (!node[key]) return otherwise;
    if (auto format = parse_number_pattern(node[key].Scalar())) return *format;
    error(node[key], "\"" + node[key].Scalar() + "\" prints no number", "write a pattern such as 0.000 or $#,##0");
    return otherwise;
  }

  table::Format date_print(const YAML::Node& node, const char* key) {
    if (auto format = parse_date_pattern(text(node, key, "MM/YY"))) return *format;
    error(node[key], "\"" + node[key].Scalar() + "\" prints no date", "write MM/YY, MMMYY or YYYY-MM-DD");
    return table::month_format();
  }

  strat::TableDefinition read_table(const YAML::Node& name, const YAML::Node& node) {
    strat::TableDefinition table;
    table.where = document_.at(name);
    table.name = name.Scalar();
    table.title = text(node, "title");
    table.attribute = text(node, "attribute");
    table.universe = text(node, "universe", "all");
    table.excluded = text(node, "excluded");
    table.months_to_roll_column = flag(node, "months_to_roll");
    read_rows(name, node, table.buckets);
    table.buckets.unknown_first = text(node, "unknown") == "first";
    table.buckets.unknown_label = text(node, "unknown_label", "Unknown");
    if (node["total_average"]) {
      const bool dates = table.buckets.kind == Kind::month;
      table.total_label = dates ? "wa_month" : "wa";
      table.total_format = dates ? date_print(node, "total_average") : number_print(node, "total_average", {});
    }
    return table;
  }

  void read_rows(const YAML::Node& name, const YAML::Node& node, Buckets& buckets) {
    const auto ways = std::count_if(std::begin(row_words), std::end(row_words),
                                    [&](const char* word) { return node[word].IsDefined(); });
    if (ways != 1) {
      error(name, "table " + name.Scalar() + (ways == 0 ? " does not say what its rows are" : " has rows of two kinds"),
            "give one of categories, values, ranges, months");
      return;
    }
    if (const YAML::Node rows = node["categories"]) read_categories(rows, buckets);
    if (const YAML::Node rows = node["ranges"]) read_ranges(rows, buckets);
    if (const YAML::Node rows = node["values"]) {
      buckets.kind = Kind::each_value;
      buckets.order = order(rows, Order::ascending);
      buckets.label_format = number_print(rows, "print", table::number_format(0));
    }
    if (const YAML::Node rows = node["months"]) {
      buckets.kind = Kind::month;
      buckets.order = order(rows, Order::ascending);
      buckets.label_format = date_print(rows, "print");
    }
  }

  void read_categories(const YAML::Node& rows, Buckets& buckets) {
    buckets.kind = Kind::category;
    buckets.order = order(rows, rows["listed"] ? Order::listed : Order::alphabetical);
    for (const YAML::Node& label : rows["listed"]) buckets.listed.push_back(label.Scalar());
    buckets.relabel = pairs(rows["labels"]);
    if (rows["listed"] && buckets.order != Order::listed) {
      error(rows["order"], "listed says one order and order another", "leave one of them out");
    }
    if (!rows["listed"] && buckets.order == Order::listed) {
      error(rows["order"], "no order is listed", "add listed: [first, second]");
    }
  }

  void read_ranges(const YAML::Node& rows, Buckets& buckets) {
    const bool widths = rows["width"] || rows["from"];
    if (widths == rows["bounds"].IsDefined() || (widths && !(rows["width"] && rows["from"]))) {
      error(rows, "ranges are not laid out", "give from and width, or bounds");
    }
    buckets.kind = widths ? Kind::width : Kind::edges;
    buckets.order = order(rows, Order::ascending);
    buckets.from = number(rows, "from");
    buckets.width = widths ? number(rows, "width") : 0;
    for (const YAML::Node& bound : rows["bounds"]) buckets.edges.push_back(parse_number(bound.Scalar()).value_or(0));
    buckets.upper_inclusive = text(rows, "upper", "inclusive") == "inclusive";
    buckets.step = number(rows, "step");
    if (rows["above"]) buckets.overflow_above = number(rows, "above");
    buckets.overflow_label = text(rows, "above_label");
    buckets.label_format = number_print(rows, "print", table::number_format(2));
  }

  strat::SummaryItem read_item(const YAML::Node& node) {
    strat::SummaryItem item;
    item.where = document_.at(node);
    item.item = text(node, node["heading"] ? "heading" : "item");
    item.universe = text(node, "universe", "all");
    item.range = flag(node, "range");
    int measures = 0;
    for (const char* word : measure_words) {
      if (!node[word]) continue;
      ++measures;
      item.measure = word;
      if (node[word].IsScalar()) item.attribute = node[word].Scalar();
    }
    if (measures != 1 || node["heading"].IsDefined() == node["item"].IsDefined()) {
      error(node, "a summary line is a heading, or an item with one measure",
            "give heading, or item with one of count, total, average, wa, share");
    }
    if (item.measure == "share") read_share(node["share"], item);
    const auto date = parse_date_pattern(text(node, "print"));
    item.format = date ? *date : number_print(node, "print", default_print(item.measure));
    return item;
  }

  static table::Format default_print(const std::string& measure) {
    if (measure == "count") return table::integer_format();
    return measure == "share" ? table::percent_format(2) : table::number_format(2);
  }

  void read_share(const YAML::Node& share, strat::SummaryItem& item) {
    item.attribute = text(share, "of");
    for (const YAML::Node& value : share["is"]) item.values.push_back(value.Scalar());
    for (const YAML::Node& value : share["is_not"]) item.values.push_back("!" + value.Scalar());
    if (share["is"].IsDefined() == share["is_not"].IsDefined()) {
      error(share, "a share needs either is or is_not", "list the values that count, or those that do not");
    }
  }

  strat::TopBlock read_block(const YAML::Node& node) {
    strat::TopBlock block;
    block.where = document_.at(node);
    block.title = text(node, "title");
    block.attribute = text(node, "attribute");
    block.rows = static_cast<int>(std::min(number(node, "rows"), 1e9));
    block.ascending_values = text(node, "order") == "value";
    block.relabel = pairs(node["labels"]);
    block.label_format = number_print(node, "print", table::number_format(0));
    return block;
  }

  static constexpr const char* row_words[] = {"categories", "values", "ranges", "months"};
  static constexpr const char* measure_words[] = {"heading", "count", "total", "average", "wa", "share"};

  const YamlDocument& document_;
  std::vector<result::Issue> issues_;
};

}  // namespace

namespace {

result::Result<strat::StratDefinitions> lay_out(const YamlDocument& document, std::vector<result::Issue> issues) {
  StratsReader reader(document);
  strat::StratDefinitions definitions = reader.read();
  result::append(issues, reader.take_issues());
  // What is not laid out cannot be checked: the checks would only say the same again.
  if (!result::has_errors(issues)) result::append(issues, strat::check_definitions(definitions));
  return result::make_result(std::move(definitions), std::move(issues));
}

}  // namespace

result::Result<strat::StratDefinitions> read_strats(const std::string& text, const std::string& file) {
  result::Result<YamlDocument> document =
      read_yaml(text, file, {embedded::strats_schema, embedded::strats_schema_size});
  if (!document.ok()) return {std::nullopt, std::move(document.issues)};
  return lay_out(*document, std::move(document.issues));
}

result::Result<strat::StratDefinitions> standard_strats() {
  return lay_out(parse_own({embedded::standard_strats, embedded::standard_strats_size}, "standard-strats.yaml"), {});
}

}  // namespace spillway::io
