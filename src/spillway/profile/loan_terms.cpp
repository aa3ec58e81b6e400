#include "spillway/profile/loan_terms.h"

#include <algorithm>

namespace spillway::profile {

using Kind = pool::TapeField::Kind;

LoanTerms::LoanTerms(const WrittenTape& tape, const pool::ProductTable& products, const Doubts& doubts)
    : tape_(tape), products_(products), doubts_(doubts) {
  const auto number = [&](auto... names) { return position({names...}, Kind::number); };
  const auto text = [&](auto... names) { return position({names...}, Kind::text); };
  const auto date = [&](auto... names) { return position({names...}, Kind::date); };
  age_ = number("age");
  remaining_ = number("remaining_term");
  original_term_ = number("original_term");
  amortization_ = number("amortization_term");
  interest_only_ = number("interest_only_months");
  rate_ = number("gross_rate");
  net_rate_ = number("net_rate");
  servicing_ = number("servicing_fee");
  master_ = number("master_servicing_fee");
  trustee_ = number("trustee_fee");
  mi_premium_ = number("mi_premium");
  mi_coverage_ = number("mi_coverage");
  cap_ = number("max_rate");
  floor_ = number("min_rate");
  margin_ = number("gross_margin");
  months_to_roll_ = number("months_to_roll");
  balance_ = number("current_balance");
  original_balance_ = number("original_balance");
  ltv_ = number("orig_ltv");
  appraisal_ = number("appraised_value", "appraisal_value", "appraisal", "property_value");
  price_ = number("sales_price", "purchase_price");
  penalty_months_ = number("prepay_penalty_months");
  penalty_type_ = text("prepay_penalty_type");
  mi_flag_ = text("mi_flag");
  index_ = text("index");
  product_ = text("product");
  first_payment_ = date("first_payment_date");
  next_adjustment_ = date("next_adjustment_date");
  maturity_ = date("maturity_date", "maturity");
  if (product_ == none) return;
  for (const std::string& label : tape.columns[static_cast<std::size_t>(product_)].texts.labels) {
    product_of_label_.push_back(products.find(label));
  }
}

// The first column of one of the names, if it is of the kind.
int LoanTerms::position(std::initializer_list<std::string_view> names, Kind kind) const {
  for (std::string_view name : names) {
    const WrittenColumn* column = tape_.find(name);
    if (column != nullptr && column->kind == kind) return static_cast<int>(column - tape_.columns.data());
  }
  return none;
}

double LoanTerms::number(int column, std::size_t i) const {
  const auto c = static_cast<std::size_t>(column);
  return column == none || doubts_.has(c, i) ? std::nan("") : tape_.columns[c].numbers[i];
}

calendar::Date LoanTerms::date(int column, std::size_t i) const {
  const auto c = static_cast<std::size_t>(column);
  return column == none || doubts_.has(c, i) ? calendar::Date{} : tape_.columns[c].dates[i];
}

std::string_view LoanTerms::text(int column, std::size_t i) const {
  return column == none ? std::string_view{} : tape_.columns[static_cast<std::size_t>(column)].texts.at(i);
}

double LoanTerms::fees(std::size_t i) const {
  return number(servicing_, i) + number(master_, i) + number(trustee_, i) + number(mi_premium_, i);
}

double LoanTerms::value(std::size_t i) const { return std::fmin(number(appraisal_, i), number(price_, i)); }

const pool::Product* LoanTerms::product(std::size_t i) const {
  if (product_ == none) return nullptr;
  return product_of_label_[tape_.columns[static_cast<std::size_t>(product_)].texts.codes[i]];
}

}  // namespace spillway::profile
