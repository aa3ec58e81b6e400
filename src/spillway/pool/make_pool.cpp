#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "spillway/pool/names.h"
#include "spillway/pool/pool.h"

namespace spillway::pool {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double blank = std::numeric_limits<double>::quiet_NaN();

// A value of the tape, NaN where it is blank or the tape has no such column.
double at(const std::vector<double>& column, std::size_t i) { return i < column.size() ? column[i] : blank; }

calendar::Date at(const std::vector<calendar::Date>& column, std::size_t i) {
  return i < column.size() ? column[i] : calendar::Date{};
}

std::string_view at(const TextColumn& column, std::size_t i) {
  return i < column.codes.size() ? std::string_view{column.at(i)} : std::string_view{};
}

int whole(double value, int when_blank) { return std::isnan(value) ? when_blank : static_cast<int>(value); }

// A percentage of the tape as a decimal.
double decimal(double percent, double when_blank) { return std::isnan(percent) ? when_blank : percent / 100; }

// Steps from `month` by `interval` to the first month after the cut-off.
int first_after_cut_off(int month, int interval) {
  if (month >= 1) return month;
  return month + ((1 - month + interval - 1) / interval) * interval;
}

class PoolMaker {
 public:
  PoolMaker(const LoanTape& tape, const ProductTable& products, const FeeTerms& fees, calendar::Date first_due)
      : tape_(tape), products_(products), first_due_(first_due), blank_product_(products.find("")) {
    for (const std::string& label : tape.product.labels) product_of_label_.push_back(products.find(label));
    for (const std::string& label : tape.loan_group.labels) group_of_label_.push_back(groups_.number(label));
    for (const std::string& label : tape.index.labels) {
      index_of_label_.push_back(indices_.number(products.index_name(label).value_or("")));
    }
    for (const Product& product : products.products) {
      group_of_product_.push_back(groups_.number(product.group));
      index_of_product_.push_back(indices_.number(product.index));
    }
    for (std::size_t g = 0; g < groups_.size(); ++g) stated_fees_.push_back(stated_fees(fees, groups_[g]));
  }

  result::WithIssues<Pool> run() {
    made_.value.cut_off = tape_.cut_off;
    reserve();
    for (std::size_t i = 0; i < tape_.size(); ++i) add_loan(i);
    name_groups_and_indices();
    return std::move(made_);
  }

 private:
  static constexpr int fixed_rate = Names::none;

  struct Terms {
    int remaining, amortization, age, first_period;
  };
  struct Fees {
    double servicing, master_servicing, trustee, mortgage_insurance;
  };
  struct Adjustment {
    int index = fixed_rate;  // number in indices_
    int months_to_roll = 0, reset_months = 0, rate_change_lag = 0, lookback_days = 0;
    double margin = 0, first_cap = infinity, periodic_cap = infinity, max_rate = infinity, min_rate = 0, rounding = 0;
  };

  static Fees stated_fees(const FeeTerms& fees, const std::string& group) {
    const auto rate = [&](const std::map<std::string, double>& by_group) {
      const auto stated = by_group.find(group);
      return stated == by_group.end() ? 0.0 : stated->second;
    };
    return {rate(fees.servicing), rate(fees.master_servicing), rate(fees.trustee), rate(fees.mortgage_insurance)};
  }

  void reserve() {
    Pool& p = made_.value;
    for (auto* column :
         {&p.group, &p.remaining_term, &p.amortization_term, &p.age, &p.interest_only_months, &p.first_period, &p.index,
          &p.months_to_roll, &p.reset_months, &p.rate_change_lag, &p.lookback_days}) {
      column->reserve(tape_.size());
    }
    for (auto* column :
         {&p.balance, &p.gross_rate, &p.servicing_fee, &p.master_servicing_fee, &p.trustee_fee, &p.mi_premium, &p.mi_coverage,
          &p.margin,
          &p.first_cap, &p.periodic_cap, &p.max_rate, &p.min_rate, &p.rounding}) {
      column->reserve(tape_.size());
    }
    p.tape_row.reserve(tape_.size());
  }

  bool refuse(std::size_t i, std::string what, std::string remedy) {
    const int line = i < tape_.line.size() ? tape_.line[i] : 0;
    const std::string loan = i < tape_.loan_id.size() ? "loan " + std::string{tape_.loan_id[i]} + ": " : std::string{};
    made_.issues.push_back(
        result::error({tape_.file, line, 0}, loan + what + "; the loan is left out", std::move(remedy)));
    return false;
  }

  void add_loan(std::size_t i) {
    const bool has_column = i < tape_.product.codes.size();
    const Product* product = has_column ? product_of_label_[tape_.product.codes[i]] : blank_product_;
    Terms terms{};
    Adjustment adjustment;
    if (product == nullptr) {
      refuse(i, "unknown product \"" + std::string{at(tape_.product, i)} + '"',
             result::suggestion(at(tape_.product, i), products_.names()));
      return;
    }
    if (!read_terms(i, terms)) return;
    if (product->adjustable && !read_adjustment(i, *product, terms.age, adjustment)) return;
    append(i, *product, terms, adjustment);
  }

  // Months since origination: the tape's, or else from the first payment date, or else from the terms.
  int age(std::size_t i, int remaining) const {
    const calendar::Date first_payment = at(tape_.first_payment_date, i);
    if (!std::isnan(at(tape_.age, i))) return std::max(0, whole(at(tape_.age, i), 0));
    if (first_payment.ok()) return std::max(0, calendar::months_between(first_payment, tape_.cut_off) + 1);
    return std::max(0, whole(at(tape_.original_term, i), -1) - remaining);
  }

  bool read_terms(std::size_t i, Terms& terms) {
    const double balance = tape_.current_balance[i], rate = at(tape_.gross_rate, i);
    if (!(balance > 0) || !std::isfinite(balance)) return refuse(i, "no positive balance", "give its current_balance");
    if (!(rate >= 0) || !std::isfinite(rate)) return refuse(i, "no gross rate", "give its gross_rate");
    terms.remaining = whole(at(tape_.remaining_term, i), 0);
    if (terms.remaining < 1) return refuse(i, "no payments left", "give its remaining_term");
    terms.amortization = whole(at(tape_.amortization_term, i), terms.remaining);
    if (terms.amortization < terms.remaining) {
      return refuse(i, "amortization_term " + std::to_string(terms.amortization) + " is below remaining_term " +
                           std::to_string(terms.remaining),
                    "it may be equal, or longer for a balloon; leave it blank if equal");
    }
    if (std::isnan(at(tape_.age, i)) && std::isnan(at(tape_.original_term, i)) &&
        !at(tape_.first_payment_date, i).ok()) {
      return refuse(i, "its age is unknown", "give age, first_payment_date or original_term");
    }
    terms.age = age(i, terms.remaining);
    const calendar::Date due = at(tape_.first_due_date, i);
    terms.first_period = due.ok() ? std::max(1, calendar::months_between(first_due_, due) + 1) : 1;
    if (terms.first_period > terms.remaining) {
      return refuse(i, "it matures before its first_due_date " + calendar::to_iso(due), "check both");
    }
    return true;
  }

  bool read_adjustment(std::size_t i, const Product& product, int loan_age, Adjustment& a) {
    if (std::isnan(at(tape_.gross_margin, i))) {
      return refuse(i, "an adjustable-rate loan without a margin", "give its gross_margin");
    }
    const std::string_view word = at(tape_.index, i);
    a.index = word.empty() ? index_of_product_[position(product)] : index_of_label_[tape_.index.codes[i]];
    if (indices_[static_cast<std::size_t>(a.index)].empty()) {
      return refuse(i, "unknown index \"" + std::string{word} + '"', result::suggestion(word, products_.index_words()));
    }
    a.reset_months = whole(at(tape_.reset_months, i), 0);
    if (a.reset_months < 1) a.reset_months = product.reset_months;
    if (a.reset_months < 1) return refuse(i, "no months between adjustments", "give its reset_months");
    a.months_to_roll = months_to_roll(i, product, loan_age, a.reset_months);
    a.rate_change_lag = whole(at(tape_.rate_change_lag_months, i), 0);
    a.lookback_days = whole(at(tape_.lookback_days, i), product.lookback_days);
    a.margin = tape_.gross_margin[i] / 100;
    a.first_cap = decimal(at(tape_.first_periodic_cap, i), product.first_cap.value_or(infinity));
    a.periodic_cap = decimal(at(tape_.periodic_cap, i), product.periodic_cap.value_or(infinity));
    a.rounding = decimal(at(tape_.rate_rounding, i), product.rounding);
    read_bounds(i, product, a);
    return true;
  }

  int months_to_roll(std::size_t i, const Product& product, int loan_age, int reset_months) const {
    const int stated = whole(at(tape_.months_to_roll, i), 0);
    if (stated >= 1) return stated;
    const calendar::Date next = at(tape_.next_adjustment_date, i);
    if (next.ok()) return first_after_cut_off(calendar::months_between(tape_.cut_off, next), reset_months);
    return first_after_cut_off(product.months_to_first_reset - loan_age, reset_months);
  }

  // A bound the product gives yields to one the tape gives, so that the floor is never above the cap.
  void read_bounds(std::size_t i, const Product& product, Adjustment& a) const {
    const double max_rate = at(tape_.max_rate, i), min_rate = at(tape_.min_rate, i);
    a.max_rate = decimal(max_rate, tape_.gross_rate[i] / 100 + product.lifetime_cap.value_or(infinity));
    a.min_rate = decimal(min_rate, product.floor.value_or(0.0));
    if (std::isnan(min_rate)) a.min_rate = std::min(a.min_rate, a.max_rate);
    if (std::isnan(max_rate)) a.max_rate = std::max(a.max_rate, a.min_rate);
  }

  void append(std::size_t i, const Product& product, const Terms& terms, const Adjustment& a) {
    Pool& p = made_.value;
    const int group = group_of(i, product);
    const Fees& stated = stated_fees_[static_cast<std::size_t>(group)];
    p.group.push_back(group);
    p.index.push_back(a.index);
    p.balance.push_back(tape_.current_balance[i]);
    p.gross_rate.push_back(tape_.gross_rate[i] / 100);
    p.servicing_fee.push_back(decimal(at(tape_.servicing_fee, i), stated.servicing));
    p.master_servicing_fee.push_back(decimal(at(tape_.master_servicing_fee, i), stated.master_servicing));
    p.trustee_fee.push_back(decimal(at(tape_.trustee_fee, i), stated.trustee));
    p.mi_premium.push_back(decimal(at(tape_.mi_premium, i), stated.mortgage_insurance));
    p.mi_coverage.push_back(decimal(at(tape_.mi_coverage, i), 0.0));
    p.tape_row.push_back(static_cast<std::uint32_t>(i));
    p.remaining_term.push_back(terms.remaining);
    p.amortization_term.push_back(terms.amortization);
    p.age.push_back(terms.age);
    p.interest_only_months.push_back(whole(at(tape_.interest_only_months, i), 0));
    p.first_period.push_back(terms.first_period);
    p.months_to_roll.push_back(a.months_to_roll);
    p.reset_months.push_back(a.reset_months);
    p.rate_change_lag.push_back(a.rate_change_lag);
    p.lookback_days.push_back(a.lookback_days);
    p.margin.push_back(a.margin);
    p.first_cap.push_back(a.first_cap);
    p.periodic_cap.push_back(a.periodic_cap);
    p.max_rate.push_back(a.max_rate);
    p.min_rate.push_back(a.min_rate);
    p.rounding.push_back(a.rounding);
  }

  std::size_t position(const Product& product) const {
    return static_cast<std::size_t>(&product - products_.products.data());
  }

  // The tape's own group, or the product's. A tape without the column has no labels.
  int group_of(std::size_t i, const Product& product) const {
    if (at(tape_.loan_group, i).empty()) return group_of_product_[position(product)];
    return group_of_label_[tape_.loan_group.codes[i]];
  }

  // Groups and indices that loans have, in the products' order, others by name: the order of the loans changes nothing.
  void name_groups_and_indices() {
    std::vector<std::string> groups, indices;
    for (const Product& product : products_.products) {
      groups.push_back(product.group);
      indices.push_back(product.index);
    }
    made_.value.groups = groups_.list_used(groups, made_.value.group);
    made_.value.indices = indices_.list_used(indices, made_.value.index);
  }

  const LoanTape& tape_;
  const ProductTable& products_;
  calendar::Date first_due_;
  const Product* blank_product_;
  Names groups_, indices_;
  std::vector<const Product*> product_of_label_;
  std::vector<int> group_of_label_, index_of_label_;      // by the tape's label
  std::vector<int> group_of_product_, index_of_product_;  // by position in products_
  std::vector<Fees> stated_fees_;                         // by number in groups_
  result::WithIssues<Pool> made_;
};

}  // namespace

double Pool::total_balance() const {
  double total = 0;
  for (const double b : balance) total += b;
  return total;
}

result::WithIssues<Pool> make_pool(const LoanTape& tape, const ProductTable& products, const FeeTerms& fees,
                                   calendar::Date first_due) {
  return PoolMaker{tape, products, fees, first_due}.run();
}

}  // namespace spillway::pool
