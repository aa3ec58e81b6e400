// Products files: `read_products` and `standard_products` of tape_reader.h.

#include "spillway/io/tape_reader.h"
#include "spillway/io/yaml_document.h"

namespace spillway::embedded {
extern const char products_schema[];
extern const unsigned long products_schema_size;
extern const char standard_products[];
extern const unsigned long standard_products_size;
}  // namespace spillway::embedded

namespace spillway::io {

namespace {

// A rate that may be left out or `none`.
std::optional<double> rate(const YAML::Node& node) {
  return node ? parse_percent(node.Scalar()) : std::nullopt;
}

int months(const YAML::Node& node, int when_absent) {
  return node ? static_cast<int>(parse_number(node.Scalar()).value_or(when_absent)) : when_absent;
}

void check_product(const YamlDocument& document, const YAML::Node& node, const pool::Product& product,
                   std::vector<result::Issue>& issues) {
  for (const auto& entry : node) {
    const std::string& key = entry.first.Scalar();
    if (product.adjustable || key == "group" || key == "rate") continue;
    issues.push_back(result::error(document.at(entry.first), "a fixed-rate product has no " + key,
                                   "take it out, or write rate: adjustable"));
  }
  for (const char* key : {"index", "reset_every"}) {
    if (!product.adjustable || node[key]) continue;
    issues.push_back(result::error(product.where, product.name + " has no " + key,
                                   std::string{"an adjustable-rate product states its "} + key));
  }
}

pool::Product make_product(const YamlDocument& document, const YAML::Node& name, const YAML::Node& node) {
  const YAML::Node caps = node["caps"];
  const auto cap = [&](const char* key) -> std::optional<double> {
    return caps ? rate(caps[key]) : std::nullopt;
  };
  pool::Product product;
  product.name = name.Scalar();
  product.group = node["group"].Scalar();
  product.adjustable = node["rate"].Scalar() == "adjustable";
  product.index = node["index"] ? node["index"].Scalar() : "";
  product.months_to_first_reset = months(node["first_reset"], 0);
  product.reset_months = months(node["reset_every"], 0);
  product.lookback_days = months(node["lookback_days"], product.lookback_days);
  product.first_cap = cap("first");
  product.periodic_cap = cap("periodic");
  product.lifetime_cap = cap("lifetime");
  product.floor = rate(node["floor"]);
  product.rounding = rate(node["rounding"]).value_or(0.0);
  product.where = document.at(name);
  return product;
}

result::Result<pool::ProductTable> lay_out(const YamlDocument& document, std::vector<result::Issue> issues) {
  pool::ProductTable table;
  const YAML::Node products = document.root["products"];
  for (const auto& entry : products) {
    table.products.push_back(make_product(document, entry.first, entry.second));
    check_product(document, entry.second, table.products.back(), issues);
  }
  if (const YAML::Node indices = document.root["indices"]) {
    for (const auto& entry : indices) table.index_names.emplace_back(entry.first.Scalar(), entry.second.Scalar());
  }
  return result::make_result(std::move(table), std::move(issues));
}

}  // namespace

result::Result<pool::ProductTable> read_products(const std::string& text, const std::string& file) {
  auto document = read_yaml(text, file, {embedded::products_schema, embedded::products_schema_size});
  if (!document.ok()) return {std::nullopt, std::move(document.issues)};
  return lay_out(*document, std::move(document.issues));
}

result::Result<pool::ProductTable> standard_products() {
  return lay_out(parse_own({embedded::standard_products, embedded::standard_products_size}, "standard-products.yaml"), {});
}

}  // namespace spillway::io
