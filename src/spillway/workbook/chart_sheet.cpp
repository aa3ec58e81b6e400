// The sheet of charts: tables and runs of the book drawn from their own sheets.

#include <algorithm>
#include <cmath>

#include "spillway/workbook/book_sheets.h"
#include "spillway/workbook/charts.h"

namespace spillway::workbook {

namespace {

using book::RunView;

constexpr unsigned kSecondColumn = 8;
constexpr int kPrintScale = 55;      // two charts abreast on a page
constexpr double kChartColumn = 11;  // characters

// Charts two abreast, in order.
class Gallery {
 public:
  Gallery(File& file, Sheet& sheet) : file_(file), sheet_(sheet) {
    for (unsigned c = 0; c < 2 * kSecondColumn; ++c) sheet.widen(c, kChartColumn);
  }

  void heading(const std::string& text) {
    if (second_) row_ += kChartRows;
    second_ = false;
    if (row_ > kHeadRows) breaks_.push_back(row_);
    for (unsigned c = 0; c < 2 * kSecondColumn; ++c) sheet_.blank(row_, c, {Look::Kind::group});
    sheet_.text(row_, 0, text, {Look::Kind::group});
    row_ += 2;
  }

  void draw(const ChartPlan& plan) {
    if (plan.series.empty()) return;
    draw_chart(file_, sheet_, row_, second_ ? kSecondColumn : 0, plan, {630, 390});
    if (second_) row_ += kChartRows;
    second_ = !second_;
    any_ = true;
  }

  // Each heading on a page of its own.
  void set_print() {
    worksheet_set_print_scale(sheet_.raw(), kPrintScale);
    breaks_.push_back(0);  // ends the list
    worksheet_set_h_pagebreaks(sheet_.raw(), breaks_.data());
  }

  bool any() const { return any_; }

 private:
  File& file_;
  Sheet& sheet_;
  unsigned row_ = kHeadRows;
  bool second_ = false, any_ = false;
  std::vector<lxw_row_t> breaks_;
};

const table::Table* table_of(const book::Book& book, const TablePlaces& places, const char* name) {
  if (places.count(name) == 0) return nullptr;
  return &book::data_table(book, name);
}

// Lines of the columns that `wanted` picks, over the column `labels`.
template <class Wanted>
ChartPlan column_lines(const table::Table& table, const Laid& laid, unsigned labels, const std::string& title,
                       const std::string& y_title, const Wanted& wanted) {
  ChartPlan plan{.kind = ChartPlan::Kind::line, .title = title, .x_title = table.columns[labels].title, .y_title = y_title};
  if (laid.last_row < laid.first_row) return plan;
  plan.points = laid.last_row - laid.first_row + 1;
  plan.x_code = table.columns[labels].format.kind == table::Kind::date ? "mmmyy" : "";
  plan.y_code = "0.0";
  for (unsigned c = 0; c < table.columns.size(); ++c) {
    if (wanted(table.columns[c].name)) plan.series.push_back({table.columns[c].title, laid.data_column(labels), laid.data_column(c)});
  }
  return plan;
}

// A measure of every class over speeds, from the rows of dm_tables "to call" or "to maturity".
ChartPlan class_lines(const table::Table& table, const Laid& laid, const char* measure, const std::string& end,
                      const std::string& title, const std::string& y_title) {
  const auto speed = static_cast<unsigned>(table::column_index(table, "speed_pct"));
  const auto value = static_cast<unsigned>(table::column_index(table, measure));
  const std::size_t scenario = table::column_index(table, "scenario");
  const auto text = [&](std::size_t r, std::size_t c) {
    const auto* held = std::get_if<std::string>(&table.rows[r].cells[c].value);
    return held ? *held : std::string();
  };
  ChartPlan plan{.kind = ChartPlan::Kind::line, .title = title, .x_title = "Percent of the pricing prepayment speed", .y_title = y_title};
  plan.y_code = "0.0";
  for (std::size_t r = 0, next = 0; r < table.rows.size(); r = next) {
    next = r + 1;
    while (next < table.rows.size() && text(next, 0) == text(r, 0) && text(next, scenario) == text(r, scenario)) ++next;
    if (text(r, scenario) != end) continue;
    const unsigned first = laid.first_row + static_cast<unsigned>(r), last = laid.first_row + static_cast<unsigned>(next) - 1;
    plan.series.push_back({text(r, 0), {laid.all.sheet, first, speed, last, speed}, {laid.all.sheet, first, value, last, value}});
  }
  return plan;
}

void draw_tables(Gallery& gallery, const book::Book& book, const TablePlaces& places) {
  if (const auto* dm = table_of(book, places, "dm_tables")) {
    const Laid& laid = places.at("dm_tables");
    gallery.heading("Classes and prepayment speed");
    gallery.draw(class_lines(*dm, laid, "wal", "call", "Average life, to call", "Years"));
    gallery.draw(class_lines(*dm, laid, "wal", "maturity", "Average life, to maturity", "Years"));
    gallery.draw(class_lines(*dm, laid, "dm_bps", "call", "Discount margin, to call", "Basis points"));
    gallery.draw(class_lines(*dm, laid, "dm_bps", "maturity", "Discount margin, to maturity", "Basis points"));
  }
  const auto* rate = table_of(book, places, "available_rate");
  const auto* credit = table_of(book, places, "credit_schedule");
  if (rate != nullptr || credit != nullptr) gallery.heading("Rates and credit");
  if (rate != nullptr) {
    gallery.draw(column_lines(*rate, places.at("available_rate"), 0, "Available rate schedule", "Percent a year",
                              [](const std::string& name) { return name != "period"; }));
  }
  if (credit != nullptr) {
    gallery.draw(column_lines(*credit, places.at("credit_schedule"), 1, "Credit enhancement", "Percent of the pool",
                              [](const std::string& name) { return name.ends_with("_enhancement_pct"); }));
    if (const auto* losses = table_of(book, places, "collateral_losses")) {
      gallery.draw(column_lines(*losses, places.at("collateral_losses"), 1, "Cumulative defaults and losses", "Percent of cut-off balance",
                                [](const std::string& name) { return name.starts_with("cumulative_"); }));
    }
  }
}

ChartPlan run_lines(const RunPlace& run, const std::string& title, const std::string& y_title, const char* code,
                    const std::vector<std::pair<std::string, std::string>>& series) {
  ChartPlan plan{.kind = ChartPlan::Kind::line, .title = title, .x_title = "Payment date", .y_title = y_title};
  plan.x_code = "mmmyy";
  plan.y_code = code;
  plan.points = run.last_row - run.first_row + 1;
  for (const auto& [key, name] : series) {
    if (run.has(key)) plan.series.push_back({name, run.column("date"), run.column(key)});
  }
  return plan;
}

void draw_run(Gallery& gallery, const RunView& view, const RunPlace& run) {
  gallery.heading(run.title);
  const char* millions = "#,##0,,";
  std::vector<std::pair<std::string, std::string>> balances;
  for (const book::ClassView& bond : view.classes) {
    if (!bond.is_notional) balances.emplace_back("class." + bond.name + ".balance", bond.name);
  }
  ChartPlan stack = run_lines(run, "Class balances", "$ million", millions, balances);
  stack.kind = ChartPlan::Kind::stacked_area;
  gallery.draw(stack);
  gallery.draw(run_lines(run, "Overcollateralization and its target", "$ million", "#,##0.0,,",
                         {{"deal.overcollateralization", "Overcollateralization"}, {"deal.oc_target", "Target"}}));
  gallery.draw(run_lines(run, "Excess spread", "Percent a year", "0.0", {{"deal.excess_spread_pct", "Excess spread"}}));
  gallery.draw(run_lines(run, "Prepayments and defaults", "Percent a year", "0.0", {{"pool.cpr", "CPR"}, {"pool.cdr", "CDR"}}));
}

// The view of its scenario and end whose speed is nearest to 100%.
bool is_own_speed(const std::vector<RunView>& views, std::size_t i) {
  return std::none_of(views.begin(), views.end(), [&](const RunView& other) {
    return other.scenario == views[i].scenario && other.to_call == views[i].to_call &&
           std::fabs(other.speed_pct - 100.0) < std::fabs(views[i].speed_pct - 100.0);
  });
}

}  // namespace

bool lay_charts(File& file, Sheet& sheet, const book::Book& book, const TablePlaces& tables, const std::vector<RunPlace>& runs,
                const std::string& contents) {
  lay_sheet_head(sheet, "Charts", "Drawn from the sheets of the tables and of the runs at 100% of their speed", contents);
  Gallery gallery(file, sheet);
  draw_tables(gallery, book, tables);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (book.views[i].periods() > 0 && is_own_speed(book.views, i)) draw_run(gallery, book.views[i], runs[i]);
  }
  gallery.set_print();
  return gallery.any();
}

}  // namespace spillway::workbook
