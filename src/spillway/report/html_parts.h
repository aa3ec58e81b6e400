#pragma once
// What the HTML template is filled with. Private to report: it shows a third-party type.

#include <set>
#include <string>
#include <string_view>

#include <kainjow/mustache.hpp>

#include "spillway/book/book.h"
#include "spillway/report/html_links.h"
#include "spillway/table/table.h"

namespace spillway::report {

using TemplateData = kainjow::mustache::data;

/// Sets a text; an empty one counts as false in the template's conditions.
void set_text(TemplateData& data, const std::string& name, const std::string& text);

/// A table as markup: caption, column heads, cells as printed, how each column is aligned, and by `link` the data behind
/// each cell. A title that only repeats the section's `heading` is kept for screen readers and not shown.
std::string table_html(const table::Table& table, const std::string& heading, const TableLink& link);

/// `text` made safe between tags and inside quoted attributes.
std::string escaped(std::string_view text);

/// JSON made safe inside a script element.
std::string script_safe(std::string_view json);

/// What the page's script works on, as JSON that is safe inside a script element: data tables at full precision with
/// their formulas, every run by period, what the figures are counted from.
std::string page_data(const book::Book& book);

/// The page's styles, and its scripts as one function.
std::string page_styles();
std::string page_scripts();

/// Facts for the cover: label and value, as printed.
std::vector<std::pair<std::string, std::string>> cover_facts(const book::Book& book);

/// The chart as JSON that is safe inside a script element; a number that is not finite is null.
std::string chart_json(const book::Chart& chart);

/// `text` as a CSS string in quotes, safe inside a style element.
std::string css_string(std::string_view text);

/// An id of letters, digits and dashes made from `wanted` (else from `fallback`), unlike all `taken`, to which it is added.
std::string unique_id(std::string_view wanted, std::string_view fallback, std::set<std::string>& taken);

}  // namespace spillway::report
