#include "spillway/workbook/run_checks.h"

#include "spillway/result/issue.h"
#include "spillway/workbook/codes.h"

namespace spillway::workbook {

namespace {

using book::ClassView;
using book::RunView;

const std::vector<double>& values_of(const ClassView& bond, const char* name) {
  const book::ViewSeries* series = book::find_series(bond.series, name);
  result::require(series != nullptr, "a class has not every series");
  return series->values;
}

bool ends_february(calendar::Date date) {
  return date.month() == std::chrono::February && calendar::add_days(date, 1).month() == std::chrono::March;
}

// The class's formulas, written one measure after the other from its first column on.
class Checks {
 public:
  Checks(Sheet& sheet, const RunView& view, const ClassView& bond, const CheckPlace& place, const ClassColumns& columns)
      : sheet_(sheet), view_(view), bond_(bond), place_(place), columns_(columns), next_(columns.first) {}

  void lay_average_life() {
    if (!bond_.measures.average_life) return;
    const std::vector<double>& principal = values_of(bond_, "principal_paid");
    double paid = 0, weighted = 0;
    for (std::size_t t = 0; t < view_.periods(); ++t) {
      paid += principal[t];
      weighted += principal[t] * calendar::year_fraction(view_.average_life, view_.settlement, view_.dates[t]);
    }
    const std::string held = "/SUM(" + range(columns_.principal) + ")";
    add("Average life", *bond_.measures.average_life, "", "0.000000");
    add("Recomputed", weighted / paid, "=SUMPRODUCT(" + range(place_.years_column) + "," + range(columns_.principal) + ")" + held, "0.000000");
    add_difference("Average life (years)", weighted / paid, *bond_.measures.average_life);
  }

  void lay_present_value() {
    if (!bond_.measures.discount_margin || !(bond_.original_balance > 0)) return;
    const double margin = *bond_.measures.discount_margin;
    const unsigned margin_column = next_;
    add("Discount margin (bp)", margin * 1e4, "", "0.000000");
    const double value = lay_factors(margin, cell_name(place_.value_row, margin_column, true));
    const unsigned accrued_column = next_, balance_column = next_ + 1;
    add("Accrued", bond_.accrued, "", "#,##0.00");
    add("Original balance", bond_.original_balance, "", "#,##0.00");
    add("Price", view_.price, "", "0.000000");
    const double price = 100.0 * (value - bond_.accrued) / bond_.original_balance;
    const auto at = [this](unsigned column) { return cell_name(place_.value_row, column); };
    add("Present value at the margin", price,
        "=100*(SUMPRODUCT(" + range(columns_.interest) + "+" + range(columns_.principal) + "+" + range(columns_.other) + "," +
            range(columns_.factor) + ")-" + at(accrued_column) + ")/" + at(balance_column),
        "0.000000");
    add_difference("Price at the discount margin", price, view_.price);
  }

  std::vector<Check> take() { return std::move(made_); }

 private:
  std::string range(unsigned column) const {
    return cell_name(place_.first_row, column, true) + ":" + cell_name(place_.last_row, column, true);
  }

  void add(const char* label, double value, const std::string& formula, const char* code) {
    sheet_.text(place_.label_row, next_, label, {.kind = Look::Kind::check, .wrap = true, .right = true});
    const Look look{.kind = Look::Kind::check, .code = code};
    if (formula.empty()) sheet_.number(place_.value_row, next_, value, look);
    else sheet_.formula(place_.value_row, next_, formula, value, look);
    ++next_;
  }

  // Of what was just recomputed and what stands before it.
  void add_difference(const char* measure, double recomputed, double ours) {
    made_.push_back({bond_.name, measure, ours, recomputed, place_.value_row, next_ - 2, next_ - 1});
    add("Difference", recomputed - ours, "=" + cell_name(place_.value_row, next_ - 1) + "-" + cell_name(place_.value_row, next_ - 2),
        "0.0E+00");
  }

  // Discount factors by period; gives the cash's present value, dollars.
  double lay_factors(double margin, const std::string& margin_cell) {
    const auto& interest = values_of(bond_, "interest_paid");
    const auto& principal = values_of(bond_, "principal_paid");
    const auto& other = values_of(bond_, "other_paid");
    double factor = 1.0, value = 0.0;
    calendar::Date from = view_.settlement;
    for (std::size_t t = 0; t < view_.periods(); ++t) {
      const unsigned row = place_.first_row + static_cast<unsigned>(t);
      const double index = place_.has_index ? view_.index_rates[t] : 0.0;
      factor /= 1.0 + (index / 100.0 + margin) * calendar::days_between(from, view_.dates[t]) / 360.0;
      from = view_.dates[t];
      value += (interest[t] + principal[t] + other[t]) * factor;
      const std::string before = t == 0 ? "1" : cell_name(row - 1, columns_.factor);
      const std::string rate = (place_.has_index ? "$" + cell_name(row, place_.index_column) + "/100+" : "") + margin_cell + "/10000";
      sheet_.formula(row, columns_.factor, "=" + before + "/(1+(" + rate + ")*$" + cell_name(row, place_.days_column) + "/360)",
                     factor, {.code = "0.00000000"});
    }
    return value;
  }

  Sheet& sheet_;
  const RunView& view_;
  const ClassView& bond_;
  const CheckPlace& place_;
  const ClassColumns& columns_;
  unsigned next_;
  std::vector<Check> made_;
};

}  // namespace

std::string years_formula(const RunView& view, const std::string& settlement, const std::string& date) {
  if (view.average_life == calendar::DayCount::actual_360) return "=(" + date + "-" + settlement + ")/360";
  if (view.average_life == calendar::DayCount::actual_365) return "=(" + date + "-" + settlement + ")/365";
  // The rules of calendar::days_30_360, for settlement's kind of day.
  const std::string day = "DAY(" + date + ")";
  std::string days = day + "-DAY(" + settlement + ")";
  if (ends_february(view.settlement)) {
    days = "IF(AND(MONTH(" + date + ")=2,DAY(" + date + "+1)=1),30,MIN(" + day + ",30))-30";
  } else if (static_cast<unsigned>(view.settlement.day()) >= 30) {
    days = "MIN(" + day + ",30)-30";
  }
  return "=((YEAR(" + date + ")-YEAR(" + settlement + "))*360+(MONTH(" + date + ")-MONTH(" + settlement + "))*30+" + days + ")/360";
}

std::vector<Check> lay_checks(Sheet& sheet, const RunView& view, const ClassView& bond, const CheckPlace& place,
                              const ClassColumns& columns) {
  if (view.periods() == 0) return {};
  Checks checks(sheet, view, bond, place, columns);
  checks.lay_average_life();
  checks.lay_present_value();
  return checks.take();
}

}  // namespace spillway::workbook
