#include <cmath>
#include <optional>

#include "spillway/profile/doubts.h"
#include "spillway/profile/loan_terms.h"

namespace spillway::profile {

namespace {

using Detail = std::optional<std::string>;
using Loan = std::size_t;

// Terms that rules share: a loan is in one finding about each.
enum Topic : unsigned { terms = 1, rates = 2, index_terms = 4, resets = 8, balances = 16, penalty = 32, insurance = 64, names = 128 };

struct Rule {
  const char* name;
  const char* what;
  const char* columns;
  Topic topic;
  Detail (*broken)(const LoanTerms& t, Loan i);
};

std::string pair(const char* a, double x, const char* is, const char* b, double y) {
  return std::string(a) + " " + shown(x) + " " + is + " " + b + " " + shown(y);
}

// A comparison with a value that is not there is false, so that no rule need ask.
Detail unknown_product(const LoanTerms& t, Loan i) {
  if (t.product_name(i).empty() || t.product(i) != nullptr) return {};
  return "no product is called " + std::string(t.product_name(i));
}

Detail unknown_index(const LoanTerms& t, Loan i) {
  const pool::Product* product = t.product(i);
  if (t.index(i).empty() || product == nullptr || !product->adjustable || t.products().index_name(t.index(i))) return {};
  return "no index is called " + std::string(t.index(i));
}

Detail first_payment_after_cut_off(const LoanTerms& t, Loan i) {
  if (!t.cut_off().ok() || !t.first_payment(i).ok() || !(t.age(i) > 1)) return {};
  if (calendar::months_between(t.cut_off(), t.first_payment(i)) < 1) return {};
  return "first_payment_date " + calendar::to_iso(t.first_payment(i)) + " is after the cut-off, age is " + shown(t.age(i));
}

Detail interest_only_too_long(const LoanTerms& t, Loan i) {
  const double left = t.interest_only(i) - (std::isnan(t.age(i)) ? 0.0 : t.age(i));
  if (!(left > t.remaining(i))) return {};
  return shown(left) + " interest-only months are left, remaining_term is " + shown(t.remaining(i));
}

Detail amortization_too_short(const LoanTerms& t, Loan i) {
  if (!(t.amortization(i) < t.remaining(i))) return {};
  return pair("amortization_term", t.amortization(i), "is below", "remaining_term", t.remaining(i));
}

Detail terms_over_original(const LoanTerms& t, Loan i) {
  const double age = std::isnan(t.age(i)) ? 0.0 : t.age(i);
  if (!(age + t.remaining(i) > t.original_term(i))) return {};
  return "age " + shown(age) + " and " + pair("remaining_term", t.remaining(i), "are over", "original_term", t.original_term(i));
}

// Months from the cut-off to maturity, as the dates have them; NaN if they do not say.
double months_to_maturity(const LoanTerms& t, Loan i) {
  if (!t.cut_off().ok()) return std::nan("");
  if (t.maturity(i).ok()) return calendar::months_between(t.cut_off(), t.maturity(i));
  if (!t.first_payment(i).ok()) return std::nan("");
  return calendar::months_between(t.cut_off(), t.first_payment(i)) + t.original_term(i) - 1;
}

Detail maturity_inconsistent(const LoanTerms& t, Loan i) {
  const double dated = months_to_maturity(t, i);
  if (!(std::abs(dated - t.remaining(i)) > 1)) return {};
  return "remaining_term is " + shown(t.remaining(i)) + ", the dates leave " + shown(dated);
}

Detail floor_above_cap(const LoanTerms& t, Loan i) {
  if (!(t.floor(i) > t.cap(i))) return {};
  return pair("min_rate", t.floor(i), "is above", "max_rate", t.cap(i));
}

Detail rate_above_cap(const LoanTerms& t, Loan i) {
  if (!(t.rate(i) > t.cap(i))) return {};
  return pair("gross_rate", t.rate(i), "is above", "max_rate", t.cap(i));
}

Detail rate_below_floor(const LoanTerms& t, Loan i) {
  if (!(t.rate(i) < t.floor(i))) return {};
  return pair("gross_rate", t.rate(i), "is below", "min_rate", t.floor(i));
}

Detail net_rate_inconsistent(const LoanTerms& t, Loan i) {
  constexpr double kTolerance = 0.0005 + 1e-9;  // as the reader has it
  const double net = t.rate(i) - t.fees(i);
  if (!(std::abs(t.net_rate(i) - net) > kTolerance)) return {};
  return "net_rate is " + shown(t.net_rate(i)) + ", gross_rate less the fees " + shown(net);
}

Detail margin_without_index(const LoanTerms& t, Loan i) {
  const pool::Product* product = t.product(i);
  const bool has_index = !t.index(i).empty() || (product != nullptr && !product->index.empty());
  if (!(t.margin(i) > 0) || has_index) return {};
  return "gross_margin " + shown(t.margin(i)) + ", and neither the loan nor its product has an index";
}

Detail index_without_margin(const LoanTerms& t, Loan i) {
  const pool::Product* product = t.product(i);
  const bool adjusts = !t.index(i).empty() || (product != nullptr && product->adjustable);
  if (!adjusts || t.margin(i) >= 0) return {};
  return "index " + std::string(t.index(i).empty() ? product->index : t.index(i)) + " without a gross_margin";
}

Detail reset_before_cut_off(const LoanTerms& t, Loan i) {
  if (!t.cut_off().ok() || !t.next_adjustment(i).ok() || t.next_adjustment(i) > t.cut_off()) return {};
  return "next_adjustment_date " + calendar::to_iso(t.next_adjustment(i)) + " is not after the cut-off";
}

Detail reset_inconsistent(const LoanTerms& t, Loan i) {
  if (!t.cut_off().ok() || !t.next_adjustment(i).ok() || !(t.months_to_roll(i) > 0)) return {};
  const int dated = calendar::months_between(t.cut_off(), t.next_adjustment(i));
  if (std::abs(t.months_to_roll(i) - dated) <= 1) return {};
  return "months_to_roll is " + shown(t.months_to_roll(i)) + ", next_adjustment_date is " + std::to_string(dated) + " months off";
}

Detail balance_above_original(const LoanTerms& t, Loan i) {
  if (!(t.balance(i) > t.original_balance(i) + 0.01)) return {};
  return pair("current_balance", t.balance(i), "is above", "original_balance", t.original_balance(i));
}

Detail ltv_inconsistent(const LoanTerms& t, Loan i) {
  constexpr double kTolerance = 1.0;  // percent
  const double ltv = 100 * t.original_balance(i) / t.value(i);
  if (!(std::abs(ltv - t.ltv(i)) > kTolerance)) return {};
  return "orig_ltv is " + shown(t.ltv(i)) + ", original_balance over the value " + shown(std::round(100 * ltv) / 100);
}

Detail penalty_inconsistent(const LoanTerms& t, Loan i) {
  if (t.penalty_type(i).empty() || std::isnan(t.penalty_months(i))) return {};
  if ((t.penalty_type(i) == "none") != (t.penalty_months(i) > 0)) return {};
  return "prepay_penalty_type " + std::string(t.penalty_type(i)) + " with prepay_penalty_months " + shown(t.penalty_months(i));
}

Detail insurance_inconsistent(const LoanTerms& t, Loan i) {
  if (t.mi_flag(i) != "N" || !(t.mi_premium(i) > 0 || t.mi_coverage(i) > 0)) return {};
  return "mi_flag N with mi_premium " + shown(t.mi_premium(i)) + ", mi_coverage " + shown(t.mi_coverage(i));
}

// Of rules on one topic, the first that is broken counts.
constexpr Rule kRules[] = {
    {"unknown_product", "Product that is not known", "product", names, unknown_product},
    {"unknown_index", "Index that is not known", "index", names, unknown_index},
    {"first_payment_after_cut_off", "First payment after the cut-off of an aged loan", "first_payment_date, age", terms, first_payment_after_cut_off},
    {"interest_only_too_long", "Interest-only months beyond the remaining term", "interest_only_months, remaining_term", terms, interest_only_too_long},
    {"amortization_too_short", "Amortization term below the remaining term", "amortization_term, remaining_term", terms, amortization_too_short},
    {"terms_over_original", "Age and remaining term over the original term", "age, remaining_term, original_term", terms, terms_over_original},
    {"maturity_inconsistent", "Dates that give another remaining term", "first_payment_date, original_term, remaining_term", terms, maturity_inconsistent},
    {"floor_above_cap", "Floor above the cap", "min_rate, max_rate", rates, floor_above_cap},
    {"rate_above_cap", "Rate above its cap", "gross_rate, max_rate", rates, rate_above_cap},
    {"rate_below_floor", "Rate below its floor", "gross_rate, min_rate", rates, rate_below_floor},
    {"net_rate_inconsistent", "Net rate that is not the rate less the fees", "net_rate, gross_rate", rates, net_rate_inconsistent},
    {"margin_without_index", "Margin without an index", "gross_margin, index", index_terms, margin_without_index},
    {"index_without_margin", "Index without a margin", "index, gross_margin", index_terms, index_without_margin},
    {"reset_before_cut_off", "Next reset before the cut-off", "next_adjustment_date", resets, reset_before_cut_off},
    {"reset_inconsistent", "Next reset on two dates", "months_to_roll, next_adjustment_date", resets, reset_inconsistent},
    {"balance_above_original", "Balance above the original balance", "current_balance, original_balance", balances, balance_above_original},
    {"ltv_inconsistent", "Loan to value that balance and value contradict", "orig_ltv, original_balance", balances, ltv_inconsistent},
    {"penalty_inconsistent", "Prepayment penalty of two minds", "prepay_penalty_type, prepay_penalty_months", penalty, penalty_inconsistent},
    {"insurance_inconsistent", "Mortgage insurance of two minds", "mi_flag, mi_premium, mi_coverage", insurance, insurance_inconsistent},
};

}  // namespace

void find_contradictions(const WrittenTape& tape, const pool::ProductTable& products, const Doubts& doubts,
                         std::vector<Finding>& findings) {
  const LoanTerms loans(tape, products, doubts);
  std::vector<unsigned> said(tape.size());  // topics a loan is in a finding about
  for (const Rule& rule : kRules) {
    Finding finding{rule.name, rule.what, rule.columns, {}};
    for (Loan i = 0; i < tape.size(); ++i) {
      if ((said[i] & rule.topic) != 0) continue;
      Detail detail = rule.broken(loans, i);
      if (!detail) continue;
      said[i] |= rule.topic;
      finding.loans.push_back({i, std::move(*detail)});
    }
    if (!finding.loans.empty()) findings.push_back(std::move(finding));
  }
}

}  // namespace spillway::profile
