#pragma once
// A workbook being written and its sheets: the one place that calls the library's C functions. Private to workbook.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <xlsxwriter.h>

#include "spillway/calendar/calendar.h"
#include "spillway/result/issue.h"
#include "spillway/table/table.h"

namespace spillway::workbook {

/// How a cell looks.
struct Look {
  enum class Kind { body, title, subtitle, head, group, label, note, link, check };
  Kind kind = Kind::body;
  std::string code = {};    ///< number format; empty: general
  bool total = false;       ///< bold under a rule
  bool wrap = false;
  bool right = false;       ///< flush right
  bool indent = false;      ///< room to its edge
  bool top = false;         ///< beside texts of several lines
};

/// A block of cells of a sheet, from 0, ends included.
struct Area {
  std::string sheet;
  unsigned first_row = 0, first_column = 0, last_row = 0, last_column = 0;

  /// One column or row of it.
  Area column(unsigned c) const { return {sheet, first_row, c, last_row, c}; }
  /// "'Sheet'!$A$1:$B$2".
  std::string reference() const;
};

class File;

class Sheet {
 public:
  Sheet(File& file, lxw_worksheet* sheet, std::string name) : file_(file), sheet_(sheet), name_(std::move(name)) {}

  const std::string& name() const { return name_; }
  lxw_worksheet* raw() { return sheet_; }

  void text(unsigned row, unsigned column, std::string_view text, const Look& look = {});
  /// A number that is not finite leaves the cell empty.
  void number(unsigned row, unsigned column, double value, const Look& look = {});
  void date(unsigned row, unsigned column, calendar::Date date, const Look& look = {});
  void blank(unsigned row, unsigned column, const Look& look);
  /// A live formula and the value that is shown until it is computed again.
  void formula(unsigned row, unsigned column, const std::string& formula, double value, const Look& look = {});
  /// A link to a sheet, or a cell of it: "B7".
  void link(unsigned row, unsigned column, const std::string& sheet, std::string_view text, const std::string& cell = "A1",
            bool top = false);
  /// A text over the columns `first` to `last`, wrapped, the row as high as it needs.
  void paragraph(unsigned row, unsigned first, unsigned last, std::string_view text, const Look& look = {});

  /// Makes room for so many characters in a column (up to a limit).
  void widen(unsigned column, double characters);
  double width(unsigned column) const;
  void height(unsigned row, double points) { worksheet_set_row(sheet_, row, points, nullptr); }
  void freeze(unsigned rows, unsigned columns) { worksheet_freeze_panes(sheet_, row_of(rows), column_of(columns)); }

  static lxw_row_t row_of(unsigned row) { return row; }
  static lxw_col_t column_of(unsigned column) { return static_cast<lxw_col_t>(column); }

 private:
  friend class File;
  File& file_;
  lxw_worksheet* sheet_;
  std::string name_;
  std::map<unsigned, double> widths_;
};

/// A workbook in memory.
class File {
 public:
  /// `header` and `footer` stand on every printed page.
  File(const std::string& title, std::string header, std::string footer);
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  /// False if the system gives no memory file: then nothing else may be called.
  bool is_open() const { return book_ != nullptr; }

  Sheet& add_sheet(std::string_view wanted_name);
  lxw_format* format(const Look& look);
  lxw_chart* add_chart(lxw_chart_type type) { return workbook_add_chart(book_, static_cast<uint8_t>(type)); }
  void define(const std::string& wanted_name, const Area& area);

  /// The bytes; nothing may be written after.
  result::Result<std::string> finish();

 private:
  void set_page(Sheet& sheet) const;

  int memory_ = -1;  // descriptor
  lxw_workbook* book_ = nullptr;
  std::string header_, footer_;
  std::vector<std::unique_ptr<Sheet>> sheets_;
  std::map<std::string, lxw_format*> formats_;
  std::set<std::string> sheet_names_, defined_names_;
};

}  // namespace spillway::workbook
