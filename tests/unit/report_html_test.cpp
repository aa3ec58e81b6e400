#include <cmath>
#include <limits>
#include <regex>
#include <string>

#include <gtest/gtest.h>

#include "spillway/report/report.h"

using namespace spillway;

namespace {

const std::string nasty = "<b>\"A&B's\"</b>";
const std::string nasty_escaped = "&lt;b&gt;&quot;A&amp;B&apos;s&quot;&lt;/b&gt;";

table::Table class_table() {
  table::Table t;
  t.name = "classes";
  t.title = "Classes";
  t.columns = {{"class", "Class", "", table::text_format()},
               {"balance", "Balance", "dollars", table::dollars_format()},
               {"window", "Window", "", table::text_format()}};
  t.rows = {{{"A-1", 861000000.0, "1 - 47"}, false}, {{"Total", 1e9, {}}, true}};
  t.notes = {"(1) Subject to a variance."};
  return t;
}

book::Section section_of(table::Table t) {
  book::Section s;
  s.id = "classes";
  s.title = "Term Sheet";
  s.group = "Terms";
  s.tables = {std::move(t)};
  return s;
}

book::Chart chart_of(std::string name, std::vector<double> values = {1, 2}) {
  book::Chart c;
  c.id = "rate";
  c.title = "Available Rate";
  c.unit = "percent";
  c.x = {"1", "2"};
  c.series = {{std::move(name), std::move(values)}};
  return c;
}

book::Book sample() {
  book::Book b;
  b.deal = "Trust 2003-12";
  b.sections = {section_of(class_table())};
  b.sections[0].charts = {chart_of("Forward")};
  return b;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// The page without style and script bodies: what a reader sees.
std::string markup(const std::string& html) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t open = std::min(html.find("<script", at), html.find("<style", at));
    if (open == std::string::npos) return out + html.substr(at);
    const std::size_t close = html.find(html[open + 2] == 'c' ? "</script>" : "</style>", open);
    out += html.substr(at, html.find('>', open) + 1 - at);
    at = close;
  }
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST(ReportHtml, same_book_gives_same_bytes) { EXPECT_EQ(report::to_html(sample()), report::to_html(sample())); }

TEST(ReportHtml, all_text_of_the_book_is_escaped) {
  book::Book b = sample();
  b.deal = b.headline = b.subtitle = b.date_prepared = b.page_legend = nasty;
  b.parties = {{nasty, nasty}};
  b.notices = {nasty};
  book::Section& s = b.sections[0];
  s.title = s.group = nasty;
  s.paragraphs = {nasty};
  s.terms = {{nasty, {nasty}}};
  s.charts[0].title = nasty;
  table::Table& t = s.tables[0];
  t.title = t.subtitle = t.columns[0].title = nasty;
  t.notes = {nasty};
  t.rows[0].cells[0] = nasty;
  const std::string page = markup(report::to_html(b));
  EXPECT_FALSE(has(page, "A&B"));
  EXPECT_FALSE(has(page, nasty));
  EXPECT_GE(count(page, nasty_escaped), 20u);
}

TEST(ReportHtml, a_script_end_in_a_series_name_ends_nothing) {
  book::Book plain = sample(), hostile = sample();
  const std::string name = "</script><script>alert(1)</script><!-- &amp;";
  hostile.sections[0].charts = {chart_of(name)};
  const std::string page = report::to_html(hostile);
  EXPECT_EQ(count(page, "</script>"), count(report::to_html(plain), "</script>"));
  EXPECT_TRUE(has(page, "\\u003c/script\\u003e\\u003cscript\\u003ealert(1)"));
}

TEST(ReportHtml, a_style_end_in_the_legend_ends_nothing) {
  book::Book b = sample();
  b.page_legend = "\"} </style><script>alert(1)</script>\n\\";
  const std::string page = report::to_html(b);
  EXPECT_EQ(count(page, "</style>"), 1u);
  EXPECT_FALSE(has(page, "<script>alert"));
}

TEST(ReportHtml, embedded_scripts_do_not_end_themselves) {
  // One script each for the chart's data, the book's data, the chart library and the page.
  EXPECT_EQ(count(report::to_html(sample()), "</script"), 4u);
  EXPECT_EQ(count(report::to_html(sample()), "<!--"), 0u);
}

TEST(ReportHtml, loads_nothing_from_anywhere) {
  const std::string html = report::to_html(sample());
  const std::string page = markup(html);
  EXPECT_FALSE(has(page, "http:"));
  EXPECT_FALSE(has(page, "https:"));
  EXPECT_FALSE(has(page, "src="));
  EXPECT_FALSE(has(page, "<link"));
  EXPECT_FALSE(std::regex_search(page, std::regex("href=\"[^#]")));
  const std::string style = html.substr(html.find("<style>"), html.find("</style>") - html.find("<style>"));
  EXPECT_FALSE(has(style, "url("));
  EXPECT_FALSE(has(style, "@import"));
  EXPECT_TRUE(has(page, "default-src 'none'"));
}

TEST(ReportHtml, tables_name_their_heads_captions_and_totals) {
  const std::string page = report::to_html(sample());
  EXPECT_TRUE(has(page, "<caption><span><b>Classes</b></span></caption>"));
  EXPECT_TRUE(has(page, "<th scope=\"col\" class=\"text\">Class</th><th scope=\"col\">Balance</th>"));
  EXPECT_TRUE(has(page, "<tr><th scope=\"row\" class=\"text\">A-1</th><td>$861,000,000</td><td class=\"middle\">1 - 47</td></tr>"))
      << markup(page);
  EXPECT_TRUE(has(page, "<tr class=\"total\"><th scope=\"row\" class=\"text\">Total</th><td>$1,000,000,000</td>"));
  EXPECT_TRUE(has(page, "<p>(1) Subject to a variance.</p>"));
}

TEST(ReportHtml, navigation_groups_neighbouring_sections_and_ids_are_unique) {
  book::Book b;
  for (const char* group : {"Terms", "Price-DM", "Price-DM"}) {
    book::Section s;
    s.id = "class a/1";
    s.title = "Class";
    s.group = group;
    b.sections.push_back(s);
  }
  const std::string page = markup(report::to_html(b));
  EXPECT_EQ(count(page, "<h2>Price-DM</h2>"), 1u);
  for (const char* id : {"class-a-1", "class-a-1-2", "class-a-1-3"}) {
    EXPECT_EQ(count(page, std::string("<section id=\"") + id + "\""), 1u) << id;
    EXPECT_EQ(count(page, std::string("href=\"#") + id + "\""), 1u) << id;
  }
}

TEST(ReportHtml, a_part_without_notes_or_titles_borrows_none_from_the_part_around_it) {
  book::Book b = sample();
  b.notices = {"Notice"};
  b.sections[0].tables[0].notes.clear();
  b.sections[0].tables[0].title.clear();
  b.sections[0].terms = {{"Trust", {}}};
  b.sections[0].paragraphs = {"Paragraph"};
  const std::string page = markup(report::to_html(b));
  EXPECT_FALSE(has(page, "class=\"notes\""));
  EXPECT_FALSE(has(page, "<caption>"));
  EXPECT_FALSE(has(page, "class=\"legend\""));
  EXPECT_FALSE(has(page, "class=\"\""));
  EXPECT_EQ(count(page, "<p>Paragraph</p>"), 1u);
}

TEST(ReportHtml, gaps_in_a_series_are_null_and_the_library_comes_only_with_charts) {
  book::Book b = sample();
  b.sections[0].charts = {chart_of("Rate", {std::nan(""), std::numeric_limits<double>::infinity()})};
  EXPECT_TRUE(has(report::to_html(b), "\"values\":[null,null]"));
  b.sections[0].charts.clear();
  EXPECT_LT(report::to_html(b).size(), 200000u);
}

TEST(ReportHtml, empty_books_sections_tables_and_charts_do_not_break) {
  EXPECT_TRUE(has(report::to_html(book::Book{}), "</html>"));
  book::Book b;
  b.sections = {book::Section{}, section_of(table::Table{})};
  b.sections[0].charts = {book::Chart{}};
  const std::string page = report::to_html(b);
  EXPECT_TRUE(has(page, "</html>"));
  EXPECT_TRUE(has(page, "id=\"section\""));
}

TEST(ReportHtml, printed_cells_say_which_cells_of_the_data_they_are) {
  book::Book b = sample();
  b.data_tables = {b.sections[0].tables[0]};
  const std::string page = report::to_html(b);
  EXPECT_TRUE(has(page, "<table data-of=\"classes\">"));
  EXPECT_TRUE(has(page, "<th scope=\"col\" data-c=\"balance\">Balance</th>"));
  EXPECT_TRUE(has(page, "\"name\":\"classes\""));
}

TEST(ReportHtml, data_of_the_script_holds_hostile_text_as_text) {
  book::Book b = sample();
  b.data_tables = {b.sections[0].tables[0]};
  b.data_tables[0].rows[0].cells[0] = "</script><script>alert(1)</script>";
  b.data_tables[0].columns[0].title = "</script>";
  const std::string page = report::to_html(b);
  EXPECT_EQ(count(page, "</script"), 4u);
  EXPECT_TRUE(has(page, "\\u003c/script\\u003e\\u003cscript\\u003ealert(1)"));
}

TEST(ReportHtml, runs_come_with_places_for_the_explorer_and_what_they_share_stands_once) {
  book::Book b = sample();
  EXPECT_FALSE(has(markup(report::to_html(b)), "id=\"explore\""));
  book::RunView run;
  run.scenario = "pricing";
  run.dates = run.paid = {calendar::make_date(2004, 1, 25), calendar::make_date(2004, 2, 25)};
  run.days = {38, 31};
  run.pool = {{"balance", "Balance", "dollars", {100.0, 50.0}}};
  book::RunView shorter = run;
  shorter.to_call = true;
  shorter.dates.pop_back(), shorter.paid.pop_back(), shorter.days.pop_back();
  shorter.pool[0].values.pop_back();
  b.views = {shorter, run};
  const std::string page = report::to_html(b);
  EXPECT_TRUE(has(markup(page), "id=\"explore\""));
  EXPECT_EQ(count(page, "\"title\":\"Balance\",\"unit\":\"dollars\"}"), 1u);
  EXPECT_EQ(count(page, "\"dates\":"), 1u);
}
