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

// Rows of dm_tables: the speeds of one class to one end.
struct SpeedRows {
  std::string class_name, end;
  unsigned first = 0, last = 0;
};

std::vector<SpeedRows> speed_rows(const table::Table& table, const Laid& laid) {
  const std::size_t scenario = table::column_index(table, "scenario");
  const auto text = [&](std::size_t r, std::size_t c) {
    const auto* held = std::get_if<std::string>(&table.rows[r].cells[c].value);
    return held ? *held : std::string();
  };
  std::vector<SpeedRows> made;
  for (unsigned r = 0; r < table.rows.size(); ++r) {
    const std::string name = text(r, 0), end = text(r, scenario);
    if (made.empty() || made.back().class_name != name || made.back().end != end) made.push_back({name, end, laid.first_row + r, 0});
    made.back().last = laid.first_row + r;
  }
  return made;
}

// A measure over speeds, a line per class or end: those that `name` gives a name.
template <class Name>
ChartPlan speed_lines(const table::Table& table, const Laid& laid, const char* measure, const std::string& title, const Name& name) {
  const auto speed = static_cast<unsigned>(table::column_index(table, "speed_pct"));
  const auto value = static_cast<unsigned>(table::column_index(table, measure));
  ChartPlan plan{.kind = ChartPlan::Kind::scatter, .title = title, .x_title = "Percent of the pricing prepayment speed",
                 .y_title = std::string(measure) == "wal" ? "Years" : "Basis points"};
  plan.x_code = "0";
  plan.y_code = std::string(measure) == "wal" ? "0.0" : "0";
  for (const SpeedRows& rows : speed_rows(table, laid)) {
    const std::string shown = name(rows);
    if (shown.empty()) continue;
    plan.series.push_back({shown, {laid.all.sheet, rows.first, speed, rows.last, speed}, {laid.all.sheet, rows.first, value, rows.last, value}});
  }
  return plan;
}

void draw_tables(Gallery& gallery, const book::Book& book, const TablePlaces& places) {
  if (const auto* dm = table_of(book, places, "dm_tables")) {
    const Laid& laid = places.at("dm_tables");
    gallery.heading("Classes and prepayment speed");
    for (const char* measure : {"wal", "dm_bps"}) {
      for (const std::string end : {"call", "maturity"}) {
        const std::string title = (std::string(measure) == "wal" ? "Average life, to " : "Discount margin, to ") + end;
        gallery.draw(speed_lines(*dm, laid, measure, title,
                                 [&](const SpeedRows& rows) { return rows.end == end ? rows.class_name : std::string(); }));
      }
    }
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

// A series that is more than the rounding of sums: a line along 0 says nothing.
bool has_shape(const RunView& view, std::string_view key) {
  constexpr double rounding = 1e-9;
  const auto& group = key.starts_with("pool.") ? view.pool : view.deal;
  const book::ViewSeries* series = book::find_series(group, key.substr(5));
  const book::ViewSeries* balance = book::find_series(view.pool, "beginning_balance");
  if (series == nullptr) return false;
  double scale = 1.0;
  if (series->unit == "dollars" && balance != nullptr && !balance->values.empty()) scale = std::max(scale, balance->values.front());
  return std::any_of(series->values.begin(), series->values.end(), [&](double value) { return std::fabs(value) > rounding * scale; });
}

// Series of the pool or the deal, those without shape left out; no series at all if the first has none.
std::vector<std::pair<std::string, std::string>> shown(const RunView& view, std::vector<std::pair<std::string, std::string>> series) {
  if (!has_shape(view, series.front().first)) return {};
  std::erase_if(series, [&](const auto& each) { return !has_shape(view, each.first); });
  return series;
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
                         shown(view, {{"deal.overcollateralization", "Overcollateralization"}, {"deal.oc_target", "Target"}})));
  gallery.draw(run_lines(run, "Excess spread", "Percent a year", "0.0", shown(view, {{"deal.excess_spread_pct", "Excess spread"}})));
  gallery.draw(run_lines(run, "Prepayments and defaults", "Percent a year", "0.0", shown(view, {{"pool.cpr", "CPR"}, {"pool.cdr", "CDR"}})));
}

// The view of its scenario and end whose speed is nearest to 100%.
bool is_own_speed(const std::vector<RunView>& views, std::size_t i) {
  return std::none_of(views.begin(), views.end(), [&](const RunView& other) {
    return other.scenario == views[i].scenario && other.to_call == views[i].to_call &&
           std::fabs(other.speed_pct - 100.0) < std::fabs(views[i].speed_pct - 100.0);
  });
}

}  // namespace

void draw_price_page(File& file, Sheet& sheet, unsigned row, const std::string& class_name, const table::Table& dm_tables, const Laid& laid) {
  const auto name = [&](const SpeedRows& rows) { return rows.class_name == class_name ? "To " + rows.end : std::string(); };
  draw_chart(file, sheet, row + 1, 0, speed_lines(dm_tables, laid, "wal", "Average life and prepayment speed", name), {430, 320});
  draw_chart(file, sheet, row + 1, 0, speed_lines(dm_tables, laid, "dm_bps", "Discount margin and prepayment speed", name), {430, 320, 445});
  worksheet_fit_to_pages(sheet.raw(), 1, 1);
}

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
