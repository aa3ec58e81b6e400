#include "spillway/io/rate_paths.h"

#include <algorithm>
#include <unordered_set>

#include "spillway/io/csv_reader.h"
#include "spillway/io/market_columns.h"

namespace spillway::io {

namespace {

using result::Issue;

class RatePathsReader {
 public:
  RatePathsReader(const std::string& text, const std::string& file, const RatePathsContext& context)
      : file_(file), context_(context), csv_(text, file), columns_(csv_, file, issues_) {}

  result::Result<RatePaths> read() {
    path_column_ = columns_.require("path");
    date_column_ = columns_.require("date");
    find_indices();
    while (columns_.complete() && csv_.next()) read_row();
    close_path();
    result::append(issues_, csv_.issues());
    columns_.warn_of_decimals();
    if (made_.names.empty() && !result::has_errors(issues_)) {
      issues_.push_back(result::error({file_, 0, 0}, "the file holds no rate paths", "add rows of path, date and a rate for each index"));
    }
    return result::make_result(std::move(made_), std::move(issues_));
  }

 private:
  void find_indices() {
    for (std::size_t c = 0; c < csv_.headers().size(); ++c) {
      const std::string& header = csv_.headers()[c];
      const bool is_key = header == "path" || header == "date";
      const auto name = is_key ? std::optional(header) : index_called(header, context_.indices);
      if (name && !given_.insert(*name).second) {
        issues_.push_back(result::error(csv_.header_location(c), "the column " + header + " gives " + *name + " again", "leave one of them out"));
      } else if (name && !is_key) {
        open_.push_back({*name, {}, {}});
        positions_.push_back(c);
      } else if (!name && header != "month") {
        issues_.push_back(result::warning(csv_.header_location(c), "the column " + header + " is no index of the deal",
                                          result::suggestion(header, context_.indices)));
      }
    }
    for (const std::string& index : context_.indices) {
      if (csv_.headers().empty() || given_.contains(index)) continue;
      issues_.push_back(result::error({file_, 1, 0}, "no column gives the index " + index, "add a column " + index + ", percent a year"));
    }
  }

  void read_row() {
    const std::string name(csv_[path_column_]);
    const std::size_t issues_before = issues_.size();
    const calendar::Date date = columns_.date(date_column_);
    const bool is_date = issues_.size() == issues_before;
    if (!is_open_ || name != name_) {
      close_path();
      open_path(name, is_date ? std::optional(date) : std::nullopt);
    } else if (is_date && !dates_.empty() && date <= dates_.back()) {
      columns_.report(date_column_, "does not come after the row before", "put the rows of path " + name + " in order of date");
    }
    if (is_date) dates_.push_back(date);
    for (std::size_t i = 0; i < positions_.size(); ++i) open_[i].rates.push_back(columns_.rate(positions_[i]));
  }

  void open_path(const std::string& name, std::optional<calendar::Date> start) {
    name_ = name;
    is_open_ = true;
    if (name.empty()) {
      issues_.push_back(result::error(csv_.location(path_column_), "the row names no path", "give every row the number or name of its path"));
    } else if (!seen_.insert(name).second) {
      columns_.report(path_column_, "has rows above, apart from these", "put the rows of a path together, or give these another name");
    } else if (context_.first_fixing && start && *start > *context_.first_fixing) {
      columns_.report(date_column_, "is late for the start of path " + name + ": the first fixing is on " + calendar::to_iso(*context_.first_fixing),
                      "add a row of that date or before it");
    }
  }

  void close_path() {
    if (!is_open_) return;
    if (!result::has_errors(issues_)) {
      for (rates::IndexPath& index : open_) index.dates = dates_;
      made_.names.push_back(name_);
      made_.paths.emplace_back(open_);
    }
    for (rates::IndexPath& index : open_) index.rates.clear();
    dates_.clear();
    is_open_ = false;
  }

  const std::string& file_;
  const RatePathsContext& context_;
  CsvReader csv_;
  std::vector<Issue> issues_;
  MarketColumns columns_;
  std::size_t path_column_ = 0, date_column_ = 0;
  std::unordered_set<std::string> given_, seen_;  // indices with a column; paths
  std::vector<std::size_t> positions_;            // of the columns of `open_`
  bool is_open_ = false;                          // rows of a path are being read
  std::string name_;                              // its name
  std::vector<calendar::Date> dates_;
  std::vector<rates::IndexPath> open_;
  RatePaths made_;
};

}  // namespace

result::Result<RatePaths> read_rate_paths(const std::string& text, const std::string& file, const RatePathsContext& context) {
  return RatePathsReader(text, file, context).read();
}

}  // namespace spillway::io
