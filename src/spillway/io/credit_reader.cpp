#include "spillway/io/credit_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "spillway/strat/loan_condition.h"

namespace spillway::io {

namespace {

using assumptions::Credit;
using assumptions::Default;

class CreditReader {
 public:
  CreditReader(const YamlDocument& document, const ScenarioContext& context, Credit& credit,
               std::vector<result::Issue>& issues)
      : doc_(document), context_(context), credit_(credit), issues_(issues) {}

  void read(const YAML::Node& scenario) {
    if (const YAML::Node node = child(scenario, "default"); node.IsDefined()) read_defaults(node);
    if (const auto multiple = parse_percent(scalar(child(scenario, "default_multiple")))) credit_.multiple = *multiple;
    read_choices(scenario);
    if (const YAML::Node node = child(scenario, "severity"); node.IsDefined()) credit_.severity = severities(node);
    if (const auto lag = whole_number(child(scenario, "recovery_lag"))) credit_.recovery_lag = *lag;
    if (const auto months = whole_number(child(scenario, "reo_months"))) credit_.reo_months = *months;
    read_subsequent(child(scenario, "subsequent_recoveries"));
    read_prepayment_interest(child(scenario, "prepayment_interest"));
    read_delinquency(child(scenario, "delinquency"));
    if (const YAML::Node rules = child(scenario, "credit_rules"); rules.IsDefined()) read_rules(rules);
  }

 private:
  void fail(const YAML::Node& node, std::string what, std::string remedy = {}) {
    issues_.push_back(result::error(doc_.at(node), std::move(what), std::move(remedy)));
  }

  // A rate in percent; over 100% is an issue.
  double part(const YAML::Node& node, const char* what) {
    const double value = parse_percent(scalar(node)).value_or(0.0);
    if (value < 0.0 || value > 1.0) {
      fail(node, std::string(what) + " of " + scalar(node) + " is not between 0% and 100%", "write a part, as in 40%");
    }
    return std::clamp(value, 0.0, 1.0);
  }

  void read_choices(const YAML::Node& scenario) {
    const std::string advances = scalar(child(scenario, "advances"));
    if (advances == "none") credit_.advances = assumptions::Advances::none;
    if (advances == "interest") credit_.advances = assumptions::Advances::interest;
    if (advances == "principal_and_interest") credit_.advances = assumptions::Advances::principal_and_interest;
    const std::string reimbursement = scalar(child(scenario, "reimbursement"));
    if (reimbursement == "in_severity") credit_.reimbursement = assumptions::Reimbursement::in_severity;
    if (reimbursement == "from_recoveries") credit_.reimbursement = assumptions::Reimbursement::from_recoveries;
    const std::string order = scalar(child(scenario, "default_order"));
    if (order == "on_opening") credit_.order = assumptions::DefaultOrder::on_opening;
    if (order == "before_prepayment") credit_.order = assumptions::DefaultOrder::before_prepayment;
    const std::string end = scalar(child(scenario, "defaults_near_maturity"));
    if (!end.empty()) credit_.stop_before_maturity = end == "stop";
    const std::string insurance = scalar(child(scenario, "mortgage_insurance"));
    if (!insurance.empty()) credit_.use_mortgage_insurance = insurance != "none";
  }

  static bool is_model(const YAML::Node& node) {
    if (!node.IsMap()) return true;
    for (const char* key : {"cdr", "mdr", "sda", "vector", "cumulative_loss"}) {
      if (child(node, key).IsDefined()) return true;
    }
    return false;
  }

  void read_defaults(const YAML::Node& node) {
    credit_.defaults.clear();
    if (scalar(node) == "none") return;
    if (is_model(node)) {
      const Default every = model(node);
      for (const std::string& group : context_.groups) credit_.defaults[group] = every;
      return;
    }
    for (const auto& entry : entries(node)) {
      const std::string group = scalar(entry.first);
      if (std::find(context_.groups.begin(), context_.groups.end(), group) == context_.groups.end()) {
        fail(entry.first, "the pool has no loan group " + group, result::suggestion(group, context_.groups));
        continue;
      }
      credit_.defaults[group] = model(entry.second);
    }
  }

  Default speed(const YAML::Node& node) {
    std::string fault;
    const auto made = default_model(scalar(node), &fault);
    if (!made && !fault.empty()) fail(node, fault, "CDR and MDR are percents, at most 100");
    return made.value_or(assumptions::Cdr{0.0});
  }

  Default model(const YAML::Node& node) {
    if (!node.IsMap()) return speed(node);
    if (const YAML::Node cdr = child(node, "cdr"); cdr.IsDefined()) return assumptions::Cdr{part(cdr, "a CDR")};
    if (const YAML::Node mdr = child(node, "mdr"); mdr.IsDefined()) return assumptions::Mdr{part(mdr, "an MDR")};
    if (const YAML::Node sda = child(node, "sda"); sda.IsDefined()) {
      return assumptions::Sda{parse_percent(scalar(sda)).value_or(0.0)};
    }
    if (const YAML::Node vector = child(node, "vector"); vector.IsDefined()) return rate_vector(node, vector);
    return timing(node);
  }

  Default rate_vector(const YAML::Node& node, const YAML::Node& months) {
    assumptions::DefaultVector made;
    made.by_loan_age = scalar(child(node, "by")) == "loan age";
    for (const YAML::Node& month : items(months)) {
      const Default rate = speed(month);
      const auto* mdr = std::get_if<assumptions::Mdr>(&rate);
      const auto* cdr = std::get_if<assumptions::Cdr>(&rate);
      if (made.rates.empty()) made.is_monthly = mdr != nullptr;
      if (made.is_monthly != (mdr != nullptr)) fail(month, "the vector mixes CDR and MDR", "give every month in one measure");
      made.rates.push_back(mdr ? mdr->mdr : cdr ? cdr->cdr : 0.0);
    }
    return made;
  }

  // Shares by month, or by year in even months.
  Default timing(const YAML::Node& node) {
    assumptions::LossTiming made;
    made.cumulative_loss = part(child(node, "cumulative_loss"), "a cumulative loss");
    const YAML::Node by_month = child(node, "by_month"), by_year = child(node, "by_year");
    const bool yearly = by_year.IsDefined();
    double total = 0.0;
    for (const YAML::Node& share : items(yearly ? by_year : by_month)) {
      const double of_all = part(share, "a share");
      total += of_all;
      made.timing.insert(made.timing.end(), yearly ? 12 : 1, yearly ? of_all / 12.0 : of_all);
    }
    constexpr double kSame = 1e-6;
    if (made.timing.empty() || std::abs(total - 1.0) > kSame) {
      fail(node, "the shares of the loss do not add up to 100%", "give by_month or by_year, shares that add up to 100%");
    }
    return made;
  }

  std::vector<double> severities(const YAML::Node& node) {
    std::vector<double> made;
    if (!node.IsSequence()) return {part(node, "a severity")};
    for (const YAML::Node& period : items(node)) made.push_back(part(period, "a severity"));
    if (made.empty()) made.push_back(0.0);
    return made;
  }

  void read_subsequent(const YAML::Node& node) {
    if (!node.IsDefined()) return;
    credit_.subsequent = {};
    if (!node.IsMap()) return;
    credit_.subsequent = {part(child(node, "part"), "a part"), whole_number(child(node, "lag")).value_or(0)};
  }

  void read_prepayment_interest(const YAML::Node& node) {
    if (!node.IsDefined()) return;
    credit_.prepayment_interest = {};
    if (!node.IsMap()) return;
    credit_.prepayment_interest.short_interest = true;
    if (const YAML::Node paid = child(node, "month_part"); paid.IsDefined()) {
      credit_.prepayment_interest.month_part = part(paid, "a part of the month");
    }
    credit_.prepayment_interest.compensated = scalar(child(node, "compensated")) == "true";
  }

  void read_delinquency(const YAML::Node& node) {
    if (!node.IsDefined()) return;
    credit_.delinquency.reset();
    if (!node.IsMap()) return;
    assumptions::Delinquency late;
    const std::pair<const char*, double*> buckets[] = {{"days_30", &late.days_30}, {"days_60", &late.days_60},
                                                       {"days_90", &late.days_90}, {"foreclosure", &late.foreclosure},
                                                       {"reo", &late.reo}};
    double total = 0.0;
    for (const auto& [key, value] : buckets) {
      if (const YAML::Node bucket = child(node, key); bucket.IsDefined()) *value = part(bucket, "a bucket");
      total += *value;
    }
    if (total > 1.0) fail(node, "more than all loans are late", "buckets are parts of the performing balance");
    if (const YAML::Node rolls = child(node, "roll"); rolls.IsDefined()) {
      const auto rate = [&](const char* key) { return part(child(rolls, key), "a roll rate"); };
      late.rolls = {rate("current_to_30"), rate("to_60"), rate("to_90"), rate("stay_90")};
    }
    credit_.delinquency = late;
  }

  // Rules in order: multiples multiply, the last severity and coverage count.
  void read_rules(const YAML::Node& rules) {
    credit_.loan_multiple.clear();
    credit_.severities.clear();
    credit_.loan_severity.clear();
    credit_.loan_coverage.clear();
    if (!rules.IsSequence()) return;  // none
    const bool has_loans = context_.rules_by_part || (context_.pool && !context_.pool->tape_row.empty());
    if (!context_.tape || !has_loans) {
      fail(rules, "the deal has no tape whose loans rules could tell apart", "state the defaults by loan group");
      return;
    }
    for (const YAML::Node& rule : items(rules)) read_rule(rule);
  }

  void read_rule(const YAML::Node& rule) {
    const deal::Text where = text_at(doc_, child(rule, "where"));
    auto members = strat::loans_where(*context_.tape, *context_.products, where.text, where.where);
    result::append(issues_, std::move(members.issues));
    const YAML::Node multiple = child(rule, "multiple"), severity = child(rule, "severity"),
                     coverage = child(rule, "mi_coverage");
    const double times = multiple.IsDefined() ? parse_percent(scalar(multiple)).value_or(1.0) : 1.0;
    const double covered = coverage.IsDefined() ? part(coverage, "a coverage") : 0.0;
    if (severity.IsDefined()) credit_.severities.push_back(severities(severity));
    if (!members.ok()) return;
    const std::size_t loans = context_.pool ? context_.pool->size() : 0;
    if (multiple.IsDefined()) credit_.loan_multiple.resize(loans, 1.0);
    if (severity.IsDefined()) credit_.loan_severity.resize(loans, -1);
    if (coverage.IsDefined()) credit_.loan_coverage.resize(loans, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < loans; ++i) {
      if (!(*members)[context_.pool->tape_row[i]]) continue;
      if (multiple.IsDefined()) credit_.loan_multiple[i] *= times;
      if (severity.IsDefined()) credit_.loan_severity[i] = static_cast<int>(credit_.severities.size()) - 1;
      if (coverage.IsDefined()) credit_.loan_coverage[i] = covered;
    }
  }

  const YamlDocument& doc_;
  const ScenarioContext& context_;
  Credit& credit_;
  std::vector<result::Issue>& issues_;
};

bool loses_nothing(const Credit& credit) {
  const auto none = [](const std::vector<double>& by_period) {
    return std::all_of(by_period.begin(), by_period.end(), [](double severity) { return severity == 0.0; });
  };
  return none(credit.severity) && std::all_of(credit.severities.begin(), credit.severities.end(), none);
}

bool has_timing(const Credit& credit) {
  return std::any_of(credit.defaults.begin(), credit.defaults.end(),
                     [](const auto& entry) { return std::holds_alternative<assumptions::LossTiming>(entry.second); });
}

}  // namespace

std::optional<Default> default_model(const std::string& text, std::string* fault) {
  const std::size_t space = text.find(' ');
  if (space == std::string::npos) return std::nullopt;
  const auto number = parse_number(text.substr(0, space));
  const std::string measure = text.substr(space + 1);
  if (!number || *number < 0.0) return std::nullopt;
  const double value = *number / 100.0;
  if (measure == "SDA") return assumptions::Sda{value};
  if (measure != "CDR" && measure != "MDR") return std::nullopt;
  if (value > 1.0) {
    if (fault) *fault = "'" + text + "' is over 100%";
    return std::nullopt;
  }
  return measure == "CDR" ? Default{assumptions::Cdr{value}} : Default{assumptions::Mdr{value}};
}

void read_credit(const YamlDocument& document, const YAML::Node& scenario, const ScenarioContext& context,
                 Credit& credit, std::vector<result::Issue>& issues) {
  CreditReader(document, context, credit, issues).read(scenario);
}

void check_credit(const YamlDocument& document, const YAML::Node& scenario, const ScenarioContext& context,
                  const Credit& credit, std::vector<result::Issue>& issues) {
  const YAML::Node advances = child(scenario, "advances"), lag = child(scenario, "recovery_lag"),
                   reo = child(scenario, "reo_months"), defaults = child(scenario, "default");
  const auto fail = [&](const YAML::Node& node, std::string what, std::string remedy) {
    issues.push_back(result::error(document.at(node), std::move(what), std::move(remedy)));
  };
  if (advances.IsDefined() && credit.advances != assumptions::Advances::none && credit.defaults.empty() && !credit.delinquency) {
    fail(advances, "advances without a default rate: there is nothing to advance", "add 'default', as in 4 CDR, or leave 'advances' out");
  }
  const int longest = context.longest_term;
  if (lag.IsDefined() && longest > 0 && credit.recovery_lag > longest) {
    fail(lag, "a recovery lag of " + std::to_string(credit.recovery_lag) + " months is longer than the longest loan's " +
                  std::to_string(longest), "shorten it");
  }
  if (reo.IsDefined() && credit.reo_months > credit.recovery_lag) {
    fail(reo, "real estate is owned for longer than the recovery lag of " + std::to_string(credit.recovery_lag) + " months",
         "reo_months are the last months of recovery_lag");
  }
  if (!defaults.IsDefined() || !credit.defaults_at_all()) return;
  if (has_timing(credit) && !(credit.severity.front() > 0.0)) {
    fail(defaults, "a cumulative loss needs a severity", "add 'severity', as in 40%");
  } else if (loses_nothing(credit)) {
    issues.push_back(result::warning(document.at(defaults), "loans default and nothing is lost: the severity is 0%",
                                     "add 'severity', as in 40%"));
  }
}

}  // namespace spillway::io
