#include <algorithm>
#include <cctype>

#include "spillway/deal/formula_words.h"
#include "spillway/deal/prose.h"
#include "spillway/deal/uses.h"

namespace spillway::deal {

namespace {

using Kind = Distribution::Kind;

/// What the clauses of a step say of its kind of payment.
struct PayWords {
  const char* as;        // "as principal"
  const char* pro_rata;  // what parts of a pro rata list are weighed by
};

PayWords words_of(Pay pay) {
  switch (pay) {
    case Pay::interest: return {"as interest", "interest due"};
    case Pay::principal: return {"as principal", "balance"};
    case Pay::unpaid_interest: return {"as unpaid interest", "unpaid interest"};
    case Pay::basis_risk: return {"as basis risk", "unpaid basis risk"};
    case Pay::allocated_loss: return {"in reimbursement of losses", "allocated loss"};
    case Pay::premium: return {"as make-whole premium", "premium due"};
    case Pay::fee: return {"as a fee", "what is due"};
    case Pay::residual: return {"as the residual", "what is due"};
    case Pay::deposit: return {"as a deposit", "shortfall"};
    case Pay::write_up: return {"as an increase", "allocated loss"};
    case Pay::write_down: break;
  }
  return {"as a reduction", "balance"};
}

std::string letter(std::size_t position, int depth) {
  static const char* const kRoman[] = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"};
  if (depth % 2 == 1 && position < std::size(kRoman)) return std::string("(") + kRoman[position] + ") ";
  if (depth % 2 == 0 && position < 26) return std::string("(") + static_cast<char>('a' + position) + ") ";
  return "(" + std::to_string(position + 1) + ") ";
}

class StepSpeaker {
 public:
  StepSpeaker(const StepDefinition& step, const DealDefinition& definition) : step_(step), definition_(definition) {}

  std::vector<std::string> run(std::size_t number) {
    const std::string heading = step_.section.empty() ? "Step " + std::to_string(number) : step_.section;
    std::string words = opening();
    if (step_.when) words = "if " + say(*step_.when) + ": " + words;
    words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
    add_clause(step_.to, heading + ". " + words, 0);
    lines_.back().back() = '.';
    if (!step_.note.empty()) lines_.push_back("   Note: " + step_.note);
    return std::move(lines_);
  }

 private:
  std::string say(const Text& formula) const { return formula_words(formula, definition_); }

  std::string opening() const {
    if (step_.pay == Pay::write_down) {
      return "then realized losses up to " + (step_.amount ? say(*step_.amount) : "any amount") + " reduce";
    }
    if (step_.pay == Pay::write_up) {
      return "then recoveries of losses up to " + (step_.amount ? say(*step_.amount) : "any amount") + " raise again";
    }
    std::string words = "from " + sources();
    if (step_.amount) words += ", up to " + say(*step_.amount);
    return words + (step_.amount || words.find("(") != std::string::npos ? ", " : " ") + words_of(step_.pay).as;
  }

  std::string sources() const {
    std::vector<std::string> all;
    for (const Text& name : step_.from) {
      const std::vector<std::string> parts = simple_parts(name.text);
      all.push_back(parts.size() < 2 ? name.text : name.text + " (what is left of " + in_a_row(parts, ", then ") + ")");
    }
    return in_a_row(all, ", then ");
  }

  // The simple funds behind a name, in drawing order; a list only names funds above it.
  std::vector<std::string> simple_parts(const std::string& name) const {
    std::vector<std::string> parts;
    for (const FundDefinition& fund : definition_.funds) {
      if (fund.name.text != name) continue;
      for (const Text& drawn : fund.draws_on) {
        if (drawn.text == name) continue;
        for (std::string& part : simple_parts(drawn.text)) {
          if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
        }
      }
    }
    if (parts.empty()) parts.push_back(name);
    return parts;
  }

  // Classes a list names, groups written out; a name that is no group stands for itself.
  std::vector<std::string> members(const std::string& name) const {
    for (const auto& [group, written] : definition_.class_groups) {
      if (group.text != name) continue;
      std::vector<std::string> all;
      for (const Text& member : written) {
        if (member.text == name) continue;
        for (std::string& one : members(member.text)) all.push_back(std::move(one));
      }
      return all;
    }
    return {name};
  }

  std::string weight(const Distribution& node) const {
    if (node.formula.empty()) return std::string(" pro rata by ") + words_of(step_.pay).pro_rata;
    const Distribution* first = &node.children.front();
    const std::vector<std::string> classes = first->kind == Kind::leaf ? members(first->name.text) : std::vector<std::string>{};
    std::string by = formula_words(node.formula, definition_, classes.empty() ? "" : classes.front());
    if (by.starts_with("its ")) by.erase(0, 4);
    return " pro rata by " + by;
  }

  // "A, B and C in this order"; empty if the node needs clauses of its own.
  std::string listed(const Distribution& node) const {
    if (node.kind == Kind::leaf) return node.name.text;
    if (node.kind != Kind::sequential && node.kind != Kind::pro_rata) return {};
    std::vector<std::string> names;
    for (const Distribution& child : node.children) {
      if (child.kind != Kind::leaf) return {};
      for (std::string& name : members(child.name.text)) names.push_back(std::move(name));
    }
    if (names.size() == 1) return names.front();
    if (node.kind == Kind::pro_rata) return in_a_row(names) + weight(node);
    return (!moves_cash(step_.pay) ? "in this order, " + in_a_row(names) : in_a_row(names) + " in this order");
  }

  // A list that needs no clauses, as the end of a sentence: " to A", or where no cash moves " A".
  std::string ending(const std::string& list) const {
    return !moves_cash(step_.pay) ? (list.starts_with("in this order") ? ", " : " ") + list : " to " + list;
  }

  // Adds the clause that begins with `lead` and pays `node`; what it cannot say in one line stands below, lettered.
  void add_clause(const Distribution& node, const std::string& lead, int depth) {
    const std::string indent(static_cast<std::size_t>(3 * depth), ' ');
    if (const std::string list = listed(node); !list.empty()) {
      lines_.push_back(indent + lead + ending(list) + ";");
      return;
    }
    switch (node.kind) {
      case Kind::down_to:
        add_clause(node.children.front(), lead + until(node) + say(node.formula) + ",", depth);
        return;
      case Kind::at_most: add_clause(node.children.front(), lead + ", at most " + say(node.formula) + ",", depth); return;
      case Kind::choice: lines_.push_back(indent + lead + ":"); break;
      case Kind::shares: lines_.push_back(indent + lead + " in these parts:"); break;
      case Kind::pro_rata: lines_.push_back(indent + lead + weight(node) + ":"); break;
      default: lines_.push_back(indent + lead + " in this order:"); break;
    }
    for (std::size_t c = 0; c < node.children.size(); ++c) {
      add_clause(node.children[c], letter(c, depth) + child_lead(node, c), depth + 1);
    }
    if (node.kind == Kind::choice && node.children.size() == 1) {
      lines_.push_back(indent + "   " + letter(1, depth) + "otherwise nothing;");
    }
  }

  std::string until(const Distribution& node) const {
    const bool one = receivers_of(node, definition_).size() == 1;
    return one ? ", until its balance is down to " : ", until their balances together are down to ";
  }

  std::string child_lead(const Distribution& node, std::size_t child) const {
    if (node.kind == Kind::shares) return percent(node.parts[child]);
    if (node.kind == Kind::choice) return child == 0 ? "if " + say(node.formula) + "," : "otherwise";
    if (step_.pay == Pay::write_up) return "raise";
    return step_.pay == Pay::write_down ? "reduce" : "pay";
  }

  const StepDefinition& step_;
  const DealDefinition& definition_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> step_prose(const StepDefinition& step, const DealDefinition& definition, std::size_t number) {
  return StepSpeaker(step, definition).run(number);
}

}  // namespace spillway::deal
