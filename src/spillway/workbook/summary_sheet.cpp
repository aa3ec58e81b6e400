#include <algorithm>

#include "spillway/workbook/book_sheets.h"
#include "spillway/workbook/class_list.h"
#include "spillway/workbook/codes.h"

namespace spillway::workbook {

namespace {

constexpr unsigned kTextColumns = 7;  // that notices and notes run over

const table::Table* find_table(const book::Book& book, std::string_view name) {
  const auto found = std::find_if(book.data_tables.begin(), book.data_tables.end(),
                                  [&](const table::Table& table) { return table.name == name; });
  return found == book.data_tables.end() || found->rows.empty() ? nullptr : &*found;
}

class Summary {
 public:
  Summary(Sheet& sheet, const book::Book& book) : sheet_(sheet), book_(book) {}

  void lay_words(const std::vector<std::pair<std::string, std::string>>& pairs) {
    for (const auto& [label, text] : pairs) {
      if (text.empty()) continue;
      lay_label(label);
      sheet_.text(row_++, 1, text);
    }
  }

  void lay_facts() {
    const auto run = leading_run(book_, false) ? leading_run(book_, false) : leading_run(book_, true);
    if (book_.basis.settlement) lay_date("Settlement", *book_.basis.settlement);
    if (run) {
      const book::RunView& view = book_.views[*run];
      lay_date("First payment", view.dates.front());
      sheet_.text(row_, 2, run_title(view), {.kind = Look::Kind::note, .indent = true, .top = true});
      lay_date("Last payment", view.dates.back());
      const book::ViewSeries* pool = book::find_series(view.pool, "beginning_balance");
      if (pool != nullptr && !pool->values.empty()) lay_dollars("Pool at the start", pool->values.front());
    } else if (book_.basis.cut_off_balance > 0) {
      lay_dollars("Pool at cut-off", book_.basis.cut_off_balance);
    }
    ++row_;
  }

  void lay_classes(const std::vector<RunPlace>& runs) {
    if (const table::Table* front = find_table(book_, "class_summary")) {
      lay(*front);
    } else if (const table::Table list = class_list(book_); !list.rows.empty()) {
      const unsigned first = row_ + 2;
      lay(list);
      link_classes(first, list, runs);
    }
    if (const table::Table* table = find_table(book_, "credit_enhancement")) lay(*table);
  }

  // The first sheet of each part of the book.
  void lay_links(const std::vector<Entry>& entries) {
    sheet_.text(row_++, 0, "Where to look", {Look::Kind::label});
    for (auto first = entries.begin(); first != entries.end();) {
      const auto end = std::find_if(first, entries.end(), [&](const Entry& entry) { return entry.group != first->group; });
      for (auto entry = first; entry != end; ++entry) {
        if (entry->sheet == sheet_.name() || (first->group != "Start" && entry != first)) continue;
        sheet_.link(row_, 0, entry->sheet, first->group == "Start" ? entry->sheet : first->group);
        const auto more = end - entry - 1;
        sheet_.text(row_++, 1, entry->what + (first->group == "Start" || more == 0 ? "" : ", and " + std::to_string(more) + " more"));
      }
      first = end;
    }
    ++row_;
  }

  void lay_notices() {
    if (!book_.notices.empty()) sheet_.text(row_++, 0, "Please note", {Look::Kind::label});
    for (const std::string& notice : book_.notices) sheet_.paragraph(row_++, 0, kTextColumns, notice);
    if (!book_.page_legend.empty()) sheet_.paragraph(row_ + 1, 0, kTextColumns, book_.page_legend, {Look::Kind::note});
  }

 private:
  void lay_label(const std::string& label) {
    sheet_.text(row_, 0, label, {Look::Kind::label});
    sheet_.widen(0, 3.0 + static_cast<double>(label.size()));
  }

  void lay_date(const std::string& label, calendar::Date date) {
    lay_label(label);
    sheet_.date(row_++, 1, date, {.code = format_code(table::date_format()), .top = true});
  }

  void lay_dollars(const std::string& label, double dollars) {
    lay_label(label);
    sheet_.number(row_++, 1, dollars, {.code = format_code(table::dollars_format()), .top = true});
  }

  void lay(const table::Table& table) {
    sheet_.text(row_++, 0, table.title, {Look::Kind::label});
    row_ = lay_table(sheet_, table, row_).next_row + 1;
  }

  // True if a text of the row wraps.
  bool is_high(const table::Row& row) const {
    for (unsigned c = 0; c < row.cells.size(); ++c) {
      const auto* text = std::get_if<std::string>(&row.cells[c].value);
      if (text != nullptr && static_cast<double>(text->size()) > sheet_.width(c) - 2.5) return true;
    }
    return false;
  }

  void link_classes(unsigned first, const table::Table& list, const std::vector<RunPlace>& runs) {
    const auto run = leading_run(book_, false) ? leading_run(book_, false) : leading_run(book_, true);
    const RunPlace& place = runs[*run];
    const auto& classes = book_.views[*run].classes;
    for (unsigned c = 0; c < classes.size(); ++c) {
      const auto column = place.columns.find("class." + classes[c].name + ".balance");
      if (column == place.columns.end()) continue;
      sheet_.link(first + c, 0, place.sheet, classes[c].name, cell_name(place.first_row, column->second), is_high(list.rows[c]));
    }
  }

  Sheet& sheet_;
  const book::Book& book_;
  unsigned row_ = kHeadRows;
};

}  // namespace

void lay_summary(Sheet& sheet, const book::Book& book, const std::vector<Entry>& entries, const std::vector<RunPlace>& runs,
                 const std::string& contents) {
  lay_sheet_head(sheet, book.deal, book.subtitle.empty() ? "Computational materials" : book.subtitle, contents);
  Summary summary(sheet, book);
  summary.lay_words({{"Amount", book.headline}, {"Date prepared", book.date_prepared}});
  summary.lay_words(book.parties);
  summary.lay_facts();
  summary.lay_classes(runs);
  summary.lay_links(entries);
  summary.lay_notices();
}

}  // namespace spillway::workbook
