#include <algorithm>
#include <cmath>

#include "spillway/compare/attribution.h"

namespace spillway::compare {

namespace {

using table::Cell;
using table::Table;

Cell number(const std::optional<double>& value, const table::Format& format) {
  return value ? Cell(*value, format) : Cell();
}

std::optional<double> change_of(const MeasureChange& line) {
  if (!line.a || !line.b) return std::nullopt;
  return *line.b - *line.a;
}

// Means of whole numbers are none.
table::Format average_format(const MeasureChange& line) { return table::number_format(std::max(2, line.decimals)); }

using Taken = std::optional<double> PartChange::*;

bool is_nothing(const PartChange& part) {
  const auto none = [](const std::optional<double>& value) { return value.value_or(0.0) == 0.0; };
  return none(part.in_order) && none(part.first) && none(part.last);
}

bool is_unchanged(const MeasureChange& line) {
  return line.a == line.b && std::all_of(line.parts.begin(), line.parts.end(), is_nothing);
}

// Positions of the parts that change some measure of some class; all if none does.
std::vector<std::size_t> shown_parts(const Attribution& attribution) {
  std::vector<std::size_t> shown, all;
  for (std::size_t p = 0; p < attribution.parts.size(); ++p) {
    all.push_back(p);
    const auto& changes = attribution.changes;
    if (!std::all_of(changes.begin(), changes.end(), [&](const auto& line) { return is_nothing(line.parts[p]); })) shown.push_back(p);
  }
  return shown.empty() ? all : shown;
}

// The part comes to the same whenever it is taken.
bool is_same(const MeasureChange& line, Taken taken) {
  constexpr double digits = 1e-9;
  return std::all_of(line.parts.begin(), line.parts.end(), [&](const PartChange& part) {
    const auto& one = part.*taken;
    return one.has_value() == part.in_order.has_value() && (!one || std::fabs(*one - *part.in_order) < digits);
  });
}

class Page {
 public:
  Page(const Attribution& attribution, const MeasureChange& first) : attribution_(attribution), shown_(shown_parts(attribution)) {
    const table::Format format = table::number_format(first.decimals);
    made_.name = first.measure;
    made_.title = first.title + ", " + first.unit;
    made_.columns = {{"class", "Class", "", table::text_format()}, {"taken", "Taken", "", table::text_format()}, {"a", "A", first.unit, format}};
    for (const std::size_t p : shown_) {
      const std::string name = attribution.parts[p].name();
      made_.columns.push_back({name, name, first.unit, format});
    }
    made_.columns.push_back({"b", "B", first.unit, format});
    made_.columns.push_back({"change", "B - A", first.unit, format});
  }

  void add(const MeasureChange& line) {
    const table::Format format = table::number_format(line.decimals);
    add_row(line, "in order", &PartChange::in_order, format);
    if (!is_same(line, &PartChange::first)) add_row(line, "first", &PartChange::first, format);
    if (!is_same(line, &PartChange::last)) add_row(line, "last", &PartChange::last, format);
    if (attribution_.has_average && !is_same(line, &PartChange::average)) add_row(line, "average", &PartChange::average, average_format(line));
  }

  Table take() { return std::move(made_); }

 private:
  void add_row(const MeasureChange& line, const char* how, Taken taken, const table::Format& format) {
    const bool with_ends = taken == &PartChange::in_order;
    const table::Format ends = table::number_format(line.decimals);
    table::Row row{{line.class_name, how, with_ends ? number(line.a, ends) : Cell()}, false};
    for (const std::size_t p : shown_) row.cells.push_back(number(line.parts[p].*taken, format));
    row.cells.push_back(with_ends ? number(line.b, ends) : Cell());
    row.cells.push_back(with_ends ? number(change_of(line), ends) : Cell());
    made_.rows.push_back(std::move(row));
  }

  const Attribution& attribution_;
  std::vector<std::size_t> shown_;
  Table made_;
};

}  // namespace

Table attribution_table(const Attribution& attribution) {
  Table made{"attribution", "What the change comes from", {}, {}, {}, {}};
  made.columns = {{"class", "Class", "", table::text_format()},
                  {"measure", "Measure", "", table::text_format()},
                  {"unit", "Unit", "", table::text_format()},
                  {"a", "A", "", table::number_format(4)},
                  {"b", "B", "", table::number_format(4)},
                  {"change", "B - A", "", table::number_format(4)},
                  {"part", "Part", "", table::text_format()},
                  {"in_order", "In order", "", table::number_format(4)},
                  {"first", "First", "", table::number_format(4)},
                  {"last", "Last", "", table::number_format(4)}};
  if (attribution.has_average) made.columns.push_back({"average", "Average", "", table::number_format(4)});
  for (const MeasureChange& line : attribution.changes) {
    const table::Format format = table::number_format(line.decimals);
    for (std::size_t p = 0; p < line.parts.size(); ++p) {
      const PartChange& part = line.parts[p];
      table::Row row{{line.class_name, line.measure, line.unit, number(line.a, format), number(line.b, format), number(change_of(line), format),
                      attribution.parts[p].name(), number(part.in_order, format), number(part.first, format), number(part.last, format)},
                     false};
      if (attribution.has_average) row.cells.push_back(number(part.average, average_format(line)));
      made.rows.push_back(std::move(row));
    }
  }
  return made;
}

std::vector<Table> attribution_pages(const Attribution& attribution) {
  std::vector<Table> pages;
  for (const std::string& measure : attribution.measures) {
    std::optional<Page> page;
    for (const MeasureChange& line : attribution.changes) {
      if (line.measure != measure || is_unchanged(line)) continue;
      if (!page) page.emplace(attribution, line);
      page->add(line);
    }
    if (page) pages.push_back(page->take());
  }
  return pages;
}

std::vector<std::string> unchanged_measures(const Attribution& attribution) {
  std::vector<std::string> titles;
  for (const std::string& measure : attribution.measures) {
    std::string title;
    const bool unchanged = std::all_of(attribution.changes.begin(), attribution.changes.end(), [&](const MeasureChange& line) {
      if (line.measure == measure) title = line.title;
      return line.measure != measure || is_unchanged(line);
    });
    if (unchanged) titles.push_back(title);
  }
  return titles;
}

std::vector<std::string> parts_without_effect(const Attribution& attribution) {
  const std::vector<std::size_t> shown = shown_parts(attribution);
  std::vector<std::string> names;
  for (std::size_t p = 0; p < attribution.parts.size(); ++p) {
    if (std::find(shown.begin(), shown.end(), p) == shown.end()) names.push_back(attribution.parts[p].name());
  }
  return names;
}

}  // namespace spillway::compare
