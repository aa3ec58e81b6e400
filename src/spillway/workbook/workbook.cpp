#include "spillway/workbook/workbook.h"

#include <algorithm>
#include <set>

#include "spillway/workbook/book_sheets.h"

namespace spillway::workbook {

namespace {

// The name of a page's only table, "Price-DM A-1" for "Class A-1: Price-DM Sensitivity Report": what tells pages apart stands within 31 characters.
std::string page_name(const book::Section& section) {
  if (section.tables.size() == 1 && !section.tables.front().name.empty()) return section.tables.front().name;
  const std::size_t colon = section.title.find(": ");
  if (section.title.starts_with("Class ") && colon != std::string::npos) return section.group + " " + section.title.substr(6, colon - 6);
  return section.title;
}

// The class of a price-DM page, from the name of its first table; empty for other pages.
std::string priced_class(const book::Section& section) {
  constexpr std::string_view start = "price_dm_";
  if (section.tables.empty() || !section.tables.front().name.starts_with(start)) return {};
  const std::string& name = section.tables.front().name;
  return name.substr(start.size(), name.rfind('_') - start.size());
}

// A price-DM page whose charts wait for the table they are drawn from.
struct PricePage {
  Sheet* sheet = nullptr;
  unsigned row = 0;
  std::string class_name;
};

class Writer {
 public:
  explicit Writer(const book::Book& book) : book_(book), file_(book.deal, book.deal, book.page_legend) {}

  result::Result<std::string> write() {
    if (!file_.is_open()) return {std::nullopt, {result::error({}, "the workbook was not made: the system gives no file in memory")}};
    Sheet& contents = file_.add_sheet("Contents");
    contents_ = contents.name();
    Sheet& summary = add("Start", "Summary", "Facts of the deal, classes, parties, notices");
    Sheet& checks = add("Start", "Checks", "Average lives and prices computed again by formulas");
    Sheet& charts = add("Start", "Charts", "Rates, balances, overcollateralization, excess spread, lives and margins");
    for (const book::Section& section : book_.sections) lay_section(section);
    for (const table::Table& table : book_.data_tables) {
      if (tables_.count(table.name) == 0) lay_data("Data tables", table, table.title);
    }
    for (const PricePage& page : price_pages_) {
      const auto dm = tables_.find("dm_tables");
      if (dm != tables_.end()) draw_price_page(file_, *page.sheet, page.row, page.class_name, book::data_table(book_, "dm_tables"), dm->second);
    }
    lay_runs();
    lay_check_list(checks, runs_, contents_);
    lay_charts(file_, charts, book_, tables_, runs_, contents_);
    lay_summary(summary, book_, entries_, runs_, contents_);
    lay_contents(contents, book_, entries_);
    return file_.finish();
  }

 private:
  Sheet& add(const std::string& group, const std::string& name, const std::string& what) {
    Sheet& sheet = file_.add_sheet(name);
    entries_.push_back({group, sheet.name(), what});
    return sheet;
  }

  void lay_section(const book::Section& section) {
    if (is_data_page(book_, section)) {
      for (const table::Table& table : section.tables) lay_data(section.group, table, section.title);
    } else if (!section.tables.empty() || !section.terms.empty() || !section.paragraphs.empty()) {
      Sheet& sheet = add(section.group, page_name(section), section.title);
      const unsigned row = lay_page(file_, sheet, section, contents_);
      if (const std::string name = priced_class(section); !name.empty()) price_pages_.push_back({&sheet, row, name});
    }
  }

  void lay_data(const std::string& group, const table::Table& table, const std::string& what) {
    std::string about = what.empty() ? table.title : what;
    about += ", " + std::to_string(table.rows.size()) + (table.rows.size() == 1 ? " row" : " rows");
    tables_[table.name] = lay_data_sheet(file_, add(group, table.name, about), table, contents_);
  }

  void lay_runs() {
    for (std::size_t i = 0; i < book_.views.size(); ++i) {
      runs_.push_back(lay_run(file_, book_.views[i], static_cast<unsigned>(i) + 1, contents_));
      entries_.push_back({"Cash flows by period", runs_.back().sheet, run_title(book_.views[i])});
    }
  }

  const book::Book& book_;
  File file_;
  std::string contents_;
  std::vector<Entry> entries_;
  TablePlaces tables_;
  std::vector<PricePage> price_pages_;
  std::vector<RunPlace> runs_;
};

}  // namespace

result::Result<std::string> to_xlsx(const book::Book& book) { return Writer(book).write(); }

}  // namespace spillway::workbook
