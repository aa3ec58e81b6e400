// The book as one page: fills the template with the book's parts, in order.

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "spillway/report/html_parts.h"
#include "spillway/report/report.h"
#include "spillway/result/issue.h"

namespace spillway::embedded {
extern const char page_template[];
extern const char echarts_js[];
}  // namespace spillway::embedded

namespace spillway::report {
namespace {

// A name missing from an inner part would be looked up in the outer one, so every part sets all its names.
using List = kainjow::mustache::list;

List text_list(const std::vector<std::string>& texts) {
  List list;
  for (const auto& text : texts) list.push_back(text);
  return list;
}

List party_list(const book::Book& book) {
  List parties;
  for (const auto& [role, name] : book.parties) {
    TemplateData party;
    set_text(party, "role", role);
    set_text(party, "name", name);
    parties.push_back(party);
  }
  return parties;
}

List term_list(const book::Section& section) {
  List terms;
  for (const auto& term : section.terms) {
    TemplateData data;
    set_text(data, "label", term.label);
    data.set("paragraphs", text_list(term.paragraphs));
    terms.push_back(data);
  }
  return terms;
}

List chart_list(const book::Section& section, std::set<std::string>& ids) {
  List charts;
  for (const auto& chart : section.charts) {
    TemplateData data;
    data.set("id", unique_id(chart.id, "chart", ids));
    set_text(data, "title", chart.title);
    data.set("data", chart_json(chart));
    charts.push_back(data);
  }
  return charts;
}

TemplateData section_data(const book::Book& book, const book::Section& section, const std::string& id, std::set<std::string>& ids) {
  std::string tables;
  for (const auto& table : section.tables) tables += table_html(table, section.title, link_of(book, table));
  const List terms = term_list(section);
  TemplateData data;
  data.set("id", id);
  set_text(data, "title", section.title);
  data.set("new_page", section.new_page);
  data.set("paragraphs", text_list(section.paragraphs));
  data.set("has_terms", !terms.empty());
  data.set("terms", terms);
  data.set("tables", tables);
  data.set("charts", chart_list(section, ids));
  return data;
}

// "Class A-1: Price-DM Sensitivity Report" is "Class A-1" under the heading Price-DM.
std::string link_title(const book::Section& section) {
  const std::size_t colon = section.title.find(": ");
  const bool repeats = colon != std::string::npos && !section.group.empty() && section.title.find(section.group, colon) != std::string::npos;
  return repeats ? section.title.substr(0, colon) : section.title;
}

// The navigation: runs of neighbouring sections that share a group, those without a title left out.
List group_list(const book::Book& book, const std::vector<std::string>& section_ids) {
  List groups, links;
  std::string heading;
  const auto close = [&] {
    if (links.empty()) return;
    TemplateData group;
    set_text(group, "heading", heading);
    group.set("links", links);
    groups.push_back(group);
    links.clear();
  };
  for (std::size_t i = 0; i < book.sections.size(); ++i) {
    const auto& section = book.sections[i];
    if (section.group != heading) close();
    heading = section.group;
    if (section.title.empty()) continue;
    TemplateData link;
    link.set("id", section_ids[i]);
    link.set("title", link_title(section));
    links.push_back(link);
  }
  close();
  return groups;
}

std::string running_lines_css(const book::Book& book) {
  return "@page { @top-left { content: " + css_string(book.deal) + "; } @bottom-left { content: " +
         css_string(book.page_legend) + "; } }";
}

void set_cover(TemplateData& page, const book::Book& book) {
  set_text(page, "deal", book.deal);
  set_text(page, "headline", book.headline);
  set_text(page, "subtitle", book.subtitle);
  set_text(page, "date_prepared", book.date_prepared);
  page.set("has_parties", !book.parties.empty());
  page.set("parties", party_list(book));
  List facts;
  for (const auto& [label, value] : cover_facts(book)) {
    TemplateData fact;
    set_text(fact, "label", label);
    set_text(fact, "value", value);
    facts.push_back(fact);
  }
  page.set("has_facts", !facts.empty());
  page.set("facts", facts);
  page.set("has_notices", !book.notices.empty());
  page.set("notices", text_list(book.notices));
  set_text(page, "page_legend", book.page_legend);
}

}  // namespace

std::string to_html(const book::Book& book) {
  TemplateData page;
  set_cover(page, book);

  // What the template and the script call parts of the page.
  std::set<std::string> ids = {"cover", "materials", "explore", "flows", "cross-tab", "data", "contents", "choice", "tools", "search",
                               "explain", "toast", "book-data", "hits", "menu", "theme", "search-box", "tab-panel", "source-run"};
  std::vector<std::string> section_ids;
  for (const auto& section : book.sections) section_ids.push_back(unique_id(section.id, "section", ids));

  List sections;
  // Runs and stratifications are drawn by the page's script.
  bool has_charts = !book.views.empty() ||
                    std::any_of(book.data_tables.begin(), book.data_tables.end(), [](const auto& t) { return t.name == "strats"; });
  for (std::size_t i = 0; i < book.sections.size(); ++i) {
    sections.push_back(section_data(book, book.sections[i], section_ids[i], ids));
    sections.back().set("before_explorer", i == 0);
    has_charts = has_charts || !book.sections[i].charts.empty();
  }
  page.set("groups", group_list(book, section_ids));
  page.set("sections", sections);
  page.set("has_charts", has_charts);
  page.set("has_explorer", !book.views.empty());
  page.set("css", page_styles());
  page.set("running_lines", running_lines_css(book));
  page.set("data", page_data(book));
  page.set("js", page_scripts());
  page.set("echarts", has_charts ? embedded::echarts_js : "");

  kainjow::mustache::mustache filled(embedded::page_template);
  result::require(filled.is_valid(), "the page template does not parse");
  return filled.render(page);
}

}  // namespace spillway::report
