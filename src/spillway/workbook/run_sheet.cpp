#include "spillway/workbook/run_sheet.h"

#include <algorithm>
#include <cmath>

#include "spillway/workbook/codes.h"
#include "spillway/workbook/table_layout.h"

namespace spillway::workbook {

namespace {

using book::ClassView;
using book::RunView;
using book::ViewSeries;

constexpr unsigned kSettlementRow = 1, kGroupRow = 3, kLabelRow = 4, kValueRow = 5, kHeadRow = 6, kFirstRow = 7;
constexpr unsigned kDateColumn = 1, kFrozenColumns = 2;
constexpr int kPrintScale = 55;

const char* code_of(const std::string& unit) {
  if (unit == "dollars") return "#,##0.00";
  if (unit == "percent") return "0.00000\"%\"";
  return "General";
}

std::string day_count_words(calendar::DayCount count) {
  return count == calendar::DayCount::thirty_360 ? "30/360" : count == calendar::DayCount::actual_365 ? "actual/365" : "actual/360";
}

std::string speed_text(double speed_pct) {
  return table::format_cell(table::Cell(table::round_half_away(speed_pct, 4)), {"", "", "", {}}, table::Style::print) + "%";
}

class RunLayout {
 public:
  RunLayout(File& file, const RunView& view, unsigned number, const std::string& contents)
      : file_(file), view_(view), number_(number),
        sheet_(file.add_sheet("Run " + std::to_string(number) + " " + view.scenario + " " + speed_text(view.speed_pct) +
                              (view.to_call ? " call" : " mat"))) {
    place_.sheet = sheet_.name();
    place_.title = "Run " + std::to_string(number) + ": " + run_title(view);
    place_.first_row = kFirstRow;
    place_.last_row = kFirstRow + static_cast<unsigned>(view.periods()) - 1;
    // Short, for the columns that stay; the rest beside it.
    lay_sheet_head(sheet_, "Run " + std::to_string(number), "Settlement", contents);
    sheet_.text(0, kFrozenColumns, run_title(view), {Look::Kind::title});
  }

  RunPlace lay() {
    lay_time();
    lay_group("Pool", "pool.", view_.pool);
    lay_group("Deal", "deal.", view_.deal);
    lay_group("Terms of the deal", "term.", view_.quantities);
    for (const ClassView& bond : view_.classes) lay_class(bond);
    lay_group("Parties", "party.", view_.parties);
    lay_steps();
    sheet_.height(kLabelRow, 28);
    sheet_.height(kHeadRow, 42);
    sheet_.freeze(kFirstRow, kFrozenColumns);
    set_print();
    if (view_.periods() > 0) {
      const Area all{sheet_.name(), kHeadRow, 0, place_.last_row, next_ - 1};
      worksheet_autofilter(sheet_.raw(), kHeadRow, 0, Sheet::row_of(place_.last_row), Sheet::column_of(next_ - 1));
      file_.define("run_" + std::to_string(number_), all);
    }
    return place_;
  }

 private:
  unsigned row(std::size_t t) const { return kFirstRow + static_cast<unsigned>(t); }

  void head(const std::string& text, bool right = true) {
    sheet_.text(kHeadRow, next_, text, {.kind = Look::Kind::head, .wrap = true, .right = right});
    sheet_.widen(next_, 11);
  }

  void start_group(std::string_view title) {
    breaks_.push_back(Sheet::column_of(next_));
    sheet_.text(kGroupRow, next_, title, {Look::Kind::group});
  }

  void end_group(unsigned first) {
    for (unsigned c = first + 1; c < next_; ++c) sheet_.blank(kGroupRow, c, {Look::Kind::group});
  }

  void lay_time() {
    sheet_.date(kSettlementRow, kDateColumn, view_.settlement, {.code = "yyyy-mm-dd"});
    if (view_.call_period > 0) sheet_.text(kSettlementRow, 3, "Called in period " + std::to_string(view_.call_period), {Look::Kind::subtitle});
    start_group("Period");
    for (const char* title : {"Period", "Payment date", "Paid on", "Accrual days"}) {
      head(title);
      ++next_;
    }
    checks_ = {kLabelRow, kValueRow, kFirstRow, place_.last_row, 4, 5, 6, view_.index_rates.size() >= view_.periods() && view_.periods() > 0};
    head("Years from settlement (" + day_count_words(view_.average_life) + ")");
    ++next_;
    head("Days discounted (actual)");
    ++next_;
    if (checks_.has_index) {
      head("Index (percent)");
      ++next_;
    }
    place_.columns["date"] = kDateColumn;
    for (std::size_t t = 0; t < view_.periods(); ++t) lay_period(t);
    end_group(0);
  }

  void lay_period(std::size_t t) {
    const unsigned at = row(t);
    const Look day{.code = "yyyy-mm-dd"};
    sheet_.number(at, 0, static_cast<double>(t + 1));
    sheet_.date(at, kDateColumn, view_.dates[t], day);
    sheet_.date(at, 2, view_.paid[t], day);
    sheet_.number(at, 3, view_.days[t]);
    const std::string settlement = cell_name(kSettlementRow, kDateColumn, true), date = "$" + cell_name(at, kDateColumn);
    sheet_.formula(at, checks_.years_column, years_formula(view_, settlement, date),
                   calendar::year_fraction(view_.average_life, view_.settlement, view_.dates[t]), {.code = "0.0000"});
    const calendar::Date before = t == 0 ? view_.settlement : view_.dates[t - 1];
    sheet_.formula(at, checks_.days_column, "=" + date + "-" + (t == 0 ? settlement : "$" + cell_name(at - 1, kDateColumn)),
                   calendar::days_between(before, view_.dates[t]), {.code = "0"});
    if (checks_.has_index) sheet_.number(at, checks_.index_column, view_.index_rates[t], {.code = code_of("percent")});
  }

  void lay_series(const std::string& key, const std::string& title, const std::string& unit, const std::vector<double>& values) {
    head(title + (unit.empty() ? "" : "\n(" + unit + ")"));
    place_.columns[key] = next_;
    double largest = 0;
    for (std::size_t t = 0; t < values.size() && t < view_.periods(); ++t) {
      sheet_.number(row(t), next_, values[t], {.code = code_of(unit)});
      if (std::isfinite(values[t])) largest = std::max(largest, std::fabs(values[t]));
    }
    if (unit == "dollars") sheet_.widen(next_, 7 + 4.0 / 3.0 * std::floor(std::log10(std::max(1.0, largest))));
    ++next_;
  }

  void lay_group(const char* title, const std::string& prefix, const std::vector<ViewSeries>& group) {
    if (group.empty()) return;
    const unsigned first = next_;
    start_group(title);
    for (const ViewSeries& series : group) lay_series(prefix + series.name, series.title, series.unit, series.values);
    end_group(first);
  }

  void lay_class(const ClassView& bond) {
    const unsigned first = next_;
    start_group("Class " + bond.name);
    const std::string prefix = "class." + bond.name + ".";
    for (const ViewSeries& series : bond.series) lay_series(prefix + series.name, series.title, series.unit, series.values);
    for (const ViewSeries& term : bond.rate_terms) lay_series(prefix + term.name, "Rate at most " + term.title, term.unit, term.values);
    head("Discount factor");
    const auto at = [&](const char* name) { return place_.columns.at(prefix + name); };
    for (Check& check : lay_checks(sheet_, view_, bond, checks_, {first, at("interest_paid"), at("principal_paid"), at("other_paid"), next_})) {
      place_.checks.push_back(std::move(check));
    }
    ++next_;
    end_group(first);
    if (view_.periods() > 0) file_.define("run_" + std::to_string(number_) + "." + bond.name, {sheet_.name(), kHeadRow, first, place_.last_row, next_ - 1});
  }

  void lay_steps() {
    if (view_.steps.empty()) return;
    const unsigned first = next_;
    start_group("Priority of payments: section, what is paid, to whom");
    for (std::size_t i = 0; i < view_.steps.size(); ++i) {
      const book::StepView& step = view_.steps[i];
      lay_series("step." + std::to_string(i + 1), step.section + "\n" + step.pay + " to " + step.receiver, "dollars", step.amounts);
    }
    end_group(first);
  }

  // A page per group of columns: dates beside it, heads over it.
  void set_print() {
    worksheet_set_print_scale(sheet_.raw(), kPrintScale);
    worksheet_repeat_rows(sheet_.raw(), 0, kHeadRow);
    worksheet_repeat_columns(sheet_.raw(), 0, kFrozenColumns - 1);
    breaks_.erase(breaks_.begin());
    breaks_.push_back(0);  // ends the list
    worksheet_set_v_pagebreaks(sheet_.raw(), breaks_.data());
  }

  File& file_;
  const RunView& view_;
  unsigned number_;
  Sheet& sheet_;
  RunPlace place_;
  CheckPlace checks_;
  unsigned next_ = 0;
  std::vector<lxw_col_t> breaks_;
};

}  // namespace

std::string run_title(const RunView& view) {
  return view.scenario + ", " + speed_text(view.speed_pct) + " of its speed, to " + (view.to_call ? "call" : "maturity");
}

RunPlace lay_run(File& file, const RunView& view, unsigned number, const std::string& contents) {
  return RunLayout(file, view, number, contents).lay();
}

}  // namespace spillway::workbook
