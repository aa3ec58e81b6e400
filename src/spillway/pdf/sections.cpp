#include "spillway/pdf/sections.h"

#include <algorithm>

#include "spillway/pdf/figures.h"
#include "spillway/pdf/prose.h"
#include "spillway/pdf/side_by_side.h"
#include "spillway/pdf/table_set.h"

namespace spillway::pdf {

namespace {

constexpr double heading_height = 25, small_heading_height = 17, section_gap = 20, part_gap = 16;
constexpr double chart_height = 205, small_chart_height = 176;

// A section as it is set: its tables fitted, its charts known.
struct Setting {
  const book::Section* section;
  std::vector<FittedTable> tables;
  std::vector<Plot> charts;         ///< over the whole width
  std::vector<Plot> small_charts;   ///< two beside one another
  bool compact = false;             ///< a stratification: shares pages with its neighbours
};

bool has_enhancement_table(const book::Section& section) {
  return std::any_of(section.tables.begin(), section.tables.end(), [](const table::Table& t) { return t.name == "credit_enhancement"; });
}

// The charts of overcollateralization stand by the table of credit enhancement, else by that of the classes.
bool shows_enhancement(const book::Book& book, const book::Section& section) {
  if (std::any_of(book.sections.begin(), book.sections.end(), has_enhancement_table)) return has_enhancement_table(section);
  return std::any_of(section.charts.begin(), section.charts.end(),
                     [](const book::Chart& chart) { return chart.kind == book::Chart::Kind::stacked_area; });
}

Setting make_setting(const book::Book& book, const book::Section& section, const Typefaces& typefaces) {
  Setting setting{&section, {}, {}, {}, false};
  for (const table::Table& table : section.tables) {
    if (table.columns.empty()) continue;
    for (const table::Table& shown : side_by_side(table)) {
      for (FittedTable& part : fit_table(print_table(shown), typefaces)) setting.tables.push_back(std::move(part));
    }
    for (Plot& plot : schedule_figures(table)) setting.small_charts.push_back(std::move(plot));
  }
  for (Plot& plot : speed_figures(section)) setting.small_charts.push_back(std::move(plot));
  for (const book::Chart& chart : section.charts) setting.charts.push_back({chart, {}});
  if (shows_enhancement(book, section)) {
    for (Plot& plot : enhancement_figures(book)) setting.small_charts.push_back(std::move(plot));
  }
  setting.compact = section.tables.size() == 1 && section.paragraphs.empty() && section.terms.empty() && setting.charts.empty() &&
                    setting.small_charts.empty() && setting.tables.size() == 1 && setting.tables.front().bar_width > 0;
  return setting;
}

bool is_narrow(const FittedTable& table) {
  return table.abreast == 1 && !table.landscape && table.width() < 0.62 * page_width(false) && table.cells.size() < 40;
}

// Least height of all the tables and charts of a section, were no page to end.
double body_height(const Setting& setting, const Flow& flow) {
  double height = 0;
  for (const FittedTable& table : setting.tables) {
    height += whole_height(table, title_of(table, setting.section->title), flow.faces) + part_gap;
  }
  height += static_cast<double>(setting.charts.size()) * (least_chart_height + part_gap);
  return height + static_cast<double>((setting.small_charts.size() + 1) / 2) * (least_chart_height + part_gap);
}

// Room that the heading needs below it, so that it does not stand alone; a section of one page stands on one.
double first_height(const Setting& setting, const Flow& flow) {
  const book::Section& section = *setting.section;
  if (!section.paragraphs.empty() || !section.terms.empty()) return 60;
  const bool landscape = !setting.tables.empty() && setting.tables.front().landscape;
  const double whole = body_height(setting, flow);
  if (whole <= flow.depth(landscape) - heading_height) return whole - part_gap;
  if (!setting.charts.empty() || !setting.small_charts.empty()) return chart_height;
  return start_height(setting.tables.front(), title_of(setting.tables.front(), section.title), flow.faces);
}

void start_section(Flow& flow, const Setting& setting, bool first) {
  const book::Section& section = *setting.section;
  const bool landscape = !setting.tables.empty() && setting.tables.front().landscape && section.paragraphs.empty() && section.terms.empty();
  const bool turn = first || (section.new_page && !setting.compact) || landscape != flow.landscape() ||
                    (setting.compact && flow.pages.back().running != section.group);
  const double need = (setting.compact ? small_heading_height : heading_height) + first_height(setting, flow) + section_gap;
  if (turn || flow.room() < need) flow.new_page(section.group, landscape);
  else flow.y += section_gap;
}

void set_heading(Flow& flow, const Setting& setting) {
  const std::string& title = setting.section->title;
  if (title.empty()) return;
  const Style style = setting.compact ? Style{Face::bold, 10.5, ink::accent} : Style{Face::bold, 15, ink::accent};
  const double leading = setting.compact ? 13 : 18;
  flow.open(setting.compact ? "H2" : "H1");
  for (const auto& line : flow.faces.wrap(style.face, style.size, title, flow.width())) {
    flow.text(flow.left(), flow.y + style.size * 0.85, style, line);
    flow.y += leading;
  }
  flow.close(setting.compact ? "H2" : "H1");
  flow.y += setting.compact ? small_heading_height - 13 : heading_height - 18;
}

// Narrow tables stand beside one another, wide ones under one another.
void set_tables(Flow& flow, const Setting& setting) {
  const std::string& heading = setting.section->title;
  for (auto table = setting.tables.begin(); table != setting.tables.end();) {
    if (table != setting.tables.begin()) flow.y += part_gap;
    const auto wide = std::find_if_not(table, setting.tables.end(), is_narrow);
    if (wide - table > 1) {
      set_shelf(flow, {table, wide}, heading);
      table = wide;
    } else {
      set_table(flow, *table, title_of(*table, heading));
      ++table;
    }
  }
}

void set_section_charts(Flow& flow, const Setting& setting) {
  set_charts(flow, setting.charts, 1, chart_height);
  set_charts(flow, setting.small_charts, 2, small_chart_height);
}

void set_body(Flow& flow, const Setting& setting) {
  const book::Section& section = *setting.section;
  for (const auto& paragraph : section.paragraphs) {
    set_paragraph(flow, {flow.left(), flow.width(), {Face::regular, 9, ink::soft}, 12.5}, paragraph);
    flow.y += 6;
  }
  if (!section.terms.empty()) set_terms(flow, section.terms);
  const bool charts = !setting.charts.empty() || !setting.small_charts.empty();
  // Charts do not stand alone overleaf.
  const bool charts_first = charts && !setting.tables.empty() && body_height(setting, flow) > flow.room() + part_gap;
  if (charts_first) set_section_charts(flow, setting);
  if (!setting.tables.empty()) set_tables(flow, setting);
  if (charts && !charts_first) {
    if (!setting.tables.empty()) flow.y += part_gap + 4;
    set_section_charts(flow, setting);
  }
}

}  // namespace

std::vector<Place> set_sections(Flow& flow, const book::Book& book) {
  std::vector<Place> places;
  for (std::size_t s = 0; s < book.sections.size(); ++s) {
    const Setting setting = make_setting(book, book.sections[s], flow.faces);
    start_section(flow, setting, s == 0);
    const std::string anchor = "section-" + std::to_string(s + 1);
    flow.add(Anchor{anchor, std::max(0.0, flow.y - 10)});
    if (!setting.section->title.empty()) places.push_back({setting.section->group, setting.section->title, anchor, flow.pages.size() - 1});
    set_heading(flow, setting);
    set_body(flow, setting);
  }
  return places;
}

}  // namespace spillway::pdf
