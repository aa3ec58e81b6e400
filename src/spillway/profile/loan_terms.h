#pragma once
// The values of one loan that rules ask for. Private to profile.

#include <cmath>
#include <initializer_list>
#include <string>
#include <string_view>

#include "spillway/pool/product.h"
#include "spillway/profile/doubts.h"

namespace spillway::profile {

/// Values of a tape by row: NaN, no date, or "" where there is none, or where it is doubted.
class LoanTerms {
 public:
  LoanTerms(const WrittenTape& tape, const pool::ProductTable& products, const Doubts& doubts);

  double age(std::size_t i) const { return number(age_, i); }
  double remaining(std::size_t i) const { return number(remaining_, i); }
  double original_term(std::size_t i) const { return number(original_term_, i); }
  double amortization(std::size_t i) const { return number(amortization_, i); }
  double interest_only(std::size_t i) const { return number(interest_only_, i); }
  double rate(std::size_t i) const { return number(rate_, i); }
  double net_rate(std::size_t i) const { return number(net_rate_, i); }
  double fees(std::size_t i) const;                 ///< all four; NaN unless all are there
  double cap(std::size_t i) const { return number(cap_, i); }
  double floor(std::size_t i) const { return number(floor_, i); }
  double margin(std::size_t i) const { return number(margin_, i); }
  double months_to_roll(std::size_t i) const { return number(months_to_roll_, i); }
  double balance(std::size_t i) const { return number(balance_, i); }
  double original_balance(std::size_t i) const { return number(original_balance_, i); }
  double ltv(std::size_t i) const { return number(ltv_, i); }
  double value(std::size_t i) const;                ///< the lesser of appraisal and sales price, dollars
  double penalty_months(std::size_t i) const { return number(penalty_months_, i); }
  double mi_premium(std::size_t i) const { return number(mi_premium_, i); }
  double mi_coverage(std::size_t i) const { return number(mi_coverage_, i); }
  std::string_view penalty_type(std::size_t i) const { return text(penalty_type_, i); }
  std::string_view mi_flag(std::size_t i) const { return text(mi_flag_, i); }
  std::string_view index(std::size_t i) const { return text(index_, i); }
  std::string_view product_name(std::size_t i) const { return text(product_, i); }
  const pool::Product* product(std::size_t i) const;  ///< null: not known
  calendar::Date first_payment(std::size_t i) const { return date(first_payment_, i); }
  calendar::Date next_adjustment(std::size_t i) const { return date(next_adjustment_, i); }
  calendar::Date maturity(std::size_t i) const { return date(maturity_, i); }
  calendar::Date cut_off() const { return tape_.cut_off; }
  const pool::ProductTable& products() const { return products_; }

 private:
  static constexpr int none = -1;
  int position(std::initializer_list<std::string_view> names, pool::TapeField::Kind kind) const;
  double number(int column, std::size_t i) const;
  calendar::Date date(int column, std::size_t i) const;
  std::string_view text(int column, std::size_t i) const;

  const WrittenTape& tape_;
  const pool::ProductTable& products_;
  const Doubts& doubts_;
  int age_, remaining_, original_term_, amortization_, interest_only_, rate_, net_rate_, servicing_, master_, trustee_, mi_premium_,
      mi_coverage_, cap_, floor_, margin_, months_to_roll_, balance_, original_balance_, ltv_, appraisal_, price_, penalty_months_;
  int penalty_type_, mi_flag_, index_, product_;
  int first_payment_, next_adjustment_, maturity_;
  std::vector<const pool::Product*> product_of_label_;
};

}  // namespace spillway::profile
