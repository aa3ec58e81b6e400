#include "spillway/deal/formula_words.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>

#include "spillway/deal/uses.h"

namespace spillway::deal {

namespace {

using Words = std::map<std::string, std::string>;

const Words kPeriodWords{
    {"date", "the payment date"},
    {"period", "the number of the period"},
    {"days", "the days of the accrual period"},
    {"year_fraction", "the accrual period in years"},
    {"call.test", "the call may be exercised"},
    {"call.exercised", "the call is exercised"},
    {"call.passed", "the call could have been exercised before"},
    {"call.proceeds", "the proceeds of the call"},
    {"call.part", "the part that the call redeems"},
    {"classes.make_whole", "the make-whole premiums of all classes"},
    {"classes.balance", "the balance of all classes"},
    {"classes.balance.beginning", "the balance of all classes before the payment date"},
    {"classes.balance.original", "the original balance of all classes"},
    {"classes.basis_risk_shortfall", "this month's basis risk of all classes"},
    {"hedges.notional", "the notional of the hedges"},
    {"hedges.net_payment", "the net payment of the hedges"},
    {"hedges.receipts", "what the trust receives on the hedges"},
    {"hedges.payments", "what the trust pays on the hedges"},
    {"hedges.unpaid", "what the trust owes on the hedges and cannot pay"}};

const Words kPoolWords{
    {"balance.cut_off", "balance at cut-off"},
    {"balance.beginning", "balance before the month's collections"},
    {"balance.ending", "balance after the month's collections"},
    {"interest.gross", "gross interest"},
    {"interest.net", "net interest"},
    {"fees", "fees"},
    {"principal", "principal"},
    {"principal.scheduled", "scheduled principal"},
    {"principal.prepaid", "prepaid principal"},
    {"recoveries", "recoveries"},
    {"losses", "losses"},
    {"defaults", "defaulted balance"},
    {"gross_rate", "gross rate"},
    {"net_rate", "net rate"},
    {"net_rate.collected", "net rate of interest collected"},
    {"balance.performing", "performing balance after the month's collections"},
    {"losses.cumulative", "losses to date"},
    {"defaults.cumulative", "defaulted balance to date"},
    {"subsequent_recoveries", "subsequent recoveries"},
    {"advanced", "advanced principal"},
    {"foreclosure", "balance in foreclosure"},
    {"reo", "real estate owned"},
    {"delinquent_30", "balance 30 days delinquent"},
    {"delinquent_60", "balance 60 days delinquent"},
    {"delinquent_90", "balance 90 or more days delinquent"},
    {"delinquent_60_plus", "balance 60 or more days delinquent or in foreclosure"},
    {"prepayment_interest_shortfall", "uncompensated prepayment interest shortfall"}};

const Words kAccountWords{
    {"balance", "balance"},
    {"balance.beginning", "balance before the payment date"},
    {"target", "target"},
    {"shortfall", "shortfall"},
    {"excess", "excess"},
    {"interest", "interest earned"}};

const Words kClassWords{
    {"balance", "balance"},
    {"balance.beginning", "balance before the payment date"},
    {"balance.original", "original balance"},
    {"notional", "notional"},
    {"rate", "rate"},
    {"stated_rate", "stated rate"},
    {"interest.due", "interest due"},
    {"interest.paid", "paid interest"},
    {"principal.paid", "paid principal"},
    {"accrued", "accrued interest"},
    {"unpaid_interest", "unpaid interest"},
    {"unpaid_interest_rate", "rate on unpaid interest"},
    {"basis_risk_rate", "rate on unpaid basis risk"},
    {"basis_risk", "unpaid basis risk"},
    {"allocated_loss", "allocated loss"}};

const std::string* find(const Words& words, const std::string& name) {
  const auto found = words.find(name);
  return found == words.end() ? nullptr : &found->second;
}

std::string number(double value) {
  if (std::abs(value) >= 1000.0) return dollars(value).substr(1);
  char text[40];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

class Speaker {
 public:
  Speaker(const DealDefinition& definition, const std::string& scope) : definition_(definition), scope_(scope) {}

  std::string say(const Expression& e) const {
    switch (e.kind) {
      case Expression::Kind::number: return number(e.value);
      case Expression::Kind::percent: return percent(e.value);
      case Expression::Kind::date: return date_words(std::chrono::sys_days{std::chrono::days{std::lround(e.value)}});
      case Expression::Kind::name: return name(e.name);
      case Expression::Kind::call: return call(e);
      case Expression::Kind::unary:
        return e.name == "-" ? "-" + part(e.arguments.front(), 8) : "not (" + say(e.arguments.front()) + ")";
      case Expression::Kind::binary: break;
    }
    return binary(e);
  }

 private:
  // How tightly an operator binds, loosest first; what is no operator binds tightest, a phrase least.
  static int strength(const Expression& e) {
    if (e.kind == Expression::Kind::call) return 0;
    if (e.kind == Expression::Kind::unary) return e.name == "-" ? 6 : 3;
    if (e.kind != Expression::Kind::binary) return 9;
    if (e.name == "or") return 1;
    if (e.name == "and") return 2;
    if (e.name == "+" || e.name == "-") return 5;
    return e.name == "*" || e.name == "/" ? 6 : 4;
  }

  std::string part(const Expression& e, int at_least) const {
    return strength(e) >= at_least ? say(e) : "(" + say(e) + ")";
  }

  bool is_date(const Expression& e) const {
    return e.kind == Expression::Kind::date || (e.kind == Expression::Kind::name && e.name == "date");
  }

  std::string binary(const Expression& e) const {
    static const Words plain{{"<=", " is at most "}, {"<", " is below "}, {">=", " is at least "}, {">", " is above "},
                             {"==", " is "}, {"!=", " is not "}, {"*", " x "}};
    static const Words dated{{"<=", " is on or before "}, {"<", " is before "}, {">=", " is on or after "},
                             {">", " is after "}, {"==", " is "}, {"!=", " is not "}};
    const Words& words = is_date(e.arguments[0]) || is_date(e.arguments[1]) ? dated : plain;
    const std::string* word = find(words, e.name);
    const int own = strength(e);
    const bool order_matters = e.name == "-" || e.name == "/";
    return part(e.arguments[0], own) + (word ? *word : " " + e.name + " ") +
           part(e.arguments[1], order_matters ? own + 1 : own);
  }

  std::string call(const Expression& e) const {
    if (e.name == "if" && e.arguments.size() == 3) {
      return part(e.arguments[1], 1) + " if " + say(e.arguments[0]) + ", and otherwise " + part(e.arguments[2], 1);
    }
    std::vector<std::string> parts;
    for (const Expression& argument : e.arguments) parts.push_back(part(argument, 1));
    if (e.name == "abs") return "the size of " + in_a_row(parts);
    const bool two = parts.size() == 2;
    return (e.name == "min" ? (two ? "the lesser of " : "the least of ") : (two ? "the greater of " : "the greatest of ")) +
           in_a_row(parts);
  }

  static std::string constant_words(const ClassConstant& constant) {
    std::string word = constant.name;
    std::replace(word.begin(), word.end(), '_', ' ');
    return word + " of " + (constant.is_rate ? percent(constant.value) : number(constant.value));
  }

  std::string of_class(const ClassDefinition& bond, const std::string& property, const std::string& owner) const {
    for (const ClassConstant& constant : bond.constants) {
      if (constant.name == property) return owner + " " + constant_words(constant);
    }
    const std::string* word = find(kClassWords, property);
    return word ? owner + " " + *word : std::string();
  }

  std::string name(const std::string& name) const {
    for (const ClassDefinition& bond : definition_.classes) {
      if (bond.name.text == scope_) {
        if (std::string words = of_class(bond, name, "its"); !words.empty()) return words;
      }
      if (!name.starts_with(bond.name.text + ".")) continue;
      const std::string property = name.substr(bond.name.text.size() + 1);
      std::string words = of_class(bond, property, "the");
      if (words.empty()) continue;
      const std::size_t moment = std::min(words.find(" before the "), words.size());
      return words.insert(moment, " of " + bond.name.text);
    }
    if (const std::string* words = find(kPeriodWords, name)) return *words;
    for (const auto& [index, title] : definition_.indices) {
      if (index.text == name) return title;
    }
    for (const TriggerDefinition& trigger : definition_.triggers) {
      if (name == trigger.name.text) return "the trigger " + name + " is on";
    }
    for (const AccountDefinition& account : definition_.accounts) {
      if (name == account.name.text) return "the balance of " + name;
      if (!name.starts_with(account.name.text + ".")) continue;
      const std::string* words = find(kAccountWords, name.substr(account.name.text.size() + 1));
      if (words) return "the " + *words + " of " + account.name.text;
    }
    for (const FundDefinition& fund : definition_.funds) {
      if (name == fund.name.text || name == fund.name.text + ".remaining") return "what is left of " + fund.name.text;
      if (name == fund.name.text + ".beginning") return fund.name.text + " as it was filled";
    }
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) return name;
    const std::string* words = find(kPoolWords, name.substr(dot + 1));
    return words ? "the " + name.substr(0, dot) + " " + *words : name;
  }

  const DealDefinition& definition_;
  const std::string& scope_;
};

}  // namespace

std::string in_a_row(const std::vector<std::string>& words, const std::string& last) {
  std::string row;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) row += i + 1 == words.size() ? last : ", ";
    row += words[i];
  }
  return row;
}

std::string date_words(calendar::Date date) {
  static const char* const kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
  if (!date.ok()) return "an unknown date";
  return std::string(kMonths[static_cast<unsigned>(date.month()) - 1]) + " " +
         std::to_string(static_cast<unsigned>(date.day())) + ", " + std::to_string(static_cast<int>(date.year()));
}

std::string dollars(double amount) {
  char text[64];
  const bool whole = std::abs(amount - std::round(amount)) < 0.005;
  std::snprintf(text, sizeof text, whole ? "%.0f" : "%.2f", amount);
  std::string digits = text;
  const std::size_t first = digits.front() == '-' ? 1 : 0;
  const std::size_t end = std::min(digits.find('.'), digits.size());
  for (std::size_t at = end; at > first + 3;) digits.insert(at -= 3, ",");
  return "$" + digits;
}

std::string percent(double rate) {
  char text[40];
  std::snprintf(text, sizeof text, "%.8g%%", 100.0 * rate);
  return text;
}

std::string formula_words(const Text& formula, const DealDefinition& definition, const std::string& scope) {
  const auto parsed = parse_formula(formula, hyphenated_names(definition));
  return parsed.ok() ? Speaker(definition, scope).say(*parsed) : formula.text;
}

}  // namespace spillway::deal
