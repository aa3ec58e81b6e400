// What the scenarios assume of defaults and of what follows them, as tables.

#include <utility>

#include "spillway/engine/assumption_tables.h"

namespace spillway::engine {

namespace {

using table::Cell;
using table::Table;

const char* advances_words(assumptions::Advances advances) {
  switch (advances) {
    case assumptions::Advances::none: return "none";
    case assumptions::Advances::interest: return "interest";
    case assumptions::Advances::principal_and_interest: return "principal and interest";
  }
  return "";
}

bool has_loan_rules(const assumptions::Credit& credit) {
  return !credit.loan_multiple.empty() || !credit.loan_severity.empty() || !credit.loan_coverage.empty();
}

// Rows of one scenario's curves.
class CurveRows {
 public:
  CurveRows(Table& made, std::string scenario) : made_(made), scenario_(std::move(scenario)) {}

  void add(const std::string& group, const char* measure, const char* by, int month, double value) {
    made_.rows.push_back({{scenario_, group, measure, by, month > 0 ? Cell(month) : Cell(), value * 100.0}, false});
  }

  void add_vector(const std::string& group, const char* measure, const char* by, const std::vector<double>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) add(group, measure, by, static_cast<int>(i) + 1, values[i]);
  }

  void add_default(const std::string& group, const assumptions::Default& model) {
    if (const auto* cdr = std::get_if<assumptions::Cdr>(&model)) add(group, "CDR", "", 0, cdr->cdr);
    if (const auto* mdr = std::get_if<assumptions::Mdr>(&model)) add(group, "MDR", "", 0, mdr->mdr);
    if (const auto* sda = std::get_if<assumptions::Sda>(&model)) add(group, "SDA", "", 0, sda->sda);
    if (const auto* rates = std::get_if<assumptions::DefaultVector>(&model)) {
      add_vector(group, rates->is_monthly ? "MDR" : "CDR", rates->by_loan_age ? "loan age" : "period", rates->rates);
    }
    if (const auto* loss = std::get_if<assumptions::LossTiming>(&model)) {
      add(group, "cumulative loss", "", 0, loss->cumulative_loss);
      add_vector(group, "part of the loss", "period", loss->timing);
    }
  }

  void add_late(const assumptions::Delinquency& late) {
    add("", "30 days late", "", 0, late.days_30);
    add("", "60 days late", "", 0, late.days_60);
    add("", "90 days late", "", 0, late.days_90);
    add("", "foreclosure, beside defaults", "", 0, late.foreclosure);
    add("", "real estate owned, beside defaults", "", 0, late.reo);
    if (!late.rolls) return;
    add("", "roll, current to 30 days", "", 0, late.rolls->current_to_30);
    add("", "roll, 30 to 60 days", "", 0, late.rolls->to_60);
    add("", "roll, 60 to 90 days", "", 0, late.rolls->to_90);
    add("", "stay 90 days late", "", 0, late.rolls->stay_90);
  }

 private:
  Table& made_;
  std::string scenario_;
};

std::vector<Cell> terms_row(const std::string& scenario, const assumptions::Credit& credit) {
  const auto& interest = credit.prepayment_interest;
  return {scenario,
          credit.multiple * 100.0,
          credit.order == assumptions::DefaultOrder::on_opening ? "on opening balance" : "before prepayment",
          credit.stop_before_maturity ? "stop" : "continue",
          credit.recovery_lag,
          credit.reo_months,
          advances_words(credit.advances),
          credit.reimbursement == assumptions::Reimbursement::in_severity ? "in the severity" : "from recoveries",
          credit.use_mortgage_insurance ? "yes" : "no",
          credit.subsequent.part * 100.0,
          credit.subsequent.lag,
          interest.short_interest ? Cell(interest.month_part * 100.0) : Cell(),
          interest.short_interest ? Cell(interest.compensated ? "yes" : "no") : Cell(),
          has_loan_rules(credit) ? "yes" : "no"};
}

}  // namespace

Table credit_terms(const Inputs& inputs) {
  const table::Format text = table::text_format(), months = table::integer_format(), percent = table::number_format(6);
  Table made{"credit_terms", "Defaults and losses: terms", {}, {}, {}, {}};
  made.columns = {{"scenario", "Scenario", "", text},
                  {"multiple_pct", "Multiple of default curves", "percent", percent},
                  {"order", "Defaults taken", "", text},
                  {"near_maturity", "Near maturity", "", text},
                  {"recovery_lag", "Default to liquidation", "months", months},
                  {"reo_months", "Of which owned", "months", months},
                  {"advances", "Advances", "", text},
                  {"reimbursement", "Advanced interest repaid", "", text},
                  {"mortgage_insurance", "Mortgage insurance pays", "", text},
                  {"subsequent_pct", "Subsequent recoveries", "percent of losses", percent},
                  {"subsequent_lag", "Subsequent recovery lag", "months", months},
                  {"prepayment_interest_pct", "Interest a prepayment pays", "percent of a month", percent},
                  {"compensated", "Shortfall compensated", "", text},
                  {"loan_rules", "Rules by loan attribute", "", text}};
  for (const ScenarioDefinition& scenario : inputs.scenarios) {
    const assumptions::Credit& credit = scenario.assumptions.credit;
    if (!credit.is_idle()) made.rows.push_back({terms_row(scenario.name, credit), false});
  }
  return made;
}

Table credit_curves(const Inputs& inputs) {
  Table made{"credit_curves", "Defaults, severities and late loans", {}, {}, {}, {}};
  made.columns = {{"scenario", "Scenario", "", table::text_format()}, {"loan_group", "Loan group", "", table::text_format()},
                  {"measure", "Measure", "", table::text_format()},   {"by", "By", "", table::text_format()},
                  {"month", "Month", "months", table::integer_format()}, {"value_pct", "Value", "percent", table::number_format(6)}};
  for (const ScenarioDefinition& scenario : inputs.scenarios) {
    const assumptions::Credit& credit = scenario.assumptions.credit;
    if (credit.is_idle()) continue;
    CurveRows rows(made, scenario.name);
    for (const auto& [group, model] : credit.defaults) rows.add_default(group, model);
    if (credit.severity.size() == 1) rows.add("", "severity", "", 0, credit.severity.front());
    else rows.add_vector("", "severity", "period", credit.severity);
    if (credit.delinquency) rows.add_late(*credit.delinquency);
  }
  made.notes = {"Without a month: every month. The last month of a vector stays. Without a loan group: all loans.",
                "Late loans are parts of the performing balance."};
  return made;
}

}  // namespace spillway::engine
