#include "spillway/io/tape_columns.h"

#include <algorithm>
#include <map>

namespace spillway::io {

namespace {

const pool::TapeField* field_of(const std::string& name) {
  return name == "loan_id" ? nullptr : pool::find_tape_field(name);
}

class Matcher {
 public:
  Matcher(const CsvReader& csv, const std::string& file, const std::optional<TapeMapping>& mapping)
      : csv_(csv), file_(file), mapping_(mapping), read_(csv.headers().size()) {
    names_.emplace_back("loan_id");
    for (const pool::TapeField& field : pool::tape_fields()) names_.emplace_back(field.name);
  }

  result::WithIssues<std::vector<SourceColumn>> run() {
    report_repeated();
    if (mapping_) take_mapped();
    take_own_names();
    find_missing();
    report_unread();
    report_missing();
    return std::move(matched_);
  }

 private:
  void report_repeated() {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < csv_.headers().size(); ++i) {
      const std::string& header = csv_.headers()[i];
      if (header.empty() || first.emplace(header, i).second) continue;
      read_[i] = true;
      matched_.issues.push_back(
          result::error(csv_.header_location(i), "the column " + header + " is there twice", "keep one of them"));
    }
  }

  void take(const std::string& name, std::size_t position, const TapeMapping::Column* how) {
    const pool::TapeField* field = field_of(name);
    const auto slot = field != nullptr ? static_cast<std::size_t>(field - pool::tape_fields().data()) : 0;
    matched_.value.push_back({field, position, how, slot});
    filled_.push_back(name);
    read_[position] = true;
  }

  bool is_filled(const std::string& name) const {
    return std::find(filled_.begin(), filled_.end(), name) != filled_.end();
  }

  void take_mapped() {
    for (const TapeMapping::Column& column : mapping_->columns) {
      if (const auto position = csv_.position(column.from)) {
        take(column.field, *position, &column);
        continue;
      }
      filled_.push_back(column.field);
      matched_.issues.push_back(result::error(column.where, file_ + " has no column " + column.from,
                                              result::suggestion(column.from, csv_.headers())));
    }
  }

  void take_own_names() {
    for (std::size_t i = 0; i < csv_.headers().size(); ++i) {
      const std::string& header = csv_.headers()[i];
      const bool ours = std::find(names_.begin(), names_.end(), header) != names_.end();
      if (read_[i] || !ours) continue;
      if (!is_filled(header)) {
        take(header, i, nullptr);
        continue;
      }
      read_[i] = true;
      matched_.issues.push_back(result::warning(
          csv_.header_location(i), "the column " + header + " is not read: the mapping fills it from another"));
    }
  }

  void find_missing() {
    for (const std::string& name : names_) {
      const pool::TapeField* field = field_of(name);
      if ((field == nullptr || field->required) && !is_filled(name)) missing_.push_back(name);
    }
  }

  // A header nobody reads is an error if it looks like a required column that is missing.
  void report_unread() {
    for (std::size_t i = 0; i < csv_.headers().size(); ++i) {
      if (read_[i]) continue;
      const std::string& header = csv_.headers()[i];
      if (header.empty()) {
        matched_.issues.push_back(result::warning(csv_.header_location(i), "the column has no name and is not read"));
      } else if (const auto near = result::nearest(header, missing_)) {
        missing_.erase(std::find(missing_.begin(), missing_.end(), *near));
        matched_.issues.push_back(
            result::error(csv_.header_location(i),
                          "unknown column " + header + ", and the required " + *near + " is missing",
                          "did you mean " + *near + "?"));
      } else {
        const auto close = result::nearest(header, names_);
        matched_.issues.push_back(result::warning(csv_.header_location(i),
                                                  "unknown column " + header + ", not read",
                                                  close ? "did you mean " + *close + "?" : ""));
      }
    }
  }

  void report_missing() {
    for (const std::string& name : missing_) {
      matched_.issues.push_back(result::error({file_, 1, 0}, "the required column " + name + " is missing",
                                              "add it, or name the column that holds it in a mapping file"));
    }
  }

  const CsvReader& csv_;
  const std::string& file_;
  const std::optional<TapeMapping>& mapping_;
  std::vector<std::string> names_;    // every column of ours
  std::vector<std::string> filled_;   // those the file fills
  std::vector<std::string> missing_;  // required ones it does not
  std::vector<bool> read_;            // headers of the file that are spoken for
  result::WithIssues<std::vector<SourceColumn>> matched_;
};

}  // namespace

result::WithIssues<std::vector<SourceColumn>> match_columns(const CsvReader& csv, const std::string& file,
                                                            const std::optional<TapeMapping>& mapping) {
  return Matcher{csv, file, mapping}.run();
}

}  // namespace spillway::io
