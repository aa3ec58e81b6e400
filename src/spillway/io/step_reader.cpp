#include "spillway/io/step_reader.h"

#include <map>

#include "spillway/io/yaml_values.h"

namespace spillway::io {

namespace {

using deal::Distribution;
using deal::Text;

const std::map<std::string, deal::Pay> kPays{
    {"interest", deal::Pay::interest},           {"principal", deal::Pay::principal},
    {"unpaid_interest", deal::Pay::unpaid_interest}, {"basis_risk", deal::Pay::basis_risk},
    {"allocated_loss", deal::Pay::allocated_loss},   {"premium", deal::Pay::premium}, {"fee", deal::Pay::fee},
    {"residual", deal::Pay::residual},           {"deposit", deal::Pay::deposit},
    {"write_down", deal::Pay::write_down},       {"write_up", deal::Pay::write_up}};

class StepReader {
 public:
  StepReader(const YamlDocument& document, std::vector<result::Issue>& issues) : doc_(document), issues_(issues) {}

  deal::StepDefinition read(const YAML::Node& node) {
    deal::StepDefinition step;
    step.section = scalar(child(node, "section"));
    step.note = scalar(child(node, "note"));
    if (const auto pay = kPays.find(scalar(child(node, "pay"))); pay != kPays.end()) step.pay = pay->second;
    step.from = texts_at(doc_, child(node, "from"));
    step.when = optional_text(child(node, "when"));
    step.amount = optional_text(child(node, "amount"));
    step.where = doc_.at(node);
    if (const YAML::Node to = child(node, "to"); to.IsDefined()) step.to = read_tree(to);
    return step;
  }

 private:
  std::optional<Text> optional_text(const YAML::Node& node) const {
    if (!node.IsDefined()) return std::nullopt;
    return text_at(doc_, node);
  }

  void read_list(Distribution& parent, const YAML::Node& list) {
    if (list.IsScalar()) {
      parent.children.push_back(read_tree(list));
      return;
    }
    for (const YAML::Node& item : items(list)) parent.children.push_back(read_tree(item));
  }

  Distribution read_tree(const YAML::Node& node) {
    Distribution made;
    made.where = doc_.at(node);
    if (!node.IsMap()) {
      made.name = text_at(doc_, node);
      return made;
    }
    if (const YAML::Node list = child(node, "sequential"); list.IsDefined()) {
      made.kind = Distribution::Kind::sequential;
      read_list(made, list);
    } else if (const YAML::Node rata = child(node, "pro_rata"); rata.IsDefined()) {
      made.kind = Distribution::Kind::pro_rata;
      read_list(made, rata);
      if (const YAML::Node by = child(node, "by"); by.IsDefined()) made.formula = text_at(doc_, by);
    } else if (const YAML::Node shares = child(node, "shares"); shares.IsDefined()) {
      read_shares(made, shares);
    } else {
      read_bounded(made, node);
    }
    return made;
  }

  void read_shares(Distribution& made, const YAML::Node& shares) {
    made.kind = Distribution::Kind::shares;
    double total = 0.0;
    for (const YAML::Node& item : items(shares)) {
      for (const auto& part : entries(item)) {
        made.parts.push_back(parse_percent(scalar(part.first)).value_or(0.0));
        made.children.push_back(read_tree(part.second));
        total += made.parts.back();
      }
    }
    if (total > 1.0 + 1e-9) {
      issues_.push_back(result::error(made.where, "the shares add to more than 100%", "let them add to 100%"));
    } else if (total < 1.0 - 1e-9) {
      issues_.push_back(result::warning(made.where, "the shares add to less than 100%; the rest stays in the fund"));
    }
  }

  void read_bounded(Distribution& made, const YAML::Node& node) {
    const std::pair<const char*, Distribution::Kind> kinds[] = {{"down_to", Distribution::Kind::down_to},
                                                                {"at_most", Distribution::Kind::at_most},
                                                                {"if", Distribution::Kind::choice}};
    for (const auto& [key, kind] : kinds) {
      const YAML::Node formula = child(node, key);
      if (!formula.IsDefined()) continue;
      made.kind = kind;
      made.formula = text_at(doc_, formula);
      for (const char* branch : {"pay", "then", "else"}) {
        if (const YAML::Node tree = child(node, branch); tree.IsDefined()) made.children.push_back(read_tree(tree));
      }
      return;
    }
  }

  const YamlDocument& doc_;
  std::vector<result::Issue>& issues_;
};

}  // namespace

deal::StepDefinition read_step(const YamlDocument& document, const YAML::Node& node, std::vector<result::Issue>& issues) {
  return StepReader(document, issues).read(node);
}

}  // namespace spillway::io
