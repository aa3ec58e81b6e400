#pragma once
// What the HTML template is filled with. Private to report: it shows a third-party type.

#include <set>
#include <string>
#include <string_view>

#include <kainjow/mustache.hpp>

#include "spillway/book/book.h"
#include "spillway/table/table.h"

namespace spillway::report {

using TemplateData = kainjow::mustache::data;

/// Sets a text; an empty one counts as false in the template's conditions.
void set_text(TemplateData& data, const std::string& name, const std::string& text);

/// The template's view of a table: caption, column heads, cells as printed, how each column is aligned.
/// A title that only repeats the section's `heading` is kept for screen readers and not shown.
TemplateData table_data(const table::Table& table, const std::string& heading);

/// The chart as JSON that is safe inside a script element; a number that is not finite is null.
std::string chart_json(const book::Chart& chart);

/// `text` as a CSS string in quotes, safe inside a style element.
std::string css_string(std::string_view text);

/// An id of letters, digits and dashes made from `wanted` (else from `fallback`), unlike all `taken`, to which it is added.
std::string unique_id(std::string_view wanted, std::string_view fallback, std::set<std::string>& taken);

}  // namespace spillway::report
